#include "store/screenings.h"

#include <vector>

#include "store/rows.h"

namespace praxisync::store {
namespace {

void write_history(Database& database, ScreeningKey key, std::optional<std::string_view> from,
                   State to, std::string_view reason, const Stamp& stamp) {
  Query(database,
        "INSERT INTO history (screening, at, run, from_state, to_state, reason) VALUES (?, ?, "
        "nullif(?, 0), ?, ?, ?)")
      .with(key, stamp.at, stamp.run, from, to, reason)
      .run();
}

/// Whether a screening in that state still follows its engagement.
bool follows(State screening) {
  return screening != State::Withdrawn && screening != State::Blocked;
}

}  // namespace

void step_screening(Database& database, ScreeningKey key, State from, State to,
                    std::string_view reason, const Stamp& stamp) {
  PRAXISYNC_CHECK(may_step(from, to), "callers ask may_step first");
  Query(database, "UPDATE screening SET state = ?, reason = ?, changed_at = ? WHERE id = ?")
      .with(to, reason, stamp.at, key)
      .run();
  write_history(database, key, to_string(from), to, reason, stamp);
}

int step_engagement(Database& database, EngagementKey key, State to, std::string_view reason,
                    const Stamp& stamp) {
  Query(database, "UPDATE engagement SET state = ?, reason = ? WHERE id = ?")
      .with(to, reason, key)
      .run();
  std::vector<std::pair<ScreeningKey, State>> screenings;
  {
    Query rows(database, "SELECT id, state FROM screening WHERE engagement = ? ORDER BY id");
    rows.with(key);
    while (rows.step()) screenings.emplace_back(rows.key<ScreeningKey>(0), rows.state(1));
  }
  int moved = 0;
  for (const auto& [screening, from] : screenings) {
    if (!follows(from) || !may_step(from, to)) continue;
    step_screening(database, screening, from, to, reason, stamp);
    ++moved;
  }
  return moved;
}

void record_first_state(Database& database, ScreeningKey key, State state, std::string_view reason,
                        const Stamp& stamp) {
  write_history(database, key, std::nullopt, state, reason, stamp);
}

}  // namespace praxisync::store
