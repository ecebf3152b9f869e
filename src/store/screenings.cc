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

struct Follower {
  ScreeningKey key;
  State state;
  bool in_stage;
};

/// Whether it still follows its engagement: who has left and was told of so waits for nothing.
bool follows(const Follower& screening, State to) {
  const bool waits = to == State::Queued || to == State::Blocked;
  const bool done = screening.state == State::WrittenBack && !screening.in_stage;
  return screening.state != State::Withdrawn && screening.state != State::Blocked &&
         !(waits && done) && may_step(screening.state, to);
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
  std::vector<Follower> screenings;
  {
    Query rows(database,
               "SELECT id, state, in_stage FROM screening WHERE engagement = ? ORDER BY id");
    rows.with(key);
    while (rows.step())
      screenings.push_back({rows.key<ScreeningKey>(0), rows.state(1), rows.integer(2) != 0});
  }
  int moved = 0;
  for (const Follower& screening : screenings) {
    if (!follows(screening, to)) continue;
    step_screening(database, screening.key, screening.state, to, reason, stamp);
    ++moved;
  }
  return moved;
}

void record_first_state(Database& database, ScreeningKey key, State state, std::string_view reason,
                        const Stamp& stamp) {
  write_history(database, key, std::nullopt, state, reason, stamp);
}

}  // namespace praxisync::store
