// A plan that is saved, looked at and then applied: plan --save, sync --plan, --detailed-exitcode.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using Json = nlohmann::json;
using testing::_;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class SavedPlan : public testing::Test {
 protected:
  Ended save() const { return place.run({"plan", "--save", "plan.json"}); }
  Ended apply() const { return place.run({"sync", "--plan", "plan.json"}); }
  Json file() const { return Json::parse(place.folder.read("plan.json")); }
  void edit(std::string_view part, std::string_view by) const {
    std::string text = place.folder.read("plan.json");
    const std::size_t at = text.find(part);
    ASSERT_NE(at, std::string::npos) << part;
    place.folder.write("plan.json", text.replace(at, part.size(), by));
  }
  void expect_refused(const Ended& ended, const std::string& why) {
    EXPECT_THAT(ended, ExitsWith(2));
    EXPECT_THAT(ended.out, IsEmpty());
    EXPECT_THAT(ended.err, AllOf(HasSubstr("plan.json: " + why),
                                 HasSubstr("make a new plan with 'praxisync plan --save FILE'")));
    EXPECT_EQ(place.writes(), 0) << "nothing was sent";
  }

  Workplace place;
};

TEST_F(SavedPlan, IsDoneExactlyAndOnce) {
  auto people = crowd("ada", 3);
  people.push_back({.name = "gus", .job = kGraduate});
  place.exports(people);

  const Ended saved = save();
  people.push_back({.name = "late"});
  place.exports(people);
  const Ended applied = apply();

  EXPECT_THAT(saved, ExitsWith(0));
  EXPECT_THAT(saved.out, HasSubstr("would be contacted"));
  EXPECT_THAT(saved.err, HasSubstr("4 actions saved to plan.json"));
  EXPECT_EQ(place.calls(sandbox::Endpoint::BulkInvite), 1);
  EXPECT_THAT(applied, ExitsWith(0));
  EXPECT_THAT(applied.out, AllOf(HasSubstr("plan: 4 actions, 0 dropped"), HasSubstr("1 queued")));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(4), Each(Pair(_, 1))));
  EXPECT_THAT(place.enrollments(), SizeIs(1));

  const int writes = place.writes();
  const Ended again = apply();
  EXPECT_THAT(again, ExitsWith(0));
  EXPECT_THAT(again.out, AllOf(HasSubstr("plan: 4 actions, 4 dropped"), HasSubstr("already done")));
  EXPECT_EQ(place.writes(), writes);

  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(5), Each(Pair(_, 1))));
}

TEST_F(SavedPlan, WritesBackWhatItListsAndNamesWhatItDropped) {
  place.exports(crowd("ada", 2));
  place.run({"sync"});
  place.advance(std::chrono::hours{24});
  place.everybody_finishes();
  place.exports({{.name = "ada000"}, {.name = "ada001"}, {.name = "bob"}});
  ASSERT_THAT(save(), ExitsWith(0));
  place.exports({{.name = "ada000"}, {.name = "ada001"}, {.name = "bob", .stage = "Offer"}});

  const Ended applied = place.run({"sync", "--plan", "plan.json", "--output", "json"});
  const Json json = Json::parse(applied.out);

  EXPECT_THAT(applied, ExitsWith(3));
  EXPECT_EQ(json["planned"], 5);
  EXPECT_EQ(json["counts"]["written_back"], 4);
  ASSERT_THAT(json["dropped"], SizeIs(1));
  EXPECT_EQ(json["dropped"][0]["application_id"], "app-bob");
  EXPECT_EQ(json["dropped"][0]["action"], "invite");
  EXPECT_EQ(json["dropped"][0]["reason"], "the application is no longer there under this route");
  EXPECT_THAT(place.results(), AllOf(SizeIs(4), Each(Pair(_, 1))));
  EXPECT_THAT(place.invitations(), SizeIs(2));
}

TEST_F(SavedPlan, IsAFileForItsOwnerThatSaysWhatItIs) {
  place.exports(crowd("ada", 1));

  ASSERT_THAT(save(), ExitsWith(0));

  struct stat found {};
  ASSERT_EQ(::stat((place.folder / "plan.json").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  EXPECT_EQ(file()["praxisync_plan"], 1);
  EXPECT_FALSE(file()["organisation"].get<std::string>().empty());
  EXPECT_EQ(file()["contacts"][0]["email"], "ada000@example.com");
  for (const auto& entry : std::filesystem::directory_iterator(place.folder.path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with("plan.json.")) << entry.path();
}

TEST_F(SavedPlan, ReplacesAnOlderPlanAndNothingElse) {
  place.exports(crowd("ada", 1));
  ASSERT_THAT(save(), ExitsWith(0));
  place.exports(crowd("ada", 2));

  EXPECT_THAT(save(), ExitsWith(0));
  EXPECT_THAT(file()["contacts"], SizeIs(2));

  const std::string before = place.folder.read("export.csv");
  const int requests = place.requests();
  for (const char* path : {"export.csv", "praxisync.toml", ".", "no-such-folder/plan.json"}) {
    EXPECT_THAT(place.run({"plan", "--save", path}), ExitsWith(2)) << path;
  }
  EXPECT_EQ(place.folder.read("export.csv"), before);
  EXPECT_THAT(place.run({"plan", "--save", "export.csv"}).err, HasSubstr("is not a saved plan"));
  EXPECT_EQ(place.requests(), requests) << "said before anything is asked for";
}

TEST_F(SavedPlan, IsRefusedWhenItWasEdited) {
  place.exports(crowd("ada", 2));
  ASSERT_THAT(save(), ExitsWith(0));

  edit("ada001@", "eve001@");

  expect_refused(apply(), "changed since it was made");
}

TEST_F(SavedPlan, IsRefusedWhenItWasCutShort) {
  place.exports(crowd("ada", 2));
  ASSERT_THAT(save(), ExitsWith(0));
  const std::string text = place.folder.read("plan.json");
  place.folder.write("plan.json", text.substr(0, text.size() / 2));

  expect_refused(apply(), "cut short");
}

TEST_F(SavedPlan, IsRefusedForAnotherDatabaseOrWithoutOne) {
  place.exports(crowd("ada", 2));
  ASSERT_THAT(save(), ExitsWith(0));

  place.edit_config("\"praxisync.db\"", "\"other.db\"");
  expect_refused(apply(), "made for another database");
  EXPECT_FALSE(std::filesystem::exists(place.folder / "other.db"));
  place.run({"plan", "--save", "other.json"});
  expect_refused(apply(), "made for another database");
}

TEST_F(SavedPlan, IsRefusedWhenTheRoutesHaveChanged) {
  place.exports(crowd("ada", 2));
  ASSERT_THAT(save(), ExitsWith(0));

  place.edit_config("send_email = true", "send_email = false");

  expect_refused(apply(), "made with other routes");
}

TEST_F(SavedPlan, ThatIsNotThereOrDoesNotFitTheOptionsIsAUsageMistake) {
  place.exports(crowd("ada", 2));
  EXPECT_THAT(apply(), ExitsWith(2));
  ASSERT_THAT(save(), ExitsWith(0));

  const Ended both = place.run({"sync", "--plan", "plan.json", "--connector", "ats"});

  EXPECT_THAT(both, ExitsWith(2));
  EXPECT_THAT(both.err, HasSubstr("--plan and --connector"));
}

TEST_F(SavedPlan, IsHeldByTheSafetyLimit) {
  place.exports(crowd("ada", 3));
  place.edit_config("max_invites_per_run = 500", "max_invites_per_run = 2");
  ASSERT_THAT(save(), ExitsWith(0));

  EXPECT_THAT(apply(), ExitsWith(7));
  EXPECT_THAT(place.invitations(), IsEmpty());
  EXPECT_THAT(place.run({"sync", "--plan", "plan.json", "--confirm", "3"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), SizeIs(3));
}

TEST_F(SavedPlan, IsNotMadeOfAReadingThatFailed) {
  place.exports(crowd("ada", 2));
  std::filesystem::remove(place.folder / "export.csv");

  const Ended ended = save();

  EXPECT_THAT(ended, ExitsWith(1));
  EXPECT_THAT(ended.err, HasSubstr("not whole"));
  EXPECT_FALSE(std::filesystem::exists(place.folder / "plan.json"));
}

TEST(DetailedExitCode, TellsWorkFromNoneAndFromMistakes) {
  Workplace place;
  const auto plan = [&](const Arguments& more) {
    Arguments arguments{"plan", "--detailed-exitcode"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return place.run(arguments);
  };

  EXPECT_THAT(plan({}), ExitsWith(0));
  place.exports(crowd("ada", 2));
  EXPECT_THAT(plan({}), ExitsWith(2));
  EXPECT_THAT(plan({"--save", "plan.json"}), ExitsWith(2));
  EXPECT_THAT(place.run({"plan"}), ExitsWith(0)) << "only where it is asked for";
  EXPECT_THAT(place.run({"sync", "--plan", "plan.json"}), ExitsWith(0));
  EXPECT_THAT(plan({}), ExitsWith(0)) << "all of it is done";

  for (const Arguments& mistake :
       {Arguments{"--no-such-option"}, Arguments{"too", "many"}, Arguments{"--output", "yaml"},
        Arguments{"--config", "other.toml"}, Arguments{"--save", "export.csv"}}) {
    EXPECT_THAT(plan(mistake), ExitsWith(1)) << mistake[0];
  }
  place.key = "ct_live_revoked_key_000";
  place.exports(crowd("bob", 2));
  EXPECT_THAT(plan({}), ExitsWith(1));
}

}  // namespace
}  // namespace praxisync::testing_support
