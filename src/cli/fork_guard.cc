#include "cli/fork_guard.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/variable.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

using nlohmann::json;

// GitHub's payloads are 25 MB at most.
constexpr std::size_t kLongestEvent = std::size_t{32} << 20U;

constexpr const char* kHelp =
    "nothing was sent; 'praxisync plan' changes nothing and may run, and --allow-fork runs sync "
    "all "
    "the same";

Error refused(const std::string& why) {
  return {ErrorKind::Rejected, fmt::format("sync does not run for {}; {}", why, kHelp)};
}

/// The full name of a repository in the payload; empty: it is gone, or was never named.
std::string repository_at(const json& payload, const char* pointer) {
  const json::json_pointer place(std::string(pointer) + "/full_name");
  return payload.contains(place) && payload[place].is_string() ? payload[place].get<std::string>()
                                                               : "";
}

/// What the event says of where the change is from: head and base repository.
struct Origins {
  std::string head, base;
};

std::optional<Origins> origins_of(const json& payload) {
  const std::string here = repository_at(payload, "/repository");
  if (payload.contains("pull_request")) {
    const std::string base = repository_at(payload, "/pull_request/base/repo");
    return Origins{repository_at(payload, "/pull_request/head/repo"), base.empty() ? here : base};
  }
  if (payload.contains("workflow_run"))
    return Origins{repository_at(payload, "/workflow_run/head_repository"), here};
  return std::nullopt;
}

bool is_for_a_change(const std::string& event) {
  return event.starts_with("pull_request") || event == "workflow_run";
}

Result<void> check_github(const config::Environment& environment, const ReadFile& read) {
  const std::string event = variable(environment, "GITHUB_EVENT_NAME");
  if (!is_for_a_change(event)) return {};
  const std::string name = printable(event, 40);
  const Result<std::string> text = read(variable(environment, "GITHUB_EVENT_PATH"), kLongestEvent);
  if (!text) {
    return refused(
        fmt::format("the event {} of which it cannot be told whether it is a fork's ({})", name,
                    text.error().what));
  }
  const json payload = json::parse(*text, nullptr, false);
  const std::optional<Origins> origins =
      payload.is_object() ? origins_of(payload) : std::optional<Origins>{};
  if (!origins || origins->base.empty()) {
    return refused(
        fmt::format("the event {} of which it cannot be told whether it is a fork's "
                    "(GITHUB_EVENT_PATH names no "
                    "repositories)",
                    name));
  }
  if (to_lower(origins->head) != to_lower(origins->base))
    return refused("a pull request from a fork");
  return {};
}

/// In a pipeline that GitLab runs in the fork itself, the project that runs it is the fork.
Result<void> check_gitlab(const config::Environment& environment) {
  const std::string source = variable(environment, "CI_MERGE_REQUEST_SOURCE_PROJECT_ID");
  const std::string target = variable(environment, "CI_MERGE_REQUEST_PROJECT_ID");
  const bool merge_request = variable(environment, "CI_PIPELINE_SOURCE") == "merge_request_event";
  if (source.empty() && target.empty() && !merge_request) return {};
  if (source.empty() || target.empty()) {
    return refused(
        "a merge request of which it cannot be told whether it is a fork's "
        "(CI_MERGE_REQUEST_SOURCE_PROJECT_ID and CI_MERGE_REQUEST_PROJECT_ID say it)");
  }
  if (source != target) return refused("a merge request from a fork");
  return {};
}

}  // namespace

Result<void> check_not_for_a_fork(const config::Environment& environment, const ReadFile& read) {
  if (variable(environment, "GITHUB_ACTIONS") == "true") return check_github(environment, read);
  if (variable(environment, "GITLAB_CI") == "true") return check_gitlab(environment);
  return {};
}

}  // namespace praxisync::cli
