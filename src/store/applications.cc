#include "store/applications.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "store/checkpoint_rows.h"
#include "store/route_sizes.h"
#include "store/rows.h"
#include "store/screenings.h"

namespace praxisync::store {
namespace {

/// One page being accepted, inside its transaction.
class Page {
 public:
  Page(Database& database, const ConnectorName& connector, std::int64_t sweep, const Stamp& stamp)
      : database_(database), connector_(connector), sweep_(sweep), stamp_(stamp) {}

  void accept(const Arrival& arrival);
  void depart(const Departure& departure);
  void set_aside(const SetAside& record);
  /// Those that the sweep did not show have left; but a route that lists nobody at all is held.
  void conclude_departures(const std::vector<std::string>& swept_stages);
  void forget_mended();
  void accept_sizes();

  const PageCounts& counts() const { return counts_; }

 private:
  struct Known {
    ScreeningKey key{};
    RouteName route;
    State state = State::Queued;
    bool in_stage = false;
    std::optional<EngagementKey> engagement{};
    std::string email_key{};        ///< of its engagement
    State reached = State::Queued;  ///< by its engagement
    bool attempted = false;         ///< its engagement may have been contacted
    int round = 1;
  };

  std::optional<std::int64_t> find(const ApplicationId& application);
  std::int64_t upsert(const Application& application, std::optional<std::int64_t> known);
  std::vector<Known> screenings_of(std::int64_t application);
  void open(std::int64_t application, const Application& person, const Candidacy& candidacy);
  void revisit(const Known& screening, const Application& person, const Candidacy& candidacy);
  struct Standing {
    std::string stage, job_id, stage_id;
  };
  Standing standing_of(std::int64_t application);
  void renamed(const RouteName& route, const std::string& now, bool known);
  void leave(const Known& screening);
  void block(const Known& screening, std::string_view reason);
  void queue_again(const Known& screening, const Application& person, const Candidacy& candidacy,
                   int round, std::string_view reason);
  struct Engaged {
    EngagementKey key{};
    State state = State::Queued;
    int round = 1;
    std::string reason{};
  };
  Engaged engage(const Email& email, const Application& person, const Candidacy& candidacy,
                 int round);
  void catch_up(ScreeningKey key, const Engaged& engaged);

  Database& database_;
  const ConnectorName& connector_;
  std::int64_t sweep_;
  const Stamp& stamp_;
  PageCounts counts_;
};

/// Where the person may be contacted, or why not.
Result<Email> contactable(const Application& person) {
  if (!person.hold.empty()) return Error{ErrorKind::Rejected, person.hold};
  return Email::parse(person.email);
}

std::optional<std::int64_t> Page::find(const ApplicationId& application) {
  Query row(database_, "SELECT id FROM application WHERE connector = ? AND external_id = ?");
  row.with(connector_, application);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

std::int64_t Page::upsert(const Application& application, std::optional<std::int64_t> known) {
  if (known) {
    Query(database_,
          "UPDATE application SET candidate_id = ?, email = ?, name = ?, job = ?, stage = ?, "
          "job_id = ?, stage_id = ?, updated_at = ?, "
          "seen_at = ?, seen_sweep = ? WHERE id = ?")
        .with(application.candidate, application.email, application.name, application.job,
              application.stage, application.job_id, application.stage_id, application.updated_at,
              stamp_.at, sweep_, *known)
        .run();
    return *known;
  }
  Query(database_,
        "INSERT INTO application (connector, external_id, candidate_id, email, name, job, stage, "
        "job_id, stage_id, updated_at, seen_at, seen_sweep) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?)")
      .with(connector_, application.id, application.candidate, application.email, application.name,
            application.job, application.stage, application.job_id, application.stage_id,
            application.updated_at, stamp_.at, sweep_)
      .run();
  return database_.last_row();
}

std::vector<Page::Known> Page::screenings_of(std::int64_t application) {
  Query rows(database_,
             "SELECT s.id, s.route, s.state, s.in_stage, s.engagement, s.round, "
             "coalesce(e.state, 'queued'), coalesce(e.attempted, 0), coalesce(e.email_key, '') "
             "FROM screening s "
             "LEFT JOIN engagement e ON e.id = s.engagement WHERE s.application = ?");
  rows.with(application);
  std::vector<Known> all;
  while (rows.step()) {
    Known known{rows.key<ScreeningKey>(0),
                RouteName(rows.text(1)),
                rows.state(2),
                rows.integer(3) != 0,
                std::nullopt,
                rows.text(8),
                rows.state(6),
                rows.integer(7) != 0,
                static_cast<int>(rows.integer(5))};
    if (const auto engagement = rows.maybe_integer(4))
      known.engagement = EngagementKey{*engagement};
    all.push_back(std::move(known));
  }
  return all;
}

/// The newest engagement of that person and target, or a new one where there is none, where it was
/// cancelled, or where it ran out and another round is due.
Page::Engaged Page::engage(const Email& email, const Application& person,
                           const Candidacy& candidacy, int round) {
  const auto kind = to_string(candidacy.target.kind);
  {
    Query row(database_,
              "SELECT id, state, round, reason FROM engagement WHERE target_kind = ? AND target = "
              "? AND email_key = ? ORDER BY round DESC LIMIT 1");
    row.with(kind, candidacy.target.slug, email.key());
    if (row.step()) {
      const int newest_round = static_cast<int>(row.integer(2));
      const Engaged newest{row.key<EngagementKey>(0), row.state(1), std::max(newest_round, round),
                           row.text(3)};
      const bool due = newest_round < round && newest.state == State::Expired;
      if (newest.state != State::Cancelled && !due) return newest;
      round = std::max(round, newest_round + 1);
    }
  }
  Query(database_,
        "INSERT INTO engagement (target_kind, target, email_key, round, email, name, role, "
        "send_email, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued')")
      .with(kind, candidacy.target.slug, email.key(), round, email.spelling(), person.name,
            candidacy.role, candidacy.send_email)
      .run();
  return {EngagementKey{database_.last_row()}, State::Queued, round, {}};
}

/// A queued screening whose person already has an engagement stands where that stands.
void Page::catch_up(ScreeningKey key, const Engaged& engaged) {
  if (engaged.state == State::Queued || !may_step(State::Queued, engaged.state)) return;
  const bool blocked = engaged.state == State::Blocked;
  step_screening(database_, key, State::Queued, engaged.state,
                 blocked ? engaged.reason : "this person already has one", stamp_);
}

void Page::open(std::int64_t application, const Application& person, const Candidacy& candidacy) {
  const Result<Email> email = contactable(person);
  std::optional<EngagementKey> engagement;
  Engaged engaged;
  if (email) {
    engaged = engage(*email, person, candidacy, 1);
    engagement = engaged.key;
  }
  const State first = email ? State::Queued : State::Blocked;
  const std::string reason = email ? "" : email.error().what;
  Query(database_,
        "INSERT INTO screening (application, route, engagement, round, state, reason, in_stage, "
        "changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, 1, ?)")
      .with(application, candidacy.route, engagement, engaged.round, first, reason, stamp_.at)
      .run();
  const ScreeningKey key{database_.last_row()};
  record_first_state(database_, key, first, reason, stamp_);
  ++(email && engaged.state != State::Blocked ? counts_.queued : counts_.blocked);
  if (email) catch_up(key, engaged);
}

/// Without an engagement: a better address mends it.
void Page::block(const Known& screening, std::string_view reason) {
  if (screening.state == State::Blocked) return;
  step_screening(database_, screening.key, screening.state, State::Blocked, reason, stamp_);
  Query(database_, "UPDATE screening SET engagement = NULL WHERE id = ?").with(screening.key).run();
  ++counts_.blocked;
}

void Page::queue_again(const Known& screening, const Application& person,
                       const Candidacy& candidacy, int round, std::string_view reason) {
  const Result<Email> email = contactable(person);
  if (!email) return block(screening, email.error().what);
  const Engaged engaged = engage(*email, person, candidacy, round);
  Query(database_, "UPDATE screening SET engagement = ?, round = ? WHERE id = ?")
      .with(engaged.key, engaged.round, screening.key)
      .run();
  const bool blocked = engaged.state == State::Blocked;
  if (screening.state != State::Queued) {
    step_screening(database_, screening.key, screening.state, State::Queued, reason, stamp_);
    counts_.queued += blocked ? 0 : 1;
  }
  counts_.blocked += blocked ? 1 : 0;
  catch_up(screening.key, engaged);
}

void Page::revisit(const Known& screening, const Application& person, const Candidacy& candidacy) {
  if (!screening.in_stage) {
    Query(database_, "UPDATE screening SET in_stage = 1 WHERE id = ?").with(screening.key).run();
  }
  switch (screening.state) {
    case State::Blocked:
      // Blocked for its address before anything was sent: a better one mends it.
      if (!screening.engagement ||
          (!screening.attempted && screening.email_key != email_key(person.email)))
        queue_again(screening, person, candidacy, screening.round, "the address was mended");
      return;
    case State::Withdrawn:
    case State::Cancelled:
    case State::WrittenBack: {
      // Whose turn was over before it began, or was cancelled for having left, is wanted again;
      // whose outcome is written back is done.
      const bool over = screening.state != State::Withdrawn &&
                        (screening.reached == State::Passed || screening.reached == State::Failed ||
                         screening.reached == State::Expired);
      if (!screening.in_stage && !over) {
        queue_again(screening, person, candidacy, screening.round, "came back to the stage");
      }
      return;
    }
    case State::Queued: {
      // Once a call may have been made, the person is bound to the address that it named.
      if (screening.attempted) return;
      // Nothing was sent yet: the address and the name of today count.
      queue_again(screening, person, candidacy, screening.round, "");
      const Result<Email> email = contactable(person);
      if (!email) return;
      Query(database_,
            "UPDATE engagement SET email = ?, name = ?, role = ?, send_email = ? WHERE state = "
            "'queued' AND "
            "target_kind = ? AND target = ? AND email_key = ? AND round = ?")
          .with(email->spelling(), person.name, candidacy.role, candidacy.send_email,
                to_string(candidacy.target.kind), candidacy.target.slug, email->key(),
                screening.round)
          .run();
      return;
    }
    default:
      return;  // already contacted: an address that changed later is not contacted again
  }
}

void Page::leave(const Known& screening) {
  if (!screening.in_stage) return;
  Query(database_, "UPDATE screening SET in_stage = 0 WHERE id = ?").with(screening.key).run();
  if (screening.state == State::Queued || screening.state == State::Blocked) {
    step_screening(database_, screening.key, screening.state, State::Withdrawn, "left the stage",
                   stamp_);
    ++counts_.withdrawn;
  }
}

void Page::accept(const Arrival& arrival) {
  const Application& person = *arrival.application;
  const std::optional<std::int64_t> known = find(person.id);
  if (!known && arrival.candidacies.empty()) return;
  const std::int64_t application = upsert(person, known);
  const std::vector<Known> screenings = known ? screenings_of(application) : std::vector<Known>{};
  for (const Candidacy& candidacy : arrival.candidacies) {
    const auto found = std::ranges::find(screenings, candidacy.route, &Known::route);
    if (found == screenings.end()) {
      open(application, person, candidacy);
    } else {
      revisit(*found, person, candidacy);
    }
  }
  for (const Known& screening : screenings) {
    const bool still = std::ranges::find(arrival.candidacies, screening.route, &Candidacy::route) !=
                       arrival.candidacies.end();
    if (!still) leave(screening);
  }
}

void Page::depart(const Departure& departure) {
  const std::optional<std::int64_t> known = find(departure.id);
  if (!known) return;
  const Standing before = standing_of(*known);
  const bool stays = !departure.stage_id.empty() && departure.stage_id == before.stage_id &&
                     departure.job_id == before.job_id;
  Query(database_,
        "UPDATE application SET stage = coalesce(nullif(?, ''), stage), job_id = ?, stage_id = ?, "
        "seen_at = ?, seen_sweep = ? WHERE id = ?")
      .with(departure.stage, departure.job_id, departure.stage_id, stamp_.at, sweep_, *known)
      .run();
  for (const Known& screening : screenings_of(*known)) {
    if (!stays) {
      leave(screening);
    } else if (screening.in_stage) {
      renamed(screening.route, departure.stage, before.stage == departure.stage);
    }
  }
}

Page::Standing Page::standing_of(std::int64_t application) {
  Query row(database_, "SELECT stage, job_id, stage_id FROM application WHERE id = ?");
  row.with(application);
  PRAXISYNC_CHECK(row.step(), "it was found just now");
  return {row.text(0), row.text(1), row.text(2)};
}

void Page::renamed(const RouteName& route, const std::string& now, bool known) {
  const auto found = std::ranges::find(counts_.renamed, route, &RenamedStage::route);
  RenamedStage& stage = found != counts_.renamed.end()
                            ? *found
                            : counts_.renamed.emplace_back(RenamedStage{route, now, 0, true});
  ++stage.people;
  stage.reported = stage.reported && known;
}

void Page::set_aside(const SetAside& record) {
  const int changed =
      Query(
          database_,
          "INSERT INTO set_aside VALUES (?, ?, ?, ?, ?) ON CONFLICT (connector, record) DO NOTHING")
          .with(connector_, record.record, record.reason, sweep_, stamp_.at)
          .run();
  counts_.set_aside += changed;
  if (changed == 0) {
    Query(database_,
          "UPDATE set_aside SET reason = ?, sweep = ? WHERE connector = ? AND record = ?")
        .with(record.reason, sweep_, connector_, record.record)
        .run();
  }
}

void Page::conclude_departures(const std::vector<std::string>& swept_stages) {
  std::map<std::string, std::pair<int, std::vector<Known>>> by_route;  // seen, missing
  {
    Query rows(database_,
               "SELECT s.id, s.route, s.state, a.seen_sweep, a.stage_id FROM screening s JOIN "
               "application a ON "
               "a.id = s.application "
               "WHERE a.connector = ? AND s.in_stage = 1");
    rows.with(connector_);
    while (rows.step()) {
      auto& [seen, missing] = by_route[rows.text(1)];
      const std::string stage_id = rows.text(4);
      const bool listed = stage_id.empty() || swept_stages.empty() ||
                          std::ranges::find(swept_stages, stage_id) != swept_stages.end();
      if (rows.integer(3) >= sweep_) {
        ++seen;
      } else if (!listed) {
        renamed(RouteName(rows.text(1)), "", false);
      } else {
        missing.push_back(
            Known{rows.key<ScreeningKey>(0), RouteName(rows.text(1)), rows.state(2), true});
      }
    }
  }
  for (const auto& [route, people] : by_route) {
    const auto& [seen, missing] = people;
    const bool nobody = seen == 0 && !missing.empty();
    const int changed =
        Query(database_,
              "INSERT INTO route_size (route, connector, empty) VALUES (?1, ?2, ?3) ON CONFLICT "
              "(route) DO UPDATE SET empty = ?3 WHERE empty <> ?3")
            .with(route, connector_, nobody ? 1 : 0)
            .run();
    if (nobody) {
      counts_.held.push_back(
          HeldRoute{RouteName(route), static_cast<int>(missing.size()), changed == 0});
      continue;
    }
    for (const Known& screening : missing) leave(screening);
  }
}

/// What this sweep did not meet again was mended or is gone.
void Page::forget_mended() {
  Query(database_, "DELETE FROM set_aside WHERE connector = ? AND sweep < ?")
      .with(connector_, sweep_)
      .run();
}

void Page::accept_sizes() {
  for (const RouteSize& size : route_sizes(database_)) {
    if (size.connector == connector_.text() && !grown_too_much(size)) accept_size(database_, size);
  }
}

}  // namespace

Result<PageCounts> Applications::accept_page(const ConnectorName& connector,
                                             const ApplicationPage& page,
                                             const std::vector<Arrival>& arrivals,
                                             const std::string& fingerprint, const Stamp& stamp) {
  return database_.transaction("accept page", [&]() -> Result<PageCounts> {
    const std::string stream = pull_stream(connector);
    Checkpoint checkpoint = read_checkpoint(database_, stream);
    if (page.sweep == Sweep::Starts || page.sweep == Sweep::Whole) {
      ++checkpoint.sweep;
      checkpoint.sweep_flaws = 0;
    }
    Page accepted(database_, connector, checkpoint.sweep, stamp);
    for (const Arrival& arrival : arrivals) accepted.accept(arrival);
    for (const Departure& departure : page.left) accepted.depart(departure);
    for (const SetAside& record : page.set_aside) accepted.set_aside(record);
    checkpoint.sweep_flaws += static_cast<int>(page.set_aside.size());
    if (page.sweep == Sweep::Ends || page.sweep == Sweep::Whole) {
      // A record that could not be read may be anybody's: then nobody's absence is proved.
      if (checkpoint.sweep_flaws == 0) accepted.conclude_departures(page.swept_stages);
      accepted.forget_mended();
      checkpoint.full_at = stamp.at;
    }
    if (!page.more) accepted.accept_sizes();
    checkpoint.cursor = page.next;
    checkpoint.fingerprint = fingerprint;
    write_checkpoint(database_, stream, checkpoint, stamp.at);
    return accepted.counts();
  });
}

Result<std::set<ConnectorName>> Applications::queued_connectors() {
  return guarded("read whose people are queued", [&]() -> Result<std::set<ConnectorName>> {
    Query rows(database_,
               "SELECT DISTINCT a.connector FROM screening s JOIN application a ON a.id = "
               "s.application WHERE s.state = 'queued' AND s.in_stage = 1");
    std::set<ConnectorName> connectors;
    while (rows.step()) connectors.insert(ConnectorName(rows.text(0)));
    return connectors;
  });
}

}  // namespace praxisync::store
