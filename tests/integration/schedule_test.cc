// What `status` says of schedules, and pausing them by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

/// With a database, and two schedules.
class Schedules : public testing::Test {
 protected:
  Schedules() {
    place.exports({{.name = "ada"}});
    place.edit_config("path = \"export.csv\"", "path = \"export.csv\"\nschedule.every = \"7d\"");
    place.edit_config("[[connector]]",
                      "[schedule]\ncron = \"30 2 1 1 *\"\ntimezone = \"Europe/Berlin\"\n\n"
                      "[[connector]]\nname = \"other\"\ntype = \"file\"\npath = \"export.csv\"\n"
                      "results = \"other.csv\"\n\n[[connector]]");
    place.run({"sync", "--connector", "ats"});
  }

  Json schedules() const {
    const Ended ended = place.run({"status", "--output", "json"});
    EXPECT_THAT(ended, ExitsWith(0)) << ended.err;
    return Json::parse(ended.out, nullptr, false)["schedules"];
  }

  Workplace place;
};

TEST_F(Schedules, AreInTheStatusWithTheirNextRun) {
  const Json all = schedules();

  ASSERT_EQ(all.size(), 2U) << all;
  EXPECT_EQ(all[0]["name"], "instance");
  EXPECT_EQ(all[0]["connectors"], Json::array({"other"}));
  EXPECT_EQ(all[0]["calendar"], "30 2 1 1 *");
  EXPECT_EQ(all[0]["timezone"], "Europe/Berlin");
  EXPECT_THAT(all[0]["next_run"].get<std::string>(), HasSubstr("-01-01T01:30:00Z"));
  EXPECT_THAT(all[0]["next_run_local"].get<std::string>(), HasSubstr("-01-01T02:30:00+01:00"));
  EXPECT_EQ(all[0]["last_run"], nullptr);
  EXPECT_EQ(all[1]["name"], "connector:ats");
  EXPECT_EQ(all[1]["connectors"], Json::array({"ats"}));
  EXPECT_EQ(all[1]["calendar"], "every 7 d");

  EXPECT_THAT(place.run({"status"}).out,
              AllOf(HasSubstr("connector:ats"), HasSubstr("every 7 d Europe/Berlin"),
                    HasSubstr("-01-01T02:30:00+01:00"), HasSubstr("waiting")));
}

TEST_F(Schedules, ArePausedUntilResumed) {
  EXPECT_THAT(place.run({"schedule", "pause"}), ExitsWith(0));
  for (const Json& schedule : schedules()) {
    EXPECT_EQ(schedule["paused"], true);
    EXPECT_EQ(schedule["next_run"], nullptr);
    EXPECT_EQ(schedule["next_run_local"], nullptr);
  }
  EXPECT_THAT(place.run({"schedule", "pause"}).err, HasSubstr("instance: was paused already"));

  EXPECT_THAT(place.run({"schedule", "resume"}).err,
              AllOf(HasSubstr("instance: resumed"), HasSubstr("connector:ats: resumed")));
  for (const Json& schedule : schedules()) EXPECT_EQ(schedule["paused"], false);
}

TEST_F(Schedules, OfOneConnectorArePausedAlone) {
  EXPECT_THAT(place.run({"schedule", "pause", "--connector", "ats"}), ExitsWith(0));

  const Json all = schedules();
  EXPECT_EQ(all[0]["paused"], false);
  EXPECT_EQ(all[1]["paused"], true);
}

TEST_F(Schedules, ThatAreNotThereCannotBePaused) {
  const Ended shared = place.run({"schedule", "pause", "--connector", "other"});
  EXPECT_THAT(shared, ExitsWith(2));
  EXPECT_THAT(shared.err, HasSubstr("it has no schedule of its own"));

  const Ended unknown = place.run({"schedule", "resume", "--connector", "ast"});
  EXPECT_THAT(unknown, ExitsWith(2));
  EXPECT_THAT(unknown.err, HasSubstr("no connector of that name"));
  for (const Json& schedule : schedules()) EXPECT_EQ(schedule["paused"], false);
}

TEST(Schedule, WithoutOneIsNoneInTheStatusAndCannotBePaused) {
  Workplace place;
  place.exports({{.name = "ada"}});
  place.run({"sync"});

  EXPECT_THAT(Json::parse(place.run({"status", "--output", "json"}).out)["schedules"], IsEmpty());
  const Ended ended = place.run({"schedule", "pause"});
  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr("add cron or every to [schedule]"));
}

}  // namespace
}  // namespace praxisync::testing_support
