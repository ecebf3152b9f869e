/// What `sync` would do, found out without doing it: on a scratch copy of the database, with calls
/// that read only.
#pragma once

#include "sync/context.h"

namespace praxisync::sync {

struct PlannedContact {
  RouteName route;
  Target target;
  ConnectorName connector;
  ApplicationId application;
  std::string email, name, job;
};

struct PlannedWrite {
  ConnectorName connector;
  ApplicationId application;
  RouteName route;
  ActionKind kind = ActionKind::Note;
  std::string value;
};

struct Plan {
  RunReport report;  ///< of the reading: its counts, problems and quota
  std::vector<store::Queue> queues;
  std::vector<PlannedContact> contacts;  ///< one an application; persons may have several
  std::vector<PlannedWrite> writes;
  int persons = 0;
  int reads = 0, write_calls = 0;  ///< what sending it all would cost
  Milliseconds until_done{0};      ///< at the documented limits of an hour, from an empty hour
  int unsettled = 0;
  bool held = false;  ///< by a safety limit: `sync` would not contact all of them
  std::vector<store::GrownRoute> grown;  ///< the routes that are held for having grown too much
};

/// `parts.store` must be a scratch copy.
Plan make_plan(Parts parts);

}  // namespace praxisync::sync
