#include "store/view.h"

#include "domain/email.h"
#include "store/checkpoint_rows.h"
#include "store/rows.h"

namespace praxisync::store {
namespace {

int count(Database& database, const char* sql) {
  Query row(database, sql);
  row.step();
  return static_cast<int>(row.integer(0));
}

std::vector<HistoryEntry> history_of(Database& database, std::int64_t screening) {
  Query rows(
      database,
      "SELECT at, run, from_state, to_state, reason FROM history WHERE screening = ? ORDER BY id");
  rows.with(screening);
  std::vector<HistoryEntry> entries;
  while (rows.step()) {
    HistoryEntry entry{rows.time(0), std::nullopt, rows.text(2), rows.text(3), rows.text(4)};
    if (const auto run = rows.maybe_integer(1)) entry.run = RunKey{*run};
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<WriteBackEntry> write_backs_of(Database& database, std::int64_t screening) {
  Query rows(database,
             "SELECT kind, field, value, state, reason, marker, attempts, closed_at FROM "
             "write_back WHERE screening = ? "
             "ORDER BY id");
  rows.with(screening);
  std::vector<WriteBackEntry> entries;
  while (rows.step()) {
    entries.push_back(WriteBackEntry{rows.text(0), rows.text(1), rows.text(2), rows.text(3),
                                     rows.text(4), rows.text(5), static_cast<int>(rows.integer(6)),
                                     rows.maybe_time(7)});
  }
  return entries;
}

}  // namespace

Result<Backlog> View::backlog() {
  return guarded("count the backlog", [&]() -> Result<Backlog> {
    Backlog backlog;
    Query rows(database_, "SELECT state, count(*) FROM screening GROUP BY state");
    while (rows.step()) {
      const State state = rows.state(0);
      const int screenings = static_cast<int>(rows.integer(1));
      if (state == State::Queued || state == State::Dispatching) backlog.queued += screenings;
      if (is_open(state)) backlog.waiting += screenings;
      if (state == State::Blocked) backlog.blocked += screenings;
    }
    backlog.to_write =
        count(database_, "SELECT count(*) FROM write_back WHERE state IN ('planned', 'sending')");
    backlog.unsettled = count(database_, "SELECT count(*) FROM intent WHERE state = 'open'") +
                        count(database_, "SELECT count(*) FROM write_back WHERE state = 'sending'");
    return backlog;
  });
}

Result<std::vector<RouteCount>> View::by_route() {
  return guarded("count by route", [&]() -> Result<std::vector<RouteCount>> {
    Query rows(database_,
               "SELECT route, state, count(*) FROM screening GROUP BY route, state ORDER BY route");
    std::vector<RouteCount> routes;
    while (rows.step()) {
      if (routes.empty() || routes.back().route.text() != rows.text(0)) {
        routes.push_back(RouteCount{RouteName(rows.text(0)), {}});
      }
      routes.back().by_state[rows.state(1)] = static_cast<int>(rows.integer(2));
    }
    return routes;
  });
}

Result<std::vector<RouteFunnel>> View::funnel() {
  return guarded("count how far people have come", [&]() -> Result<std::vector<RouteFunnel>> {
    // The history is asked only of those whose state does not tell whether they had started.
    Query rows(
        database_,
        "SELECT s.route, count(*), sum(s.in_stage), "
        "count(*) FILTER (WHERE e.contacted_at IS NOT NULL OR e.state IN ('invited', 'enrolled', "
        "'started', 'passed', 'failed', 'expired')), "
        "count(*) FILTER (WHERE e.state IN ('started', 'passed', 'failed') OR (e.state IN "
        "('expired', 'cancelled') AND EXISTS (SELECT 1 FROM history h WHERE h.screening = s.id AND "
        "h.to_state = 'started'))), "
        "count(*) FILTER (WHERE e.state IN ('passed', 'failed')), "
        "count(*) FILTER (WHERE e.state = 'passed'), count(*) FILTER (WHERE e.state = 'failed'), "
        "count(*) FILTER (WHERE e.state IN ('passed', 'failed') AND s.state = 'written_back') "
        "FROM screening s LEFT JOIN engagement e ON e.id = s.engagement GROUP BY s.route ORDER BY "
        "s.route");
    std::vector<RouteFunnel> routes;
    while (rows.step()) {
      const auto number = [&](int column) { return static_cast<int>(rows.integer(column)); };
      routes.push_back({RouteName(rows.text(0)), number(1), number(2), number(3), number(4),
                        number(5), number(6), number(7), number(8)});
    }
    return routes;
  });
}

Result<std::int64_t> View::version() {
  return guarded("look for changes", [&]() -> Result<std::int64_t> {
    Query row(database_, "PRAGMA data_version");
    row.step_to_row();
    return row.integer(0);
  });
}

Result<std::vector<StreamCheckpoint>> View::checkpoints() {
  return guarded("read checkpoints", [&]() -> Result<std::vector<StreamCheckpoint>> {
    std::vector<StreamCheckpoint> all;
    {
      Query rows(database_, "SELECT stream FROM checkpoint ORDER BY stream");
      while (rows.step()) all.push_back(StreamCheckpoint{rows.text(0), {}});
    }
    for (StreamCheckpoint& entry : all) entry.checkpoint = read_checkpoint(database_, entry.stream);
    return all;
  });
}

Result<std::vector<BlockedReason>> View::blocked(Timestamp since) {
  return guarded("read blocked screenings", [&]() -> Result<std::vector<BlockedReason>> {
    Query rows(
        database_,
        "SELECT route, reason, count(*) FROM screening WHERE state = 'blocked' AND changed_at >= "
        "? GROUP BY 1, 2 ORDER BY 1, 2");
    rows.with(since);
    std::vector<BlockedReason> all;
    while (rows.step()) {
      all.push_back(
          BlockedReason{RouteName(rows.text(0)), rows.text(1), static_cast<int>(rows.integer(2))});
    }
    return all;
  });
}

Result<std::vector<RefusedWrite>> View::refused(Timestamp since) {
  return guarded("read refused write-backs", [&]() -> Result<std::vector<RefusedWrite>> {
    Query rows(
        database_,
        "SELECT s.route, w.kind, w.value, w.reason, count(*) FROM write_back w JOIN "
        "screening s ON s.id = "
        "w.screening WHERE w.state = 'refused' AND coalesce(w.closed_at, w.planned_at) >= ? GROUP "
        "BY 1, 2, 4 ORDER BY 1, 2, 4");
    rows.with(since);
    std::vector<RefusedWrite> all;
    while (rows.step()) {
      all.push_back(RefusedWrite{RouteName(rows.text(0)), rows.text(1), rows.text(2), rows.text(3),
                                 static_cast<int>(rows.integer(4))});
    }
    return all;
  });
}

Result<int> View::set_aside() {
  return guarded("count records set aside", [&]() -> Result<int> {
    return count(database_, "SELECT count(*) FROM set_aside");
  });
}

Result<std::vector<QueuedScreening>> View::queued() {
  return guarded("read the queue", [&]() -> Result<std::vector<QueuedScreening>> {
    Query rows(database_,
               "SELECT s.route, e.target_kind, e.target, a.connector, a.external_id, e.email, "
               "a.name, a.job, a.stage, e.round, e.send_email FROM screening s "
               "JOIN engagement e ON e.id = s.engagement JOIN application a ON a.id = "
               "s.application WHERE s.state = "
               "'queued' AND s.in_stage = 1 AND e.state = 'queued' ORDER BY e.target_kind, "
               "e.target, e.send_email, e.round > 1, e.id, s.id");
    std::vector<QueuedScreening> all;
    while (rows.step()) {
      all.push_back(QueuedScreening{
          RouteName(rows.text(0)),
          {parse_target_kind(rows.text(1)).value_or(TargetKind::Assessment), rows.text(2)},
          rows.integer(10) != 0 ? SendEmail::Yes : SendEmail::No,
          ConnectorName(rows.text(3)),
          ApplicationId(rows.text(4)),
          rows.text(5),
          rows.text(6),
          rows.text(7),
          rows.text(8),
          static_cast<int>(rows.integer(9))});
    }
    return all;
  });
}

Result<std::vector<Story>> View::explain(const std::string& who) {
  return guarded("explain", [&]() -> Result<std::vector<Story>> {
    std::vector<Story> stories;
    std::vector<std::int64_t> screenings;
    {
      Query rows(database_,
                 "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
                 ", s.id, a.connector, a.external_id, a.candidate_id, a.email, a.name, a.job, "
                 "a.stage, s.route, "
                 "s.state, s.reason, s.in_stage FROM screening s JOIN application a ON a.id = "
                 "s.application LEFT "
                 "JOIN engagement e ON e.id = s.engagement WHERE a.external_id = ?1 OR "
                 "a.candidate_id = ?1 OR "
                 "lower(trim(a.email)) = ?2 OR e.email_key = ?2 ORDER BY s.id LIMIT 100");
      rows.with(who, email_key(who));
      while (rows.step()) {
        const int own = kEngagementColumns;
        Story story;
        screenings.push_back(rows.integer(own));
        story.connector = ConnectorName(rows.text(own + 1));
        story.application = ApplicationId(rows.text(own + 2));
        story.candidate = CandidateId(rows.text(own + 3));
        story.email = rows.text(own + 4);
        story.name = rows.text(own + 5);
        story.job = rows.text(own + 6);
        story.stage = rows.text(own + 7);
        story.route = RouteName(rows.text(own + 8));
        story.state = rows.state(own + 9);
        story.reason = rows.text(own + 10);
        story.in_stage = rows.integer(own + 11) != 0;
        if (!rows.is_null(0)) story.engagement = read_engagement(rows);
        stories.push_back(std::move(story));
      }
    }
    for (std::size_t i = 0; i < stories.size(); ++i) {
      stories[i].history = history_of(database_, screenings[i]);
      stories[i].write_backs = write_backs_of(database_, screenings[i]);
    }
    return stories;
  });
}

}  // namespace praxisync::store
