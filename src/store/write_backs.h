/// The outbox towards the ATSs: one row an action, planned when an outcome is known, sent with its
/// intent stored, looked for before it is sent again.
#pragma once

#include <string>
#include <vector>

#include "domain/engagement.h"
#include "domain/result.h"
#include "domain/write_back.h"
#include "store/intents.h"
#include "store/stamp.h"

namespace praxisync::store {

class Database;

/// A screening with an outcome of which nothing was planned yet.
struct Finished {
  ScreeningKey key{};
  RouteName route;
  int round = 1;
  bool in_stage = true;
  ApplicationId application;
  std::string job, stage, stage_id{};
  Outcome outcome;
};

struct PlannedAction {
  ActionKind kind = ActionKind::Note;
  std::string field, value, marker;
};

enum class WriteState {
  Planned,
  Sending,  ///< stored as sent; whether it landed is not known
};

struct PendingWrite {
  WriteBackKey key{};
  ScreeningKey screening{};
  WriteState state = WriteState::Planned;
  int attempts = 0;
  Timestamp settle_after{};  ///< with Sending: before it, absence proves nothing
  /// Before: the invitation was there already, perhaps by a database of ours that was lost, and so
  /// may be what is written back.
  Origin origin = Origin::Ours;
  bool in_stage = true;  ///< the candidate still stands in the route's stage
  WriteBack action;
};

/// A follow-up round: the expired screening goes to the queue again.
enum class Reinvite { No, Yes };

class WriteBacks {
 public:
  explicit WriteBacks(Database& database) : database_(database) {}

  /// Screenings of that connector whose outcome has no plan yet, and those with refused actions.
  Result<std::vector<Finished>> unplanned(const ConnectorName& connector, ScreeningKey after,
                                          int limit);
  /// Stores the plan. Without actions the screening is written back at once. An action that was
  /// refused is planned again only when its value has changed. With Reinvite the screening is
  /// queued for its next round, and what was planned for this one goes out all the same.
  Result<void> plan(const Finished& screening, const std::vector<PlannedAction>& actions,
                    Reinvite reinvite, const Stamp& stamp);

  /// The next actions of a connector, each screening's in their order; in a narrowed store the
  /// chosen ones.
  Result<std::vector<PendingWrite>> pending(const ConnectorName& connector, WriteBackKey after,
                                            int limit);
  Result<int> count_pending(const ConnectorName& connector);
  Result<void> mark_sending(WriteBackKey key, Timestamp settle_after, const Stamp& stamp);
  /// Nobody knows whether it took effect; before `settle_after` absence proves nothing.
  Result<void> answer_lost(WriteBackKey key, Timestamp settle_after);
  /// It is done, or a person's hand came first.
  Result<void> applied(const PendingWrite& write, const Written& written, const Stamp& stamp);
  Result<void> refused(const PendingWrite& write, std::string_view reason, const Stamp& stamp);
  /// It certainly did not land: it goes again in a later run.
  Result<void> not_landed(const PendingWrite& write, std::string_view reason, const Stamp& stamp);

 private:
  Result<void> close(const PendingWrite& write, std::string_view state, std::string_view reason,
                     const Stamp& stamp);

  Database& database_;
};

}  // namespace praxisync::store
