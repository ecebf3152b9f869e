/// What people ask of the database: backlog, checkpoints, one candidate's history. Reads only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/engagement.h"
#include "store/checkpoints.h"

namespace praxisync::store {

class Database;

struct Backlog {
  int queued = 0;    ///< screenings that wait for their invitation or enrollment
  int waiting = 0;   ///< the candidate's turn
  int to_write = 0;  ///< write-backs not yet landed
  int blocked = 0;
  int unsettled = 0;  ///< calls of which it is not known whether they took effect
};

struct RouteCount {
  RouteName route;
  std::map<State, int> by_state;
};

/// How far the people of a route have come, each counted at every step up to theirs. A further
/// round of invitations begins anew.
struct RouteFunnel {
  RouteName route;
  int in_stage = 0;      ///< screenings: whoever has ever stood in the route's stage
  int in_stage_now = 0;  ///< of them
  int invited = 0;       ///< or enrolled
  int started = 0;
  int completed = 0;
  int passed = 0, failed = 0;  ///< of them
  int written_back = 0;        ///< completed, and every action of the outcome has landed
};

struct StreamCheckpoint {
  std::string stream;
  Checkpoint checkpoint;
};

struct BlockedReason {
  RouteName route;
  std::string reason;
  int screenings = 0;
};

struct RefusedWrite {
  RouteName route;
  std::string kind, value, reason;
  int count = 0;
};

struct HistoryEntry {
  Timestamp at;
  std::optional<RunKey> run;
  std::string from, to, reason;
};

struct WriteBackEntry {
  std::string kind, field, value, state, reason, marker;
  int attempts = 0;
  std::optional<Timestamp> closed_at;
};

/// A screening that waits to be sent.
struct QueuedScreening {
  RouteName route;
  Target target;
  SendEmail send_email = SendEmail::No;
  ConnectorName connector;
  ApplicationId application;
  std::string email, name, job, stage;
  int round = 1;
};

/// One screening with all that is known of it.
struct Story {
  ConnectorName connector;
  ApplicationId application;
  CandidateId candidate;
  std::string email, name, job, stage;
  RouteName route;
  State state = State::Queued;
  std::string reason;
  bool in_stage = true;
  std::optional<Engagement> engagement;
  std::vector<HistoryEntry> history;
  std::vector<WriteBackEntry> write_backs;
};

class View {
 public:
  explicit View(Database& database) : database_(database) {}

  Result<Backlog> backlog();
  Result<std::vector<RouteCount>> by_route();
  /// By the route's name.
  Result<std::vector<RouteFunnel>> funnel();
  /// Another number than before once another connection has committed.
  Result<std::int64_t> version();
  Result<std::vector<StreamCheckpoint>> checkpoints();
  /// Of those who came to be blocked, or that were refused, at `since` or later.
  Result<std::vector<BlockedReason>> blocked(Timestamp since = Timestamp::min());
  Result<std::vector<RefusedWrite>> refused(Timestamp since = Timestamp::min());
  Result<int> set_aside();
  /// Everybody in the queue who is still in their stage, in the order of sending.
  Result<std::vector<QueuedScreening>> queued();
  /// Everybody whose application id, candidate id or address is `who` (ASCII case ignored), 100 at
  /// most.
  Result<std::vector<Story>> explain(const std::string& who);

 private:
  Database& database_;
};

}  // namespace praxisync::store
