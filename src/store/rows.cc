#include "store/rows.h"

#include <sqlite3.h>

namespace praxisync::store {
namespace {

[[noreturn]] void found_damaged(const char* what) { throw SQLite::Exception(what, SQLITE_CORRUPT); }

}  // namespace

void Query::step_to_row() {
  if (!step()) found_damaged("a row is missing that every database has");
}

std::optional<Timestamp> Query::maybe_time(int column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

std::optional<double> Query::maybe_real(int column) const {
  if (is_null(column)) return std::nullopt;
  return real(column);
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

State Query::state(int column) const {
  const std::optional<State> state = parse_state(text(column));
  if (!state) found_damaged("a state is none that there is");
  return *state;
}

Engagement read_engagement(const Query& row, int first) {
  const auto at = [first](int column) { return first + column; };
  Engagement engagement;
  engagement.key = row.key<EngagementKey>(at(0));
  engagement.target =
      Target{parse_target_kind(row.text(at(1))).value_or(TargetKind::Assessment), row.text(at(2))};
  engagement.round = static_cast<int>(row.integer(at(3)));
  engagement.email = row.text(at(4));
  engagement.name = row.text(at(5));
  engagement.role = row.text(at(6));
  engagement.send_email = row.integer(at(7)) != 0 ? SendEmail::Yes : SendEmail::No;
  engagement.state = row.state(at(8));
  engagement.attempted = row.integer(at(9)) != 0;
  engagement.token = InviteToken(row.text(at(10)));
  engagement.enrollment = EnrollmentId(row.text(at(11)));
  engagement.contacted_at = row.maybe_time(at(12));
  engagement.expires_at = row.maybe_time(at(13));
  engagement.reminded_at = row.maybe_time(at(14));
  engagement.reminders = static_cast<int>(row.integer(at(15)));
  const std::optional<Verdict> verdict = parse_verdict(to_string(engagement.state));
  if (!verdict) return engagement;
  Outcome outcome{.verdict = *verdict};
  outcome.score_percentage = row.maybe_real(at(16));
  if (const auto spent = row.maybe_integer(at(17))) outcome.time_spent = Milliseconds{*spent};
  if (!row.is_null(at(18)) || !row.is_null(at(19))) {
    outcome.violations =
        Violations{static_cast<int>(row.integer(at(18))), static_cast<int>(row.integer(at(19)))};
  }
  outcome.completed_at = row.maybe_time(at(20));
  outcome.report_url = row.text(at(21));
  outcome.cases = row.text(at(22));
  engagement.outcome = std::move(outcome);
  return engagement;
}

}  // namespace praxisync::store
