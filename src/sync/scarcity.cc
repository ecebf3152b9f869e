#include "sync/scarcity.h"

#include <algorithm>
#include <limits>

namespace praxisync::sync {
namespace {

constexpr std::string_view kQuota = "check the quota";

/// Calls that the lifecycle has to make, `most` where there are as many or more.
Result<int> lifecycle_due(store::Store& store, const std::vector<Route>& routes, Timestamp since,
                          int most) {
  const auto due = [&](const Route& route) -> Result<std::vector<Engagement>> {
    std::vector<Engagement> all;
    if (route.remind_after) {
      Result<std::vector<Engagement>> reminders = store.intents().due_for_reminder(
          route.name, since, *route.remind_after, route.max_reminders, EngagementKey{0}, most);
      if (!reminders) return reminders;
      all = std::move(*reminders);
    }
    if (route.cancel_when_left == CancelWhenLeft::Yes) {
      Result<std::vector<Engagement>> cancels =
          store.intents().due_for_cancelling(route.name, EngagementKey{0}, most);
      if (!cancels) return cancels;
      all.insert(all.end(), cancels->begin(), cancels->end());
    }
    return all;
  };
  int found = 0;
  for (const Route& route : routes) {
    if (route.target.kind != TargetKind::Assessment) continue;
    const Result<std::vector<Engagement>> calls = due(route);
    if (!calls) return calls.error();
    found += static_cast<int>(calls->size());
  }
  return std::min(found, most);
}

}  // namespace

Result<int> kept_for_lifecycle(store::Store& store, const std::vector<Route>& routes, Moment at,
                               int writes_an_hour) {
  const Result<int> sent = store.intents().count_lifecycle_calls(at.now - http::kRollingHour);
  if (!sent) return sent.error();
  const int part = std::max(1, writes_an_hour / 20) - *sent;
  if (part <= 0) return 0;
  return lifecycle_due(store, routes, at.run_began, part);
}

Result<std::vector<store::Queue>> read_queues(Context& context) {
  return context.store().engagements().queues(context.now() - context.options().longest_wait);
}

std::vector<Waiting> weigh(const std::vector<store::Queue>& queues,
                           const std::vector<Route>& routes) {
  std::vector<Waiting> weighed;
  for (const store::Queue& queue : queues) {
    Demand demand{.wanted = queue.persons, .starving = queue.starving};
    bool first = true;
    for (const Route& route : routes) {
      if (route.target != queue.target) continue;
      demand.priority = first ? route.priority : std::max(demand.priority, route.priority);
      demand.share = std::min(100, demand.share + route.share);
      first = false;
    }
    weighed.push_back({calls_of(queue), demand, queue.target});
  }
  return weighed;
}

Calls calls_of(const store::Queue& queue) {
  const bool bulk =
      queue.target.kind == TargetKind::Assessment && queue.rounds == store::Rounds::First;
  return bulk ? Calls::EachBatch : Calls::EachPerson;
}

Course read_quota(Context& context) {
  if (context.report().quota) return Course::GoOn;
  if (!context.open(http::Cost::Read)) return Course::EndPhase;
  context.observer().step(kQuota);
  context.report().least.reads += 1;
  const auto page = context.assess().list_assessments({});
  if (!page) return context.assess_failed(kQuota, page.failure(), http::Cost::Read);
  context.report().quota = page->quota;
  if (page->quota) return Course::GoOn;
  const auto organisation = context.assess().get_organisation();
  if (!organisation) return context.assess_failed(kQuota, organisation.failure(), http::Cost::Read);
  context.report().quota = organisation->quota;
  return Course::GoOn;
}

Result<Means> means_of(Context& context) {
  Means means{.bulk_size = context.options().bulk_size,
              .writes = {.limit = std::numeric_limits<int>::max()}};
  if (const auto allowance = context.allowance(http::Cost::Write)) {
    means.writes = *allowance;
    if (context.selection() == nullptr) {  // with one no lifecycle call is made
      const Result<int> kept =
          kept_for_lifecycle(context.store(), context.routes(),
                             {context.now(), context.report().started_at}, allowance->limit);
      if (!kept) return kept.error();
      means.kept = *kept;
    }
  }
  if (const auto& quota = context.report().quota) {
    means.quota_left = quota->remaining;
    means.quota_a_month = quota->limit;
  }
  return means;
}

}  // namespace praxisync::sync
