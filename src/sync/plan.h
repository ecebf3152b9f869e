/// What `sync` would do, found out without doing it: on a scratch copy of the database, with calls
/// that read only.
#pragma once

#include "sync/context.h"

namespace praxisync::sync {

struct PlannedContact {
  RouteName route;
  Target target;
  SendEmail send_email = SendEmail::No;
  ConnectorName connector;
  ApplicationId application;
  std::string email, name, job, stage;
  int round = 1;
  std::optional<Timestamp> at{};  ///< about when they are contacted; nullopt: not at these limits
};

struct PlannedWrite {
  ConnectorName connector;
  ApplicationId application;
  RouteName route;
  ActionKind kind = ActionKind::Note;
  std::string value, field;
  Verdict outcome = Verdict::Passed;
  std::string marker;
};

struct Plan {
  RunReport report;  ///< of the reading: its counts, problems and quota
  std::vector<store::Queue> queues;
  std::vector<PlannedContact> contacts;  ///< one an application; persons may have several
  std::vector<PlannedWrite> writes;
  int persons = 0;
  int reads = 0, write_calls = 0;    ///< what sending it all would cost
  std::optional<Timestamp> done_at;  ///< when everybody will have been contacted; nullopt: never
  std::optional<Timestamp> quota_dry_at;  ///< in this month, at its pace so far
  std::optional<http::Allowance> reads_allowed, writes_allowed;  ///< as the ledger has them
  int unsettled = 0;
  bool held = false;  ///< by a safety limit: `sync` would not contact all of them
  std::vector<store::GrownRoute> grown;  ///< the routes that are held for having grown too much
};

/// `parts.store` must be a scratch copy.
Plan make_plan(Parts parts);

}  // namespace praxisync::sync
