#include "config/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using testing::ElementsAre;
using Folder = State::Folder;

TEST(Places, AreTheWorkingFolderTheUsersAndTheServices) {
  EXPECT_THAT(usual_configs({{"HOME", "/home/ada"}}),
              ElementsAre("praxisync.toml", "/home/ada/.config/praxisync/praxisync.toml",
                          "/etc/praxisync/praxisync.toml"));
  EXPECT_THAT(usual_configs({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "/cfg/"}}),
              ElementsAre("praxisync.toml", "/cfg/praxisync/praxisync.toml",
                          "/etc/praxisync/praxisync.toml"));
}

TEST(Places, CountOnlyWhereTheyAreAbsolute) {
  EXPECT_THAT(usual_configs({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "cfg"}}),
              ElementsAre("praxisync.toml", "/home/ada/.config/praxisync/praxisync.toml",
                          "/etc/praxisync/praxisync.toml"));
  EXPECT_THAT(usual_configs({{"HOME", "here"}}),
              ElementsAre("praxisync.toml", "/etc/praxisync/praxisync.toml"));
}

TEST(Places, GiveTheFirstConfigThatIsThere) {
  ScratchFolder folder;
  std::filesystem::create_directory(folder.path() / "praxisync");
  const Environment environment{{"XDG_CONFIG_HOME", folder.path()}};
  EXPECT_EQ(usual_config(environment), "praxisync.toml");

  const auto file = folder.write("praxisync/praxisync.toml", "");

  EXPECT_EQ(usual_config(environment), file);
}

struct StateCase {
  std::string name;
  std::filesystem::path folder;
  Environment environment;
  State want;
};
void PrintTo(const StateCase& row, std::ostream* out) { *out << row.name; }

class UsualState : public testing::TestWithParam<StateCase> {};

TEST_P(UsualState, DependsOnWhereTheConfigIs) {
  const State state = usual_state(GetParam().folder, GetParam().environment);

  EXPECT_EQ(state.path, GetParam().want.path);
  EXPECT_EQ(state.folder, GetParam().want.folder);
}

const Environment kAda{{"HOME", "/home/ada"}};

INSTANTIATE_TEST_SUITE_P(
    Table, UsualState,
    testing::Values(
        StateCase{"Anywhere", "/srv/hiring", kAda, {"/srv/hiring/praxisync.db", Folder::Theirs}},
        StateCase{"AnywhereInAUnit",
                  "/srv/hiring",
                  {{"STATE_DIRECTORY", "/var/lib/agent"}},
                  {"/srv/hiring/praxisync.db", Folder::Theirs}},
        StateCase{"OfAUser",
                  "/home/ada/.config/praxisync",
                  kAda,
                  {"/home/ada/.local/state/praxisync/praxisync.db", Folder::Made}},
        StateCase{"OfAUserWithFoldersOfTheirOwn",
                  "/cfg/praxisync",
                  {{"XDG_CONFIG_HOME", "/cfg"}, {"XDG_STATE_HOME", "/state"}},
                  {"/state/praxisync/praxisync.db", Folder::Made}},
        StateCase{"OfAUserWithAFolderThatDoesNotCount",
                  "/home/ada/.config/praxisync",
                  {{"HOME", "/home/ada"}, {"XDG_STATE_HOME", "state"}},
                  {"/home/ada/.local/state/praxisync/praxisync.db", Folder::Made}},
        StateCase{"OfAService",
                  "/etc/praxisync",
                  kAda,
                  {"/var/lib/praxisync/praxisync.db", Folder::Made}},
        StateCase{"OfAUnit",
                  "/etc/praxisync",
                  {{"STATE_DIRECTORY", "/var/lib/private/px:/var/lib/other"}},
                  {"/var/lib/private/px/praxisync.db", Folder::Made}}),
    [](const auto& row) { return row.param.name; });

TEST(UsualState, IsBesideTheConfigWhereADatabaseIsThereAlready) {
  ScratchFolder folder;
  std::filesystem::create_directory(folder.path() / "praxisync");
  const auto database = folder.write("praxisync/praxisync.db", "");

  const State state = usual_state(folder.path() / "praxisync", {{"XDG_CONFIG_HOME", folder.path()},
                                                                {"XDG_STATE_HOME", "/state"}});

  EXPECT_EQ(state.path, database);
  EXPECT_EQ(state.folder, Folder::Theirs);
}

}  // namespace
}  // namespace praxisync::config
