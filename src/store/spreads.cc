#include "store/spreads.h"

#include <algorithm>

#include "store/rows.h"

namespace praxisync::store {
namespace {

template <typename Spread>
Spread& of_route(std::vector<Spread>& all, const std::string& route) {
  if (all.empty() || all.back().route.text() != route) {
    all.emplace_back();
    all.back().route = RouteName(route);
  }
  return all.back();
}

template <typename Spread>
Spread* known(std::vector<Spread>& all, const std::string& route) {
  const auto found = std::ranges::find(all, RouteName(route), &Spread::route);
  return found == all.end() ? nullptr : &*found;
}

constexpr std::size_t kLastTen = ScoreSpread::kTens - 1;

std::size_t ten_of(std::int64_t ten) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>(ten, 0, kLastTen));
}

std::size_t step_of(Milliseconds took) {
  const auto* const end = std::ranges::upper_bound(TimeSpread::kEnds, took);
  return static_cast<std::size_t>(end - TimeSpread::kEnds.begin());
}

}  // namespace

Result<std::vector<ScoreSpread>> Spreads::scores() {
  return guarded("count scores", [&]() -> Result<std::vector<ScoreSpread>> {
    std::vector<ScoreSpread> all;
    Query rows(database_,
               "SELECT s.route, CAST(e.score / 10 AS INTEGER), count(*) FROM screening s JOIN "
               "engagement e ON e.id = s.engagement WHERE e.state IN ('passed', 'failed') AND "
               "e.score IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2");
    while (rows.step()) {
      ScoreSpread& spread = of_route(all, rows.text(0));
      const int people = static_cast<int>(rows.integer(2));
      spread.people[ten_of(rows.integer(1))] += people;
      spread.count += people;
    }
    Query medians(
        database_,
        "SELECT route, score FROM (SELECT s.route, e.score, row_number() OVER (PARTITION "
        "BY s.route ORDER BY e.score) AS place, count(*) OVER (PARTITION BY s.route) AS "
        "people FROM screening s JOIN engagement e ON e.id = s.engagement WHERE e.state "
        "IN ('passed', 'failed') AND e.score IS NOT NULL) WHERE place = (people + 1) / 2");
    while (medians.step()) {
      if (ScoreSpread* spread = known(all, medians.text(0))) spread->median = medians.real(1);
    }
    return all;
  });
}

Result<std::vector<TimeSpread>> Spreads::times() {
  return guarded("count times to complete", [&]() -> Result<std::vector<TimeSpread>> {
    std::vector<TimeSpread> all;
    // In whole hours, which every step begins with: a group for each hour, not for each person.
    Query rows(database_,
               "SELECT s.route, max(e.completed_at - e.contacted_at, 0) / 3600000, count(*) FROM "
               "screening s JOIN engagement e ON e.id = s.engagement WHERE e.state IN ('passed', "
               "'failed') AND e.contacted_at IS NOT NULL AND e.completed_at IS NOT NULL GROUP BY "
               "1, 2 ORDER BY 1, 2");
    while (rows.step()) {
      TimeSpread& spread = of_route(all, rows.text(0));
      const int people = static_cast<int>(rows.integer(2));
      spread.people[step_of(std::chrono::hours{rows.integer(1)})] += people;
      spread.count += people;
    }
    Query medians(
        database_,
        "SELECT route, took FROM (SELECT s.route, max(e.completed_at - e.contacted_at, 0) "
        "AS took, row_number() OVER (PARTITION BY s.route ORDER BY e.completed_at - "
        "e.contacted_at) AS place, count(*) OVER (PARTITION BY s.route) AS people FROM "
        "screening s JOIN engagement e ON e.id = s.engagement WHERE e.state IN ('passed', "
        "'failed') AND e.contacted_at IS NOT NULL AND e.completed_at IS NOT NULL) WHERE "
        "place = (people + 1) / 2");
    while (medians.step()) {
      if (TimeSpread* spread = known(all, medians.text(0)))
        spread->median = Milliseconds{medians.integer(1)};
    }
    return all;
  });
}

Result<std::vector<BlockedPerson>> Spreads::blocked(int limit) {
  return guarded("read who is blocked", [&]() -> Result<std::vector<BlockedPerson>> {
    Query rows(
        database_,
        "SELECT s.route, a.connector, a.external_id, a.name, a.email, s.reason, s.changed_at "
        "FROM screening s JOIN application a ON a.id = s.application WHERE s.state = "
        "'blocked' ORDER BY s.changed_at DESC, s.id LIMIT ?");
    rows.with(std::int64_t{limit});
    std::vector<BlockedPerson> people;
    while (rows.step()) {
      people.push_back({RouteName(rows.text(0)), ConnectorName(rows.text(1)),
                        ApplicationId(rows.text(2)), rows.text(3), rows.text(4), rows.text(5),
                        rows.time(6)});
    }
    return people;
  });
}

}  // namespace praxisync::store
