#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

/// One line of the sample replaced (18: added), and what is said of it.
struct MistakeCase {
  std::string name;
  std::size_t line;
  std::string text;
  std::string want;
};
void PrintTo(const MistakeCase& row, std::ostream* out) { *out << row.name; }

class Mistake : public testing::TestWithParam<MistakeCase> {};

TEST_P(Mistake, IsNamedWithItsPlaceAndItsMending) {
  const std::string toml = sample_with(GetParam().line, GetParam().text);

  const Loaded loaded = read_sample(toml);

  EXPECT_THAT(shown(loaded.problems), testing::ElementsAre("praxisync.toml:" + GetParam().want));
  EXPECT_FALSE(loaded.config.has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Assess, Mistake,
    testing::Values(
        MistakeCase{"MisspeltSection", 18, "[saftey]",
                    R"(18:2: unknown key "saftey"; did you mean "safety"?)"},
        MistakeCase{"MisspeltKey", 3, "api_key = { env = \"KEY\" }\nbulk_sise = 3",
                    R"(4:1: unknown key "bulk_sise"; did you mean "bulk_size"?)"},
        MistakeCase{"KeyLikeNoOther", 18, "[state]\nzzzzzzzz = 1",
                    R"(19:1: unknown key "zzzzzzzz"; [state] takes "path")"},
        MistakeCase{"NoBaseUrl", 2, "",
                    R"(1:1: [assess] lacks "base_url"; add base_url = "https://praxicraft.com")"},
        MistakeCase{"NoKey", 3, "",
                    R"(1:1: [assess] lacks "api_key"; add api_key = { env = "NAME" })"},
        MistakeCase{"NumberForText", 2, "base_url = 7",
                    "2:12: \"base_url\" must be text in quotes, not a whole number; for example: "
                    "base_url = \"https://praxicraft.com\""},
        MistakeCase{
            "TextForNumber", 2, "base_url = \"https://a.b\"\nbulk_size = \"100\"",
            "3:13: \"bulk_size\" must be a whole number, not text; for example: bulk_size = "
            "100"},
        MistakeCase{"NumberTooLarge", 2, "base_url = \"https://a.b\"\nbulk_size = 1001",
                    R"(3:13: "bulk_size" is 1001; it may be 1 to 1000)"},
        MistakeCase{"NumberTooSmall", 18, "[safety]\nmax_invites_per_run = 0",
                    R"(19:23: "max_invites_per_run" is 0; it may be 1 to 1000000)"},
        MistakeCase{"MisspeltDomains", 18, "[safety]\nallow_domain = []",
                    R"(19:1: unknown key "allow_domain"; did you mean "allow_domains"?)"},
        MistakeCase{"TextForDomains", 18, "[safety]\ndeny_domains = \"x.test\"",
                    "19:16: \"deny_domains\" must be a list of texts in quotes, not text; for "
                    "example: deny_domains = [\"example.com\", \"*.example.com\"]"},
        MistakeCase{"AddressForDomain", 18, "[safety]\ndeny_domains = [\"a@x.test\"]",
                    "19:16: \"deny_domains\" must hold domains alone, without '@' and space; for "
                    "example: deny_domains = [\"example.com\", \"*.example.com\"]"},
        MistakeCase{"NumberAmongDomains", 18, "[safety]\nallow_domains = [\"x.test\", 7]",
                    "19:28: \"allow_domains\" must be a list of texts in quotes, not a whole "
                    "number; for example: allow_domains = [\"example.com\", \"*.example.com\"]"},
        MistakeCase{"NoDuration", 2, "base_url = \"https://a.b\"\nfull_sweep = \"daily\"",
                    "3:14: \"full_sweep\" is not a duration; write it like \"90s\", \"15m\", "
                    "\"24h\", \"7d\" or \"1h30m\""},
        MistakeCase{"NumberForDuration", 2, "base_url = \"https://a.b\"\nmax_wait = 30",
                    "3:12: \"max_wait\" must be a duration in quotes, not a whole number; for "
                    "example: max_wait = \"30s\""},
        MistakeCase{"EmptyText", 18, "[state]\npath = \"\"",
                    R"(19:8: "path" is empty; for example: path = "praxisync.db")"},
        MistakeCase{"ControlCharacter", 18, "[state]\npath = \"a\\u0000b\"",
                    R"(19:8: "path" holds a control character; take it out)"},
        MistakeCase{"HomeFolder", 18, "[state]\npath = \"~/praxisync.db\"",
                    "19:8: \"path\" starts with ~; write the folder out: nothing expands it here"},
        MistakeCase{"SectionAsText", 1, "state = \"praxisync.db\"\n[assess]",
                    "1:1: \"state\" must be a section that stands once; begin it with [state] on a "
                    "line of its own"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Connector, Mistake,
    testing::Values(
        MistakeCase{"UnknownType", 6, "type = \"fiel\"",
                    R"(6:8: unknown connector type "fiel"; did you mean "file"?)"},
        MistakeCase{"TypeLikeNoOther", 6, "type = \"spreadsheet\"",
                    R"(6:8: unknown connector type "spreadsheet"; there is "file" and "ats")"},
        MistakeCase{"NoType", 6, "", R"(4:1: connector "f" lacks "type"; add type = "file")"},
        MistakeCase{"NoRequiredSetting", 7, "",
                    R"(4:1: connector "f" lacks "path"; add path = "/path")"},
        MistakeCase{"UnknownSetting", 7, "path = \"a.csv\"\nseperator = \";\"",
                    R"(8:1: unknown key "seperator"; did you mean "separator"?)"},
        MistakeCase{"UnknownKeyOfATable", 7, "path = \"a.csv\"\ncolumns = { emial = \"E\" }",
                    R"(8:13: unknown key "emial"; did you mean "email"?)"},
        MistakeCase{"NumberInATable", 7, "path = \"a.csv\"\ncolumns = { email = 3 }",
                    "8:21: \"email\" must be text in quotes, not a whole number; for example: "
                    "email = \"…\""},
        MistakeCase{"TextForATable", 7, "path = \"a.csv\"\ncolumns = \"E\"",
                    "8:11: \"columns\" must be a table, not text; for example: columns = { email = "
                    "\"…\" }"},
        MistakeCase{"TextForASwitch", 11, "token = { env = \"TOKEN\" }\narchived = \"yes\"",
                    "12:12: \"archived\" must be true or false, not text; for example: archived = "
                    "true"},
        MistakeCase{"SecondOfAName", 9, "name = \"f\"",
                    R"(9:8: a second connector is named "f"; give each its own name)"},
        MistakeCase{
            "NameWithASpace", 9, "name = \"gh eu\"",
            "9:8: the connector's name cannot be used; letters a to z, digits, '-' and '_', "
            "64 at most"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Route, Mistake,
    testing::Values(
        MistakeCase{"UnknownConnector", 14, "connector = \"gh-ue\"",
                    R"(14:13: no connector is named "gh-ue"; did you mean "gh-eu"?)"},
        MistakeCase{"ConnectorLikeNoOther", 14, "connector = \"greenhouse\"",
                    R"(14:13: no connector is named "greenhouse"; there is "f" and "gh-eu")"},
        MistakeCase{"NoStage", 16, "",
                    R"(12:1: route "r" lacks "stage"; add stage = "Technical Test")"},
        MistakeCase{"NoTarget", 17, "",
                    "12:1: a route needs exactly one of \"assessment\" and \"pipeline\"; add "
                    "assessment = \"its-slug\""},
        MistakeCase{
            "TwoTargets", 18, "pipeline = \"p\"",
            "18:1: a route needs exactly one of \"assessment\" and \"pipeline\"; take one of "
            "them out"},
        MistakeCase{
            "TitleForSlug", 17, "assessment = \"Senior Screen\"",
            "17:14: \"assessment\" is not a slug; a slug has letters a to z, digits, '-' and "
            "'_', as in the URL of its page"},
        MistakeCase{"UnknownVariableOfRole", 18, "role = \"{jop}\"",
                    "18:8: \"role\" has unknown variable {jop}; did you mean {job}?"},
        MistakeCase{"UnknownVariableOfNote", 18, "on_passed = { note = \"{scor}\" }",
                    R"(18:22: "note" has unknown variable {scor}; did you mean {score}?)"},
        MistakeCase{
            "OpenBrace", 18, "on_passed = { tag = \"{score\" }",
            "18:21: \"tag\" has a '{' without its '}' (write '{{' for a brace); there is "
            "{score} {passed} {verdict} {assessment} {route} {job} {stage} {violations} {time_spent} "
            "{completed_at} {report_url} {cases}"},
        MistakeCase{"MisspeltPolicy", 18, "on_pased = { note = true }",
                    R"(18:1: unknown key "on_pased"; did you mean "on_passed"?)"},
        MistakeCase{"MisspeltAction", 18, "on_passed = { not = true }",
                    R"(18:15: unknown key "not"; did you mean "note"?)"},
        MistakeCase{
            "NumberForNote", 18, "on_passed = { note = 1 }",
            "18:22: \"note\" must be true, false or text in quotes, not a whole number; for "
            "example: note = true"},
        MistakeCase{"ReinviteAfterFailing", 18, "on_failed = { reinvite = 1 }",
                    "18:15: on_failed cannot have \"reinvite\"; it belongs into on_expired"},
        MistakeCase{"TooManyRounds", 18, "on_expired = { reinvite = 11 }",
                    R"(18:27: "reinvite" is 11; it may be 0 to 10)"},
        MistakeCase{"FieldWithoutName", 18, "on_passed = { field = { value = \"{score}\" } }",
                    R"(18:23: "field" lacks "name"; add name = "Score")"},
        MistakeCase{"FieldAsText", 18, "on_passed = { field = \"Score\" }",
                    "18:23: \"field\" must be a table, or a list of tables, not text; for example: "
                    "field = { name = \"Score\", value = \"{score}\" }"},
        MistakeCase{"SameFieldTwice", 18,
                    "on_passed = { field = [{ name = \"S\", value = \"1\" }, { name = \"S\", value "
                    "= \"2\" }] }",
                    R"(18:62: the field "S" is set twice; keep one of them)"},
        MistakeCase{"ActionThatTheTypeCannotDo", 14,
                    "connector = \"gh-eu\"\non_passed = { tag = \"x\" }",
                    "15:15: a connector of type \"ats\" cannot do \"tag\"; it can do \"note\" and "
                    "\"move\""},
        MistakeCase{"SecondOfAName", 18,
                    "[[route]]\nname = \"r\"\nconnector = \"f\"\njob = \"*\"\nstage = \"S\"\n"
                    "pipeline = \"p\"",
                    R"(19:8: a second route is named "r"; give each its own name)"},
        MistakeCase{"RemindAtOnce", 18, "remind_after = \"0s\"",
                    "18:16: \"remind_after\" is " + format_duration(Milliseconds{0}) +
                        "; it may be 1 min to 365 d"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Syntax, Mistake,
    testing::Values(
        MistakeCase{
            "TextWithoutQuotes", 15, "job = Engineer",
            "15:7: not valid TOML: value: could not determine value type; text is written in "
            "double quotes"},
        MistakeCase{"KeyTwice", 16, "job = \"K\"",
                    "16:7: not valid TOML: key-value pair: cannot redefine existing string 'job'; "
                    "each key and each [section] stands once; lists of sections are [[…]]"},
        MistakeCase{"Latin1", 15,
                    "job = \"Pr\xfc"
                    "fer\"",
                    "15:9: not valid TOML: Encountered invalid utf-8 sequence; save the file as "
                    "UTF-8"},
        MistakeCase{"EndlessLine", 15, "job = \"" + std::string(9000, 'x') + "\"",
                    "15:1: the line is longer than 8192 bytes; break a long text with \"\"\" … "
                    "\"\"\""}),
    [](const auto& row) { return row.param.name; });

TEST(Mistakes, OfABaseUrlSayHowToWriteIt) {
  for (const std::string url : {"https://praxicraft.com/api", "http://praxicraft.com",
                                "ftp://praxicraft.com", "praxicraft.com", "https://a b"}) {
    const Loaded loaded = read_sample(sample_with(2, "base_url = \"" + url + "\""));

    EXPECT_THAT(shown(loaded.problems),
                testing::ElementsAre(testing::AllOf(
                    testing::StartsWith("praxisync.toml:2:12: \"base_url\" cannot be used: "),
                    testing::EndsWith("; write it like \"https://praxicraft.com\""))));
  }
}

TEST(Mistakes, ShowAllAtOnceInTheOrderOfTheFile) {
  std::string toml = sample_with(2, "base_url = 1");
  toml += "rolle = \"x\"\n[saftey]\n";

  const Loaded loaded = read_sample(toml);

  ASSERT_EQ(loaded.problems.size(), 3u);
  EXPECT_EQ(loaded.problems[0].where(), (Where{"/etc/praxisync/praxisync.toml", 2, 12}));
  EXPECT_EQ(loaded.problems[1].where(), (Where{"/etc/praxisync/praxisync.toml", 18, 1}));
  EXPECT_EQ(loaded.problems[2].where(), (Where{"/etc/praxisync/praxisync.toml", 19, 2}));
}

TEST(Mistakes, OfASectionThatShouldBeAListShowHowToWriteIt) {
  const Loaded loaded = read_sample(sample_with(12, "[route]"));

  EXPECT_THAT(
      shown(loaded.problems),
      testing::ElementsAre("praxisync.toml:12:2: \"route\" must be a list of sections; begin "
                           "each with [[route]], in two brackets"));
}

TEST(Mistakes, InAnEmptyFileNameTheMissingSection) {
  const Loaded loaded = read_sample("");

  EXPECT_THAT(shown(loaded.problems),
              testing::ElementsAre("praxisync.toml:1:1: the section [assess] is missing; add it, "
                                   "with base_url and api_key"));
}

TEST(Mistakes, InAFileThatIsNotThereSayHowToNameIt) {
  const ScratchFolder folder;

  const Loaded loaded = load(folder.path() / "none.toml", sample_specs(), {});

  EXPECT_THAT(
      shown(loaded.problems),
      testing::ElementsAre("none.toml: the config cannot be read: No such file or directory; "
                           "name it with --config FILE, or make one with 'praxisync init'"));
}

TEST(Mistakes, OfAFolderInsteadOfAFileSaySo) {
  const ScratchFolder folder;

  const Loaded loaded = load(folder.path(), sample_specs(), {});

  ASSERT_EQ(loaded.problems.size(), 1u);
  EXPECT_EQ(loaded.problems[0].message, "this is a folder");
}

TEST(Mistakes, OfAHugeFileAreRefusedUnread) {
  const ScratchFolder folder;
  const auto file = folder.write("huge.toml", std::string(1024 * 1024 + 1, '\n'));

  const Loaded loaded = load(file, sample_specs(), {});

  ASSERT_EQ(loaded.problems.size(), 1u);
  EXPECT_EQ(loaded.problems[0].message, "the config is larger than 1 MiB");
}

TEST(Mistakes, InADeeplyNestedFileDoNotExhaustTheStack) {
  std::string dots = "a";
  for (int i = 0; i < 2000; ++i) dots += ".a";

  const Loaded loaded = read_sample("[" + dots + "]\n" + dots + " = 1\n");

  EXPECT_FALSE(loaded.problems.empty());
}

}  // namespace
}  // namespace praxisync::config
