#include "sandbox/state_report.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sandbox/json_text.h"

namespace praxisync::sandbox {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLatest = 50;
constexpr std::size_t kMostDeliveries = 1000;

Json time_json(const std::optional<Timestamp>& at) {
  return at ? Json(format_timestamp(*at)) : Json(nullptr);
}

/// "ct_live_…_key": enough to tell keys apart, not to use one.
std::string masked(const std::string& key) {
  constexpr std::size_t kShown = 4;
  const bool is_long = key.size() >= std::string_view("ct_live_").size() + 2 * kShown;
  return "ct_live_…" + (is_long ? key.substr(key.size() - kShown) : "");
}

/// Calls `show` with the latest rows' places, the newest first.
template <typename Show>
void latest(std::size_t size, Show&& show) {
  for (std::size_t place = size; place > size - std::min(size, kLatest); --place) show(place - 1);
}

struct Counts {
  std::array<int, 4> by_status{};
  int passed = 0, cancelled = 0;
};

Json counts_json(const Counts& counts) {
  const auto of = [&](InvitationStatus status) {
    return counts.by_status[static_cast<std::size_t>(status)];
  };
  const int completed = of(InvitationStatus::Completed);
  return {{"pending", of(InvitationStatus::Pending)},
          {"started", of(InvitationStatus::Started)},
          {"completed", completed},
          {"passed", counts.passed},
          {"failed", completed - counts.passed},
          {"expired", of(InvitationStatus::Expired)},
          {"cancelled", counts.cancelled}};
}

void count(const Invitation& row, Counts& counts) {
  if (row.cancelled) {
    ++counts.cancelled;
    return;
  }
  ++counts.by_status[static_cast<std::size_t>(row.status)];
  if (row.status == InvitationStatus::Completed && row.passed) ++counts.passed;
}

Json limit_json(const RollingHour& limit, Timestamp now) {
  if (!limit.limited()) return {{"limit", nullptr}, {"remaining", nullptr}};
  return {{"limit", limit.limit()}, {"remaining", limit.remaining(now)}};
}

Json organisation_json(const AssessSandbox& sandbox) {
  constexpr const char* kPlans[] = {"free", "starter", "growth", "enterprise"};
  const World& world = sandbox.world();
  const std::optional<int> limit = invite_limit(sandbox.options());
  return {{"name", world.organisation},
          {"slug", world.organisation_slug},
          {"plan", kPlans[static_cast<std::size_t>(sandbox.options().plan)]},
          {"invite_limit", limit ? Json(*limit) : Json(nullptr)},
          {"invites_used", world.invites_used(sandbox.now())}};
}

Json assessments_json(const World& world, const std::vector<Counts>& counts) {
  Json rows = Json::array();
  for (Number number = 0; number < world.assessments.size(); ++number) {
    const Assessment& row = world.assessments[number];
    rows.push_back({{"title", row.title},
                    {"slug", row.slug},
                    {"status", to_string(row.status)},
                    {"passing_score", row.passing_score},
                    {"invitations", counts_json(counts[number])}});
  }
  return rows;
}

Json invitations_json(const World& world) {
  Json rows = Json::array();
  latest(world.listed.size(), [&](std::size_t place) {
    const Invitation& row = world.invitations[world.listed[place]];
    const bool completed = row.status == InvitationStatus::Completed;
    rows.push_back({{"email", row.email},
                    {"name", row.name ? Json(*row.name) : Json(nullptr)},
                    {"assessment", world.assessments[row.assessment].title},
                    {"status", to_string(row.status)},
                    {"score_percentage", completed ? Json(row.score_percentage) : Json(nullptr)},
                    {"passed", completed ? Json(row.passed) : Json(nullptr)},
                    {"emails", row.emails_sent},
                    {"created_at", format_timestamp(row.created_at)},
                    {"started_at", time_json(row.started_at)},
                    {"completed_at", time_json(row.completed_at)},
                    {"expires_at", format_timestamp(row.expires_at)}});
  });
  return rows;
}

Json pipelines_json(const World& world) {
  Json rows = Json::array();
  for (const Pipeline& row : world.pipelines) {
    Json stages = Json::array();
    for (const Number stage : row.stages) stages.push_back(world.assessments[stage].title);
    rows.push_back({{"title", row.title}, {"slug", row.slug}, {"stages", std::move(stages)}});
  }
  return rows;
}

Json enrollments_json(const World& world) {
  Json rows = Json::array();
  latest(world.enrollments.size(), [&](std::size_t place) {
    const Enrollment& row = world.enrollments[place];
    rows.push_back({{"email", row.email},
                    {"pipeline", world.pipelines[row.pipeline].title},
                    {"status", to_string(row.status)},
                    {"current_stage", row.current_stage},
                    {"stages", world.pipelines[row.pipeline].stages.size()},
                    {"enrolled_at", format_timestamp(row.history.front().at)}});
  });
  return rows;
}

Json webhooks_json(const World& world) {
  Json rows = Json::array();
  for (const Webhook& row : world.webhooks) {
    rows.push_back({{"url", row.url},
                    {"description", row.description},
                    {"event_types", row.event_types},
                    {"is_verified", row.verified}});
  }
  return rows;
}

Json delivery_json(const World& world, const WebhookDelivery& row) {
  const bool waiting = row.state == WebhookDelivery::State::Waiting;
  return {{"event", row.event},
          {"url", world.webhooks[row.webhook].url},
          {"state", to_string(row.state)},
          {"attempts", row.attempts},
          {"last_status", row.last_status ? Json(*row.last_status) : Json(nullptr)},
          {"created_at", format_timestamp(row.created_at)},
          {"next_attempt_at", waiting ? Json(format_timestamp(row.due)) : Json(nullptr)}};
}

}  // namespace

std::string state_document(const AssessSandbox& sandbox) {
  const World& world = sandbox.world();
  Counts all;
  std::vector<Counts> by_assessment(world.assessments.size());
  for (const Invitation& row : world.invitations) {
    count(row, all);
    count(row, by_assessment[row.assessment]);
  }
  Json keys = Json::array();
  for (const Key& key : world.keys)
    keys.push_back({{"key", masked(key.text)}, {"scopes", key.scopes}});
  Json deliveries = Json::array();
  latest(world.deliveries.size(), [&](std::size_t place) {
    deliveries.push_back(delivery_json(world, world.deliveries[place]));
  });
  const RequestCounts& requests = sandbox.requests();
  return json_text({{"now", format_timestamp(sandbox.now())},
                    {"organisation", organisation_json(sandbox)},
                    {"limits",
                     {{"reads", limit_json(sandbox.reads(), sandbox.now())},
                      {"writes", limit_json(sandbox.writes(), sandbox.now())}}},
                    {"requests",
                     {{"reads", requests.reads},
                      {"writes", requests.writes},
                      {"throttled", requests.throttled},
                      {"unauthorized", requests.unauthorized}}},
                    {"keys", std::move(keys)},
                    {"invitations_by_state", counts_json(all)},
                    {"assessments", assessments_json(world, by_assessment)},
                    {"invitations", invitations_json(world)},
                    {"pipelines", pipelines_json(world)},
                    {"enrollments", enrollments_json(world)},
                    {"webhooks", webhooks_json(world)},
                    {"deliveries", std::move(deliveries)}});
}

std::string deliveries_document(const AssessSandbox& sandbox) {
  const World& world = sandbox.world();
  Json rows = Json::array();
  const std::size_t size = world.deliveries.size();
  for (std::size_t place = size - std::min(size, kMostDeliveries); place < size; ++place) {
    const WebhookDelivery& row = world.deliveries[place];
    Json out = delivery_json(world, row);
    out["signature"] = row.signature;
    out["body"] = row.body;
    rows.push_back(std::move(out));
  }
  return json_text({{"count", size}, {"results", std::move(rows)}});
}

}  // namespace praxisync::sandbox
