#include "sync/forecast.h"

#include <algorithm>

namespace praxisync::sync {
namespace {

constexpr Milliseconds kHorizon = std::chrono::hours{24 * 3653};

std::vector<Demand> demands_of(const std::vector<Waiting>& queues) {
  std::vector<Demand> demands;
  for (const Waiting& queue : queues) {
    int wanted = 0;
    for (const Waiting& other : queues)
      wanted += other.target == queue.target ? other.demand.wanted : 0;
    demands.push_back(queue.demand);
    // A target's share is divided among its queues.
    if (wanted > 0) demands.back().share = queue.demand.share * queue.demand.wanted / wanted;
  }
  return demands;
}

int wanted(const std::vector<Waiting>& queues) {
  int sum = 0;
  for (const Waiting& queue : queues) sum += queue.demand.wanted;
  return sum;
}

/// The hour's writes as time goes by.
class Hour {
 public:
  explicit Hour(const http::Allowance& writes) : writes_(writes) {}

  /// As seen at `now`.
  http::Allowance at(Timestamp now) {
    while (!writes_.frees.empty() && writes_.frees.front().at <= now) {
      writes_.used -= writes_.frees.front().requests;
      writes_.frees.erase(writes_.frees.begin());
    }
    if (writes_.closed_until && *writes_.closed_until <= now) writes_.closed_until.reset();
    return writes_;
  }
  void spend(Timestamp now, int calls) {
    if (calls == 0) return;
    writes_.used += calls;
    writes_.frees.push_back({now + http::kRollingHour, calls});
  }
  /// When there is more than now.
  Timestamp more_from(Timestamp now) const {
    return more_writes(writes_).value_or(now + http::kRollingHour);
  }

 private:
  http::Allowance writes_;
};

}  // namespace

std::optional<Timestamp> more_writes(const http::Allowance& writes) {
  if (writes.closed_until) return writes.closed_until;
  if (writes.frees.empty()) return std::nullopt;
  return writes.frees.front().at;
}

int calls_for(Calls calls, int persons, int bulk_size) {
  return calls == Calls::EachPerson ? persons : (persons + bulk_size - 1) / bulk_size;
}

std::vector<int> grants(const std::vector<Waiting>& queues, const Means& means) {
  std::vector<Demand> demands = demands_of(queues);
  std::vector<int> persons(queues.size());
  for (std::size_t i = 0; i < queues.size(); ++i) persons[i] = demands[i].wanted;
  if (means.quota_left) persons = allocate(demands, *means.quota_left);
  for (std::size_t i = 0; i < queues.size(); ++i) {
    const Calls each = queues[i].calls;
    demands[i].wanted = calls_for(each, persons[i], means.bulk_size);
    demands[i].starving =
        calls_for(each, std::min(persons[i], demands[i].starving), means.bulk_size);
  }
  const std::vector<int> calls =
      allocate(demands, means.writes.left(http::Draw::Work) - means.kept);
  for (std::size_t i = 0; i < queues.size(); ++i) {
    const int room = queues[i].calls == Calls::EachPerson ? calls[i] : calls[i] * means.bulk_size;
    persons[i] = std::min(persons[i], room);
  }
  return persons;
}

Forecast forecast(const std::vector<Waiting>& queues, const Means& means, Timestamp now) {
  Forecast forecast;
  forecast.served.resize(queues.size());
  std::vector<Waiting> left = queues;
  Means there = means;
  Hour hour(means.writes);
  for (Timestamp at = now; at <= now + kHorizon;) {
    there.writes = hour.at(at);
    const std::vector<int> granted = grants(left, there);
    int calls = 0, persons = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (granted[i] == 0) continue;
      calls += calls_for(left[i].calls, granted[i], means.bulk_size);
      persons += granted[i];
      left[i].demand.wanted -= granted[i];
      left[i].demand.starving = std::max(0, left[i].demand.starving - granted[i]);
      forecast.served[i].push_back({at, granted[i]});
    }
    hour.spend(at, calls + there.kept);
    there.kept = 0;
    forecast.writes += calls;
    if (there.quota_left) *there.quota_left -= persons;
    if (wanted(left) == 0) {
      forecast.done = at;
      break;
    }
    if (there.quota_left && *there.quota_left <= 0) {
      if (means.quota_a_month.value_or(0) <= 0) break;
      at = next_month(at);
      there.quota_left = means.quota_a_month;
    } else {
      at = hour.more_from(at);
    }
  }
  return forecast;
}

Timestamp next_month(Timestamp now) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(now)};
  const auto next = (day.year() / day.month() + std::chrono::months{1}) / std::chrono::day{1};
  return Timestamp{std::chrono::sys_days{next}};
}

std::optional<Timestamp> runs_dry(std::optional<int> limit, std::optional<int> left, int planned,
                                  Timestamp now) {
  if (!limit || !left) return std::nullopt;
  if (*left <= planned) return now;
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(now)};
  const Timestamp begin{std::chrono::sys_days{day.year() / day.month() / std::chrono::day{1}}};
  const int used = *limit - *left;
  if (used <= 0) return std::nullopt;
  const auto each = static_cast<double>((now - begin).count()) / used;
  const Timestamp dry =
      now + Milliseconds{static_cast<Milliseconds::rep>(each * (*left - planned))};
  if (dry >= next_month(now)) return std::nullopt;
  return dry;
}

}  // namespace praxisync::sync
