// Where options, configs and databases come from when nobody types them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using std::filesystem::perms;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(OptionVariables, StandBehindWhatIsTypedAndBeforeTheDefault) {
  Workplace place;
  place.exports(crowd("ada", 2));
  const Environment json{{"PRAXISYNC_OUTPUT", "json"}, {"PRAXISYNC_MAX_DURATION", "10m"}};

  EXPECT_THAT(place.run({"plan"}, json).out, StartsWith("{"));
  EXPECT_THAT(place.run({"plan", "--output", "table"}, json).out, Not(StartsWith("{")));
  const Ended wrong = place.run({"sync"}, {{"PRAXISYNC_OUTPUT", "yaml"}});
  EXPECT_THAT(wrong, ExitsWith(2));
  EXPECT_THAT(wrong.err, HasSubstr("PRAXISYNC_OUTPUT: --output cannot be yaml"));
  EXPECT_THAT(place.run({"plan"}, {{"PRAXISYNC_DETAILED_EXITCODE", "true"}}), ExitsWith(2));
  EXPECT_THAT(place.run({"plan", "extra"}, {{"PRAXISYNC_DETAILED_EXITCODE", "true"}}),
              ExitsWith(1));
}

TEST(OptionVariables, ConfirmNothing) {
  Workplace place;
  place.edit_config("max_invites_per_run = 500", "max_invites_per_run = 1");
  place.exports(crowd("ada", 2));

  const Ended ended = place.run({"sync"}, {{"PRAXISYNC_CONFIRM", "2"}, {"PRAXISYNC_OUTPT", "x"}});

  EXPECT_THAT(ended, ExitsWith(7));
  EXPECT_THAT(ended.err, AllOf(HasSubstr("PRAXISYNC_CONFIRM changes nothing"),
                               HasSubstr("did you mean PRAXISYNC_OUTPUT?")));
  EXPECT_EQ(place.writes(), 0);
}

TEST(UsualPlaces, AreNamedWhereNoneHasAConfig) {
  Workplace place;
  std::filesystem::remove(place.folder / "praxisync.toml");

  const Ended ended = place.run({"sync"}, {{"XDG_CONFIG_HOME", "/nowhere"}});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err,
              AllOf(HasSubstr("neither praxisync.toml nor /nowhere/praxisync/praxisync.toml nor "
                              "/etc/praxisync/praxisync.toml"),
                    HasSubstr("praxisync init")));
  EXPECT_THAT(ended.out, IsEmpty());
}

TEST(UsualPlaces, KeepAUsersConfigAndStateApart) {
  Workplace place;
  place.exports(crowd("ada", 2));
  place.edit_config("[state]\npath = \"praxisync.db\"\n", "");
  place.edit_config("\"export.csv\"", "\"" + (place.folder / "export.csv").string() + "\"");
  std::filesystem::create_directories(place.folder / "cfg/praxisync");
  std::filesystem::rename(place.folder / "praxisync.toml",
                          place.folder / "cfg/praxisync/praxisync.toml");
  const Environment user{{"XDG_CONFIG_HOME", (place.folder / "cfg").string()},
                         {"XDG_STATE_HOME", (place.folder / "state").string()}};

  EXPECT_THAT(place.run({"sync"}, user), ExitsWith(0));

  const auto folder = place.folder / "state/praxisync";
  EXPECT_TRUE(std::filesystem::exists(folder / "praxisync.db"));
  EXPECT_EQ(std::filesystem::status(folder).permissions() & perms::mask, perms::owner_all);
  const Ended doctor = place.run({"doctor"}, user);
  EXPECT_THAT(doctor, ExitsWith(0));
  EXPECT_THAT(doctor.out, AllOf(HasSubstr("cfg/praxisync/praxisync.toml"),
                                HasSubstr((folder / "praxisync.db").string())));
}

}  // namespace
}  // namespace praxisync::testing_support
