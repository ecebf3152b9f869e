#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using namespace std::chrono_literals;
using schedule::Calendar;
using schedule::Cron;
using schedule::Missed;
using schedule::TimeZone;
using schedule::Timing;
using testing::ElementsAre;
using testing::IsEmpty;

Config well_read(const std::string& toml, Environment more = {}) {
  more.merge(sample_environment());
  Loaded loaded = read_sample(toml, more);
  EXPECT_THAT(shown(loaded.problems), IsEmpty());
  return loaded.config.value_or(Config{});
}

Calendar cron_in(const std::string& zone, const std::string& cron) {
  return {Cron::parse(cron).value(), TimeZone::find(zone).value()};
}

TEST(ScheduleConfig, TakesEveryKey) {
  const Config config =
      well_read(sample() +
                "[schedule]\ncron = \"*/15 7-19 * * 1-5\"\n"
                "timezone = \"Europe/Berlin\"\njitter = \"30s\"\nmissed = \"skip\"\n"
                "deadline = \"10m\"\n");

  EXPECT_EQ(config.schedule,
            (Timing{cron_in("Europe/Berlin", "*/15 7-19 * * 1-5"), 30s, Missed::Skip, 10min}));
  EXPECT_EQ(config.connectors.at(0).schedule, std::nullopt);
}

TEST(ScheduleConfig, IsPlainUnlessToldOtherwise) {
  const Config config = well_read(sample() + "[schedule]\nevery = \"15m\"\n");

  EXPECT_EQ(config.schedule,
            (Timing{Calendar(15min, TimeZone::utc()), 0ms, Missed::Once, std::nullopt}));
}

TEST(ScheduleConfig, IsNoneWithoutCronAndEvery) {
  EXPECT_EQ(well_read(sample() + "[schedule]\ntimezone = \"Europe/Berlin\"\n").schedule,
            std::nullopt);
}

TEST(ScheduleConfig, OfAConnectorFallsBackKeyByKey) {
  const Config config = well_read(
      sample_with(7, "path = \"a.csv\"\nschedule = { cron = \"0 6 * * *\", jitter = \"0s\" }") +
      "[schedule]\nevery = \"1h\"\ntimezone = \"Asia/Tokyo\"\njitter = \"30s\"\n"
      "missed = \"skip\"\ndeadline = \"10m\"\n");

  EXPECT_EQ(config.schedule,
            (Timing{Calendar(1h, TimeZone::find("Asia/Tokyo").value()), 30s, Missed::Skip, 10min}));
  EXPECT_EQ(config.connectors.at(0).schedule,
            (Timing{cron_in("Asia/Tokyo", "0 6 * * *"), 0s, Missed::Skip, 10min}));
}

TEST(ScheduleConfig, OfAConnectorMayKeepTheUsualTimes) {
  const Config config =
      well_read(sample_with(7, "path = \"a.csv\"\nschedule = { deadline = \"1h\" }") +
                "[schedule]\ncron = \"@hourly\"\n");

  EXPECT_EQ(config.connectors.at(0).schedule,
            (Timing{cron_in("UTC", "@hourly"), 0ms, Missed::Once, 1h}));
}

TEST(ScheduleConfig, OfAConnectorCanStandAlone) {
  const Config config = well_read(sample_with(7, "path = \"a.csv\"\nschedule.every = \"2h\""));

  EXPECT_EQ(config.schedule, std::nullopt);
  EXPECT_EQ(config.connectors.at(0).schedule->calendar, Calendar(2h, TimeZone::utc()));
}

TEST(ScheduleConfig, CanBeSetByTheEnvironment) {
  const Config config = well_read(sample(), {{"PRAXISYNC_SCHEDULE__CRON", "*/5 * * * *"},
                                             {"PRAXISYNC_SCHEDULE__TIMEZONE", "Europe/Berlin"},
                                             {"PRAXISYNC_CONNECTOR__F__SCHEDULE__EVERY", "2h"}});

  EXPECT_EQ(config.schedule->calendar, cron_in("Europe/Berlin", "*/5 * * * *"));
  EXPECT_EQ(config.connectors.at(0).schedule->calendar,
            Calendar(2h, TimeZone::find("Europe/Berlin").value()));
}

struct WrongCase {
  std::string name, keys, want;
};
void PrintTo(const WrongCase& row, std::ostream* out) { *out << row.name; }

class WrongSchedule : public testing::TestWithParam<WrongCase> {};

TEST_P(WrongSchedule, IsNamedWithItsPlaceAndItsMending) {
  const Loaded loaded = read_sample(sample() + "[schedule]\n" + GetParam().keys + "\n");

  EXPECT_THAT(shown(loaded.problems), ElementsAre("praxisync.toml:" + GetParam().want));
}

// [schedule] is line 18.
INSTANTIATE_TEST_SUITE_P(
    Table, WrongSchedule,
    testing::Values(
        WrongCase{"Cron", "cron = \"0 25 * * *\"",
                  "19:8: \"cron\" cannot be used: hour \"25\" cannot be read; write 0 to 23; for "
                  "example: cron = \"*/15 7-19 * * 1-5\""},
        WrongCase{"Zone", "timezone = \"Europe/Berln\"",
                  "19:12: \"timezone\" cannot be used: there is no time zone \"Europe/Berln\"; did "
                  "you mean \"Europe/Berlin\"?"},
        WrongCase{"Both", "cron = \"@daily\"\nevery = \"1h\"",
                  "20:1: [schedule] has both \"cron\" and \"every\"; keep one of them"},
        WrongCase{"NoDuration", "every = \"15\"",
                  "19:9: \"every\" is not a duration; write it like \"90s\", \"15m\", \"24h\", "
                  "\"7d\" or \"1h30m\""},
        WrongCase{"TooOften", "every = \"10ms\"",
                  "19:9: \"every\" is 10 ms; it may be 1 s to 366 d"},
        WrongCase{"Missed", "missed = \"twice\"",
                  "19:10: \"missed\" is \"twice\"; it may be \"once\" or \"skip\""},
        WrongCase{"Misspelt", "jiter = \"1s\"",
                  "19:1: unknown key \"jiter\"; did you mean \"jitter\"?"}),
    [](const auto& row) { return row.param.name; });

TEST(ScheduleConfig, OfAConnectorWithoutTimesIsAMistake) {
  const Loaded loaded =
      read_sample(sample_with(7, "path = \"a.csv\"\nschedule = { jitter = \"1s\" }"));

  EXPECT_THAT(shown(loaded.problems),
              ElementsAre("praxisync.toml:8:12: the schedule of connector \"f\" has neither "
                          "\"cron\" nor \"every\"; add one, here or in [schedule]"));
}

TEST(ScheduleConfig, AMistakeIsSaidOnce) {
  const Loaded loaded = read_sample(sample_with(7, "path = \"a.csv\"\nschedule = {}") +
                                    "[schedule]\ncron = \"never\"\n");

  EXPECT_THAT(shown(loaded.problems), testing::SizeIs(1));
}

}  // namespace
}  // namespace praxisync::config
