#include "cli/fork_guard.h"

#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace praxisync::cli {
namespace {

using testing_support::FailsSaying;
using testing_support::IsOk;

constexpr const char* kSame =
    R"({"pull_request":{"head":{"repo":{"full_name":"Org/app"}},"base":{"repo":{"full_name":"org/app"}}}})";
constexpr const char* kFork =
    R"({"pull_request":{"head":{"repo":{"full_name":"eve/app"}},"base":{"repo":{"full_name":"org/app"}}}})";
constexpr const char* kGone =
    R"({"pull_request":{"head":{"repo":null},"base":{"repo":{"full_name":"org/app"}}}})";

struct GuardCase {
  std::string name;
  config::Environment environment;
  std::string event;  ///< what GITHUB_EVENT_PATH holds
  std::string want;   ///< a part of why it is refused; empty: it is not
};
void PrintTo(const GuardCase& row, std::ostream* out) { *out << row.name; }

config::Environment github(const std::string& event) {
  return {{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", event}, {"GITHUB_EVENT_PATH", "/e"}};
}
config::Environment gitlab(const std::string& source, const std::string& target) {
  return {{"GITLAB_CI", "true"},
          {"CI_PIPELINE_SOURCE", "merge_request_event"},
          {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID", source},
          {"CI_MERGE_REQUEST_PROJECT_ID", target}};
}

class ForkGuard : public testing::TestWithParam<GuardCase> {};
TEST_P(ForkGuard, LetsOnlyOurOwnChangesThrough) {
  const Result<void> checked = check_not_for_a_fork(
      GetParam().environment, [](const std::string&, std::size_t) -> Result<std::string> {
        return GetParam().event.empty()
                   ? Result<std::string>(Error{ErrorKind::Rejected, "no such file"})
                   : Result<std::string>(GetParam().event);
      });

  if (GetParam().want.empty()) {
    EXPECT_THAT(checked, IsOk());
  } else {
    EXPECT_THAT(checked, FailsSaying(GetParam().want));
    EXPECT_THAT(checked, FailsSaying("--allow-fork"));
  }
}
INSTANTIATE_TEST_SUITE_P(
    Table, ForkGuard,
    testing::Values(
        GuardCase{"OutsideOfCi", {{"GITHUB_EVENT_NAME", "pull_request"}}, kFork, ""},
        GuardCase{"Schedule", github("schedule"), "{}", ""},
        GuardCase{"Push", github("push"), "", ""},
        GuardCase{"OwnBranch", github("pull_request"), kSame, ""},
        GuardCase{"Fork", github("pull_request"), kFork, "a pull request from a fork"},
        GuardCase{"ForkWithOurSecrets", github("pull_request_target"), kFork, "from a fork"},
        GuardCase{"Review", github("pull_request_review"), kFork, "from a fork"},
        GuardCase{"DeletedFork", github("pull_request"), kGone, "from a fork"},
        GuardCase{"NoEvent", github("pull_request"), "", "cannot be told"},
        GuardCase{"NotJson", github("pull_request"), "{", "cannot be told"},
        GuardCase{"AnotherShape", github("pull_request"), R"({"pull_request":7})",
                  "cannot be told"},
        GuardCase{"List", github("pull_request"), "[]", "cannot be told"},
        GuardCase{"RunForAFork", github("workflow_run"),
                  R"({"repository":{"full_name":"org/app"},
                      "workflow_run":{"head_repository":{"full_name":"eve/app"}}})",
                  "from a fork"},
        GuardCase{"RunForOurs", github("workflow_run"),
                  R"({"repository":{"full_name":"org/app"},
                      "workflow_run":{"head_repository":{"full_name":"org/app"}}})",
                  ""},
        GuardCase{"GitLabOwn", gitlab("7", "7"), "", ""},
        GuardCase{"GitLabFork", gitlab("8", "7"), "", "a merge request from a fork"},
        GuardCase{"GitLabUnknown", gitlab("", ""), "", "cannot be told"},
        GuardCase{"GitLabBranch", {{"GITLAB_CI", "true"}, {"CI_PIPELINE_SOURCE", "push"}}, "", ""}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::cli
