#include "connectors/lever/checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/text.h"

namespace praxisync::lever {
namespace {

using connector::Finding;
using connector::Named;

constexpr std::string_view kNewKey =
    "Settings > Integrations and API > API Credentials: make a key that may";

/// What came of a request that needs a permission.
Finding finding(std::string what, std::string_view permission, const Error* error) {
  if (error == nullptr) return {.what = std::move(what)};
  const bool refused = error->kind == ErrorKind::Unauthorized;
  return {.level = refused ? Finding::Level::Unauthorized : Finding::Level::Failure,
          .what = std::move(what),
          .detail = error->what,
          .remedy = refused ? fmt::format("{} {}", kNewKey, permission) : ""};
}

template <typename T>
const Error* error_of(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

bool is_refused(const Finding& finding) { return finding.level == Finding::Level::Unauthorized; }

}  // namespace

Result<connector::Openings> Checks::openings() {
  const Result<const std::vector<Stage>*> stages = directory_.stages().all();
  if (!stages) return Error(stages.error()).during("list stages");
  const Result<const std::vector<Posting>*> postings = directory_.postings().all();
  if (!postings) return Error(postings.error()).during("list postings");
  connector::Openings openings;
  for (const Posting& posting : **postings) {
    if (!posting.open) continue;
    connector::Opening& opening =
        openings.all.emplace_back(connector::Opening{{posting.id, posting.name}, {}});
    for (const Stage& stage : **stages) opening.stages.push_back({stage});
  }
  return openings;
}

std::vector<Finding> Checks::all(std::span<const PolicyAction> planned) {
  std::vector<Finding> found;
  const auto stages = directory_.stages().all();
  found.push_back(
      finding("permission " + std::string(scope::kStages), scope::kStages, error_of(stages)));
  // A key that is refused is refused everywhere: one finding says it.
  if (api_.key_is_refused()) {
    found.back().what = "API key";
    found.back().remedy = "Settings > Integrations and API > API Credentials: check or renew it";
    return found;
  }
  const auto postings = directory_.postings().all();
  found.push_back(
      finding("permission " + std::string(scope::kPostings), scope::kPostings, error_of(postings)));
  found.push_back(opportunities());
  const bool may_read = !is_refused(found.back());
  if (may_read) {
    found.push_back(confidential());
    found.push_back(deleted());
  }
  if (planned.empty()) return found;
  found.push_back(author());
  for (const PolicyAction& action : planned) {
    if (action.kind == ActionKind::Reject) found.push_back(reason(action));
  }
  found.push_back(
      {.what = "permission to write",
       .detail = fmt::format(
           "cannot be seen without writing: the key needs {}{}", scope::kOpportunities,
           std::ranges::find(planned, ActionKind::Note, &PolicyAction::kind) == planned.end()
               ? ""
               : fmt::format(" and {}", scope::kNotes))});
  return found;
}

Finding Checks::opportunities() {
  // Whoever changes from now on: nobody, so that the answer is short.
  const auto page = api_.opportunities({.changed_since = clock_.now()}, "");
  return finding("permission " + std::string(scope::kOpportunities), scope::kOpportunities,
                 error_of(page));
}

Finding Checks::confidential() const {
  if (api_.sees_confidential()) return {.what = "confidential jobs", .detail = "are seen"};
  return {.level = Finding::Level::Warning,
          .what = "confidential jobs",
          .detail = "their candidates are not seen, and not invited",
          .remedy = fmt::format("{} {}: it can be given only when a key is made", kNewKey,
                                scope::kConfidential)};
}

Finding Checks::deleted() {
  const Timestamp now = clock_.now();
  const auto page = api_.deleted(now, now, "");
  Finding seen = finding("list of deleted opportunities", scope::kOpportunities, error_of(page));
  if (is_refused(seen)) {
    seen.level = Finding::Level::Warning;
    seen.detail += "; who is deleted is seen to be gone by the next full sweep only";
  }
  return seen;
}

Finding Checks::author() {
  if (perform_as_.empty()) {
    return {.level = Finding::Level::Warning,
            .what = "perform_as",
            .detail = "is not given: notes and moves have no author in Lever",
            .remedy = "set it to the id of a user, best one made for praxisync"};
  }
  const auto users =
      all_pages<User>([this](const std::string& offset) { return api_.users(offset); });
  if (!users) {
    return {.level = Finding::Level::Warning,
            .what = "perform_as",
            .detail = "cannot be checked: " + users.error().what,
            .remedy = fmt::format("{} {}", kNewKey, scope::kUsers)};
  }
  if (std::ranges::find(*users, perform_as_, &User::id) != users->end())
    return {.what = "perform_as", .detail = "is a user"};
  return {.level = Finding::Level::Failure,
          .what = "perform_as",
          .detail = "there is no user of that id",
          .remedy = "take the id from the address of the user's page in Lever's settings"};
}

Finding Checks::reason(const PolicyAction& action) {
  std::string what = fmt::format("archive reason \"{}\"", printable(action.text, 80));
  const Result<Reason> reason = directory_.rejection_called(action.text);
  return finding(std::move(what), scope::kReasons, error_of(reason));
}

}  // namespace praxisync::lever
