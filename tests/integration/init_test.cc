// A config made by `init`, with options and at a terminal, against both sides on loopback.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"
#include "sandbox/ats/hiring_server.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A workplace that has an export, a key, and no config yet.
class Init : public testing::Test {
 protected:
  Init() {
    place_.exports(
        {{.name = "ada"}, {.name = "gus", .job = kGraduate}, {.name = "eve", .job = "Cook"}});
    std::filesystem::remove(config());
  }

  std::filesystem::path config() const { return place_.folder / "praxisync.toml"; }
  bool written() const { return std::filesystem::exists(config()); }

  Arguments from_export(const Arguments& more = {}) {
    Arguments all{"init",  "--no-input",      "--ats",      "file",
                  "--set", "path=export.csv", "--base-url", place_.server().origin()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  Ended typed(const std::string& lines, const Arguments& arguments) {
    Process::Start start = place_.start(arguments);
    start.prints = Prints::OnATerminal;
    start.environment["TERM"] = "dumb";
    start.input = lines;
    return Process(start).wait();
  }

  Workplace place_;
};

TEST_F(Init, WritesAConfigThatSyncTakesAsItIs) {
  const Ended ended = place_.run(from_export());

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("senior-backend-screen"), HasSubstr("pipeline grad-2025"),
                    HasSubstr("no route for Cook: no assessment or pipeline has a name like it"),
                    HasSubstr("wrote praxisync.toml"), HasSubstr("key of Acme Corp"),
                    HasSubstr("people to contact: 2")));
  EXPECT_EQ(place_.writes(), 0);
  EXPECT_THAT(place_.folder.read("praxisync.toml"), Not(HasSubstr(place_.key)));
  EXPECT_THAT(place_.run({"sync"}), ExitsWith(0));
  EXPECT_EQ(place_.invitations()["ada@example.com senior-backend-screen"], 1);
  EXPECT_EQ(place_.enrollments()["gus@example.com grad-2025"], 1);
}

TEST_F(Init, WritesTheSameForTheSameAnswersWherePathsStillLeadToTheExport) {
  ASSERT_THAT(place_.run(from_export()), ExitsWith(0));
  const std::string first = place_.folder.read("praxisync.toml");

  EXPECT_THAT(place_.run(from_export({"--config", "again.toml"})), ExitsWith(0));
  EXPECT_EQ(place_.folder.read("again.toml"), first);

  std::filesystem::create_directory(place_.folder / "below");
  EXPECT_THAT(place_.run(from_export({"--config", "below/praxisync.toml"})), ExitsWith(0));
}

TEST_F(Init, LeavesAConfigThatIsThere) {
  place_.folder.write("praxisync.toml", "mine");

  const Ended ended = place_.run(from_export());

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr("--force replaces it"));
  EXPECT_EQ(place_.folder.read("praxisync.toml"), "mine");
  EXPECT_EQ(place_.requests(), 0);
  // A variable is no word for one file.
  EXPECT_THAT(place_.run(from_export(), {{"PRAXISYNC_FORCE", "true"}}), ExitsWith(2));

  EXPECT_THAT(place_.run(from_export({"--force"})), ExitsWith(0));
  EXPECT_THAT(place_.folder.read("praxisync.toml"), HasSubstr("[[route]]"));
}

TEST_F(Init, WritesNothingWhereASideCannotBeRead) {
  const Ended no_export = place_.run(from_export({"--set", "path=missing.csv"}));
  EXPECT_THAT(no_export, ExitsWith(1));
  EXPECT_FALSE(written());

  place_.key = "ct_live_revoked_key_000";
  const Ended refused = place_.run(from_export());
  EXPECT_THAT(refused, ExitsWith(5));
  EXPECT_THAT(refused.out + refused.err, Not(HasSubstr(place_.key)));
  EXPECT_FALSE(written());
}

TEST_F(Init, NamesWhatIsMissingWhereNobodyCanBeAsked) {
  const Ended no_type = place_.run({"init"});
  const Ended no_path = place_.run({"init", "--ats", "file"});
  const Ended no_key = place_.run(from_export({"--api-key", "env:NOT_THERE"}));

  for (const Ended* ended : {&no_type, &no_path, &no_key}) EXPECT_THAT(*ended, ExitsWith(2));
  EXPECT_THAT(no_type.err, HasSubstr("--ats is needed"));
  EXPECT_THAT(no_path.err, HasSubstr("--set path=VALUE"));
  EXPECT_THAT(no_key.err, HasSubstr("NOT_THERE is not set"));
  EXPECT_FALSE(written());
  EXPECT_EQ(place_.requests(), 0);
}

TEST_F(Init, TakesItsAnswersFromVariablesToo) {
  const Ended ended = place_.run({"init"}, {{"PRAXISYNC_ATS", "file"},
                                            {"PRAXISYNC_SET", "path=export.csv\npage_size=50"},
                                            {"PRAXISYNC_BASE_URL", place_.server().origin()}});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(place_.folder.read("praxisync.toml"), HasSubstr("\npage_size = 50\n"));
}

TEST_F(Init, AsksAtATerminal) {
  const Ended ended =
      typed("file\nexport.csv\n\n\n", {"init", "--base-url", place_.server().origin()});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("Where do the candidates come from?"),
                    HasSubstr("which variable or file holds it? [PRAXICRAFT_API_KEY]"),
                    HasSubstr("Are these routes right? [Y/n]"),
                    HasSubstr("the same without questions: praxisync init --no-input --ats file "
                              "--set path=export.csv")));
  const std::string asked = place_.folder.read("praxisync.toml");
  EXPECT_THAT(place_.run(from_export({"--force"})), ExitsWith(0));
  EXPECT_EQ(place_.folder.read("praxisync.toml"), asked);
}

TEST_F(Init, AsksAgainWhereAnAnswerCannotBeAndTakesNoSecret) {
  const Ended ended = typed("greenhuose\nfile\nexport.csv\nct_live_pasted\nPRAXICRAFT_API_KEY\nn\n",
                            {"init", "--base-url", place_.server().origin()});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("it is one of "), HasSubstr("say where the secret is")));
  const std::string text = place_.folder.read("praxisync.toml");
  EXPECT_THAT(text, AllOf(Not(HasSubstr("ct_live_pasted")), HasSubstr("was turned down"),
                          Not(HasSubstr("\n[[route]]"))));
}

TEST_F(Init, WritesNothingWhenTheAnswersEnd) {
  const Ended ended = typed("file\n\x04", {"init", "--base-url", place_.server().origin()});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.out, HasSubstr("the answers ended; nothing was written"));
  EXPECT_FALSE(written());
}

class InitWithAnAts : public testing::TestWithParam<std::string> {};

TEST_P(InitWithAnAts, ProposesItsRoutes) {
  Workplace place;
  std::filesystem::remove(place.folder / "praxisync.toml");
  schedule::SystemClock system;
  sandbox::DrivenClock clock{system};
  const sandbox::ats::PlayedAts& ats = *sandbox::ats::find_played(GetParam());
  sandbox::ats::HiringServer server{ats, clock};
  ASSERT_THAT(server.start(), IsOk());
  Arguments arguments{"init",    "--no-input",    "--ats",
                      ats.type,  "--base-url",    place.server().origin(),
                      "--stage", "Technical Test"};
  for (const sandbox::ats::Address& address : ats.addresses) {
    arguments.push_back("--set");
    arguments.push_back(address.setting + "=" + server.origin() + address.path);
  }
  Environment credentials;
  for (const sandbox::ats::Credential& credential : ats.credentials)
    credentials[credential.variable] = credential.value;

  const Ended ended = place.run(arguments, credentials);

  EXPECT_THAT(ended, ExitsWith(0));
  const std::string config = place.folder.read("praxisync.toml");
  EXPECT_THAT(config, AllOf(HasSubstr("assessment = \"senior-backend-screen\""),
                            HasSubstr("assessment = \"data-analyst-screen\""),
                            HasSubstr("pipeline = \"grad-2025\"")));
  for (const auto& [name, value] : credentials) EXPECT_THAT(config, Not(HasSubstr(value))) << name;
  EXPECT_EQ(place.writes(), 0);
}

INSTANTIATE_TEST_SUITE_P(Played, InitWithAnAts, testing::ValuesIn(sandbox::ats::peer_types()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace praxisync::testing_support
