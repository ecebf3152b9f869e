#include "unit/file/file_world.h"

namespace praxisync::file {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

class Reading : public FileTest {};

MATCHER_P2(IsSetAside, record, reason, "") {
  *result_listener << arg.record << ": " << arg.reason;
  return arg.record == record && arg.reason.find(reason) != std::string::npos;
}

TEST_F(Reading, TakesEveryColumn) {
  folder.write("export.csv",
               "application_id,candidate_id,email,name,job,stage,updated_at\n"
               "a1,c1,Ada@Example.org,\"Lovelace, Ada\",Engineer,Test,2026-11-21T08:15:00+01:00\n");

  const Pulled all = pulled(settings("export.csv"));

  const Application want{.id = ApplicationId("a1"),
                         .candidate = CandidateId("c1"),
                         .email = "Ada@Example.org",
                         .name = "Lovelace, Ada",
                         .job = "Engineer",
                         .stage = "Test",
                         .updated_at = parse_timestamp("2026-11-21T07:15:00Z")};
  EXPECT_THAT(all.applications, ElementsAre(want));
  EXPECT_THAT(all.sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Reading, DoesWithoutTheOptionalColumns) {
  folder.write("export.csv", "application_id,email,job,stage\na1,a@example.org,Engineer,Test\n");

  const Pulled all = pulled(settings("export.csv"));

  const Application want{.id = ApplicationId("a1"),
                         .candidate = CandidateId("a1"),
                         .email = "a@example.org",
                         .name = "",
                         .job = "Engineer",
                         .stage = "Test"};
  EXPECT_THAT(all.applications, ElementsAre(want));
}

TEST_F(Reading, LeavesATimeItCannotReadOut) {
  folder.write("export.csv", "application_id,email,job,stage,updated_at\n1,a@b.c,J,S,21.11.2026\n");

  const Pulled all = pulled(settings("export.csv"));

  ASSERT_THAT(all.applications, SizeIs(1));
  EXPECT_EQ(all.applications[0].updated_at, std::nullopt);
}

TEST_F(Reading, FindsColumnsUnderTheNamesOfTheExport) {
  folder.write("export.csv",
               "\xEF\xBB\xBF"
               "Application ID ;Candidate Email;Job Posting;CURRENT STAGE;Notes\r\n"
               " 17 ; a@example.org ;Engineer;Test;\"long;\r\nstory\"\r\n");
  connector::Settings with = settings("export.csv");
  with.set_entry("columns", "email", " candidate email ");
  with.set_entry("columns", "job", "Job Posting");
  with.set_entry("columns", "stage", "Current Stage");

  const Pulled all = pulled(with);

  ASSERT_THAT(all.applications, SizeIs(1));
  EXPECT_EQ(all.applications[0].id.text(), "17");
  EXPECT_EQ(all.applications[0].email, "a@example.org");
  EXPECT_EQ(all.applications[0].stage, "Test");
}

TEST_F(Reading, SaysWhichColumnIsMissingAndHowToNameIt) {
  folder.write("export.csv", "ID,Candidate Email,Job,Stage\n1,a@example.org,J,S\n");

  const Result<Pulled> id = pull_all(settings("export.csv"));
  connector::Settings with = settings("export.csv");
  with.set_entry("columns", "application_id", "id");
  const Result<Pulled> email = pull_all(with);

  EXPECT_THAT(id, FailsWith(ErrorKind::Malformed));
  EXPECT_THAT(
      id, FailsSaying(
              "export.csv:1: no column \"application_id\" for application_id; there are: \"ID\", "
              "\"Candidate Email\", \"Job\", \"Stage\"; did you mean \"ID\"?"));
  EXPECT_THAT(
      email,
      FailsSaying(
          "did you mean \"Candidate Email\"? Set columns = { email = \"Candidate Email\" }"));
}

TEST_F(Reading, NeedsAnOptionalColumnThatTheConfigNames) {
  folder.write("export.csv", export_of(1, 1));
  connector::Settings with = settings("export.csv");
  with.set_entry("columns", "updated_at", "Changed");

  EXPECT_THAT(pull_all(with), FailsSaying("no column \"Changed\" for updated_at"));
}

TEST_F(Reading, RepeatsNoPersonalDataOfAFileWithoutHeader) {
  folder.write("export.csv", "1,ada@example.org,Ada Lovelace,Engineer,Test\n");

  const Result<Pulled> all = pull_all(settings("export.csv"));

  EXPECT_THAT(all, FailsSaying("looks like a record"));
  EXPECT_THAT(all, Not(FailsSaying("ada")));
  EXPECT_THAT(all, Not(FailsSaying("Ada")));
}

TEST_F(Reading, RefusesAColumnThatStandsThereTwice) {
  folder.write("export.csv", "application_id,email,Email,job,stage\n1,a@b.c,d@e.f,J,S\n");

  EXPECT_THAT(pull_all(settings("export.csv")), FailsSaying("\"email\" stands there twice"));
}

TEST_F(Reading, TakesJobAndStageFromTheDefaults) {
  folder.write("export.csv", "application_id,email,stage\n1,a@b.c,\n2,d@e.f,Offer\n");
  connector::Settings with = settings("export.csv");
  with.set_entry("defaults", "job", "Engineer");
  with.set_entry("defaults", "stage", "Test");

  const Pulled all = pulled(with);

  ASSERT_THAT(all.applications, SizeIs(2));
  EXPECT_EQ(all.applications[0].job, "Engineer");
  EXPECT_EQ(all.applications[0].stage, "Test");
  EXPECT_EQ(all.applications[1].stage, "Offer");
}

TEST_F(Reading, SetsBadRowsAsideByFileAndLineAndGoesOn) {
  folder.write("export.csv",
               "application_id,email,job,stage\n"
               "1,a@b.c,J,S\n"
               "2,too,few\n"
               ",b@b.c,J,S\n"
               "4,\"d@b.c,J,S\n"
               ",,,\n"
               "5,Zo\xC3\xAB@b.c,J,S\n"
               "6,Zo\xEB@b.c,J,S\n"
               "7,h@b.c,J,S");

  const Pulled all = pulled(settings("export.csv"));

  EXPECT_THAT(all.ids(), ElementsAre("1", "5", "7"));
  EXPECT_THAT(all.set_aside,
              ElementsAre(IsSetAside("export.csv:3", "has 3 fields where the header has 4"),
                          IsSetAside("export.csv:4", "has no application_id"),
                          IsSetAside("export.csv:5", "reading went on at line 6"),
                          IsSetAside("export.csv:8", "is not UTF-8")));
}

TEST_F(Reading, SaysHowToConvertALatin1File) {
  folder.write("export.csv",
               "application_id,email,name,job,stage\n1,a@b.c,Zo\xEB,J,S\n2,d@e.f,Ada,J,S\n");

  const Result<Pulled> all = pull_all(settings("export.csv"));

  EXPECT_THAT(all, FailsWith(ErrorKind::Malformed));
  EXPECT_THAT(all, FailsSaying("iconv -f latin1 -t utf-8 'export.csv' > utf8-export.csv"));
}

TEST_F(Reading, SaysHowToConvertALatin1Header) {
  folder.write("export.csv", "application_id,email,pr\xE9nom,job,stage\n1,a@b.c,Zo\xC3\xAB,J,S\n");

  EXPECT_THAT(pull_all(settings("export.csv")), FailsSaying("iconv -f latin1"));
}

TEST_F(Reading, SaysHowToConvertAUtf16File) {
  folder.write("marked.csv", std::string("\xFF\xFE"
                                         "a\0,\0b\0\n\0",
                                         10));
  folder.write("bare.csv", std::string("a\0p\0p\0,\0b\0\n\0", 12));

  EXPECT_THAT(pull_all(settings("marked.csv")),
              FailsSaying("iconv -f utf-16 -t utf-8 'marked.csv'"));
  EXPECT_THAT(pull_all(settings("bare.csv")), FailsSaying("iconv -f utf-16le -t utf-8 'bare.csv'"));
}

TEST_F(Reading, FindsNothingInAnEmptyFileOrBehindAHeader) {
  folder.write("empty.csv", "");
  folder.write("header.csv", "application_id,email,job,stage\n");

  EXPECT_THAT(pulled(settings("empty.csv")).applications, IsEmpty());
  EXPECT_THAT(pulled(settings("header.csv")).sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Reading, TakesAVanishedSourceForAnErrorNotForAnEmptyOne) {
  const Result<Pulled> file = pull_all(settings("export.csv"));
  const Result<Pulled> sources = pull_all(settings("exports"));
  std::filesystem::create_directory(folder / "nothing");
  const Result<Pulled> nothing = pull_all(settings("nothing"));

  EXPECT_THAT(file, FailsWith(ErrorKind::Malformed));
  EXPECT_THAT(
      file,
      FailsSaying("cannot open export.csv: No such file or directory; export your ATS there"));
  EXPECT_THAT(sources, FailsSaying("cannot open exports: No such file or directory"));
  EXPECT_THAT(nothing, FailsSaying("the folder nothing holds no *.csv"));
}

TEST_F(Reading, TakesTabsForATsvAndWhatTheConfigSays) {
  folder.write("export.tsv",
               "application_id\temail\tjob,title,more,commas\tstage\n1\ta@b.c\tJ\tS\n");
  connector::Settings tabs = settings("export.tsv");
  tabs.set_entry("columns", "job", "job,title,more,commas");
  folder.write("export.txt", "application_id;email,address,and,more;job;stage\n1;a@b.c;J;S\n");
  connector::Settings given = settings("export.txt");
  given.set("separator", ";");
  given.set_entry("columns", "email", "email,address,and,more");

  EXPECT_THAT(pulled(tabs).ids(), ElementsAre("1"));
  EXPECT_THAT(pulled(given).ids(), ElementsAre("1"));
}

TEST_F(Reading, TakesJsonLines) {
  folder.write("export.jsonl",
               "{\"application_id\": 12345678901234567890, \"Email\": \"a@b.c\", \"job\": \"J\", "
               "\"stage\": null}\r\n"
               "\n"
               "{\"application_id\": \"x\", \"email\": \"\", \"job\": \"Z\\u00fc\", \"stage\": "
               "\"S\", \"more\": [1, {}]}");

  const Pulled all = pulled(settings("export.jsonl"));

  EXPECT_THAT(all.ids(), ElementsAre("12345678901234567890", "x"));
  EXPECT_EQ(all.applications[0].email, "a@b.c");
  EXPECT_EQ(all.applications[0].stage, "");
  EXPECT_EQ(all.applications[1].job, "Zü");
  EXPECT_THAT(all.set_aside, IsEmpty());
}

TEST_F(Reading, FindsNestedValuesByTheirPath) {
  folder.write(
      "export.ndjson",
      "{\"id\":1,\"candidate\":{\"emails\":[{\"value\":\"a@b.c\"}]},\"job\":{\"name\":\"J\"},"
      "\"stage\":\"S\"}\n"
      "{\"id\":2,\"candidate\":{\"emails\":[]},\"job\":{\"name\":\"J\"},\"stage\":\"S\"}\n");
  connector::Settings with = settings("export.ndjson");
  with.set_entry("columns", "application_id", "id");
  with.set_entry("columns", "email", "candidate.emails.0.value");
  with.set_entry("columns", "job", "job.name");

  const Pulled all = pulled(with);

  ASSERT_THAT(all.ids(), ElementsAre("1"));
  EXPECT_EQ(all.applications[0].email, "a@b.c");
  EXPECT_EQ(all.applications[0].job, "J");
  EXPECT_THAT(all.set_aside,
              ElementsAre(IsSetAside("export.ndjson:2", "no key \"candidate.emails.0.value\"")));
}

TEST_F(Reading, SetsBadJsonLinesAsideAndRepeatsNothingOfThem) {
  const std::string good = R"({"application_id":"1","email":"a@b.c","job":"J","stage":"S"})";
  folder.write("export.jsonl",
               "{\"application_id\":\"0\",\"email\":\"secret@b.c\n" + good + "\n" + R"("secret")" +
                   "\n" + R"({"application_id":1.5,"email":"secret@b.c","job":"J","stage":"S"})" +
                   "\n" +
                   R"({"application_id":123456789012345678901,"email":"x","job":"J","stage":"S"})" +
                   "\n" + R"({"application_id":"2","job":"J","stage":"S","mail":"secret@b.c"})" +
                   "\n" + R"({"application_id":"3","email":{"a":1},"job":"J","stage":"S"})" + "\n" +
                   R"({"application_id":"4","email":")" + "Zo\xEB" + R"(","job":"J","stage":"S"})" +
                   "\n" + R"({"application_id":"Zoë","email":"a@b.c","job":"J","stage":"S"})" +
                   "\n" + "{\"long\":\"" + std::string(1024 * 1024, 'x') + "\"}\n" +
                   R"({"application_id":1e999,"email":"x","job":"J","stage":"S"})" + "\n" + good);

  const Pulled all = pulled(settings("export.jsonl"));

  EXPECT_THAT(all.ids(), ElementsAre("1", "Zoë", "1"));
  EXPECT_THAT(
      all.set_aside,
      ElementsAre(IsSetAside("export.jsonl:1", "is not valid JSON at byte"),
                  IsSetAside("export.jsonl:3", "is not an object"),
                  IsSetAside("export.jsonl:4", "application_id is a number with a fraction"),
                  IsSetAside("export.jsonl:5", "too many digits"),
                  IsSetAside("export.jsonl:6",
                             "no key \"email\" for email; there are: \"application_id\", "
                             "\"job\", \"mail\", \"stage\"; did you mean \"mail\"?"),
                  IsSetAside("export.jsonl:7", "email is an object or a list"),
                  IsSetAside("export.jsonl:8", "is not UTF-8"),
                  IsSetAside("export.jsonl:10", "longer than 1 MiB"),
                  IsSetAside("export.jsonl:11", "holds a number that is too large")));
  for (const SetAside& record : all.set_aside) EXPECT_THAT(record.reason, Not(HasSubstr("secret")));
}

TEST_F(Reading, SaysHowToMakeLinesOfAJsonList) {
  folder.write("export.jsonl", "\n[\n{\"application_id\": 1}\n]\n");

  const Result<Pulled> all = pull_all(settings("export.jsonl"));

  EXPECT_THAT(all, FailsWith(ErrorKind::Malformed));
  EXPECT_THAT(all, FailsSaying("jq -c '.[]' 'export.jsonl'"));
}

}  // namespace
}  // namespace praxisync::file
