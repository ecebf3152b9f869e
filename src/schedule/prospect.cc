#include "schedule/prospect.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/digest.h"
#include "domain/random.h"

namespace praxisync::schedule {
namespace {

using store::ScheduleRecord;
using store::Stretch;

/// Never more than half the way to the next occurrence, which would else overtake this one.
Milliseconds jitter_of(const Plan& plan, Timestamp occurrence, std::string_view seed) {
  const Milliseconds step = plan.timing.calendar.next(occurrence) - occurrence;
  const Milliseconds most = std::min(plan.timing.jitter, step / 2);
  const std::string digest = sha256(
      fmt::format("{}\n{}\n{}", seed, plan.name.text(), occurrence.time_since_epoch().count()));
  std::uint64_t number = 0;
  std::from_chars(digest.data(), digest.data() + 16, number, 16);
  SeededRandom random(number);
  return Milliseconds{
      static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most.count()) + 1))};
}

const Stretch* claimed(const ScheduleRecord& record, Timestamp occurrence) {
  const auto found = std::ranges::find_if(record.claimed, [&](const Stretch& stretch) {
    return stretch.first <= occurrence && occurrence <= stretch.last;
  });
  return found == record.claimed.end() ? nullptr : &*found;
}

/// Occurrences before it are given up. What would reach further than any backoff was written before
/// somebody set the clock back.
std::optional<Timestamp> backoff_end(const Plan& plan, const ScheduleRecord& record,
                                     Timestamp now) {
  if (record.failures == 0 || !record.last) return std::nullopt;
  const Timestamp last = record.last->occurrence;
  const Milliseconds step = plan.timing.calendar.next(last) - last;
  const Milliseconds longest = std::max<Milliseconds>(std::chrono::hours{1}, step);
  Milliseconds wait = step;
  for (int failure = 1; failure < record.failures && wait < longest; ++failure) wait *= 2;
  wait = std::min(wait, longest);
  if (last + wait > now + longest) return std::nullopt;
  return last + wait;
}

/// Whether nobody was there for it, it was paused, or its own last run went on over it. What lies
/// in the future was written before somebody set the clock back, and says nothing.
bool was_missed(const ScheduleRecord& record, const Prospect& prospect, const Moment& moment) {
  const auto before = [&](const std::optional<Timestamp>& mark) {
    return mark && *mark <= moment.now && prospect.begins_at + kGrace < *mark;
  };
  return before(moment.watched_since) || before(record.resumed_at) ||
         (record.last && before(record.last->finished_at));
}

/// The occurrence that has come and can still run.
std::optional<Prospect> come(const Plan& plan, const ScheduleRecord& record, const Moment& moment,
                             const std::optional<Timestamp>& backoff) {
  const std::optional<Timestamp> latest = plan.timing.calendar.latest(moment.now);
  if (!latest || claimed(record, *latest) != nullptr) return std::nullopt;
  if (record.since <= moment.now && *latest < record.since) return std::nullopt;
  if (backoff && *latest < *backoff) return std::nullopt;
  const Prospect found{*latest, *latest + jitter_of(plan, *latest, moment.seed)};
  if (plan.timing.missed == Missed::Skip && was_missed(record, found, moment)) return std::nullopt;
  return found;
}

}  // namespace

Timestamp claims_from(const Plan& plan, Timestamp now) {
  return plan.timing.calendar.latest(now).value_or(now);
}

std::optional<Prospect> prospect(const Plan& plan, const ScheduleRecord& record,
                                 const Moment& moment) {
  if (record.paused) return std::nullopt;
  const Calendar& calendar = plan.timing.calendar;
  const std::optional<Timestamp> backoff = backoff_end(plan, record, moment.now);
  if (const auto found = come(plan, record, moment, backoff)) return found;
  Timestamp next = calendar.next(moment.now);
  while (true) {
    if (const Stretch* stretch = claimed(record, next)) {
      next = calendar.next(stretch->last);
    } else if (backoff && next < *backoff) {
      next = calendar.next(*backoff - Milliseconds{1});
    } else {
      return Prospect{next, next + jitter_of(plan, next, moment.seed)};
    }
  }
}

}  // namespace praxisync::schedule
