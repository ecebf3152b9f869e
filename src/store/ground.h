/// What a planned action stands on as the database has it now, and the narrowing of a run to chosen
/// actions. What stands and what does not is for the engine to say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/engagement.h"
#include "domain/result.h"
#include "store/identity.h"

namespace praxisync::store {

class Database;

/// One application under one route, and the invitation or enrollment that it shares.
struct ContactGround {
  EngagementKey engagement{};  ///< 0 with a screening that has none: it is blocked for its address
  Target target;
  int round = 1;
  std::string email;                       ///< as it would be sent
  std::string stage;                       ///< of the application
  State state = State::Queued;             ///< of the screening
  State engagement_state = State::Queued;  ///< whether the person was contacted
  bool in_stage = true;
  std::string reason;
};

struct WriteGround {
  WriteBackKey key{};
  std::string value;
  std::string state;  ///< planned, sending, applied or refused
  std::string reason;
};

class Ground {
 public:
  explicit Ground(Database& database) : database_(database) {}

  Result<Identity> identity();
  /// nullopt: the database does not know that application, or not under that route.
  Result<std::optional<ContactGround>> contact(const ConnectorName& connector,
                                               const ApplicationId& application,
                                               const RouteName& route);
  /// nullopt: no such write-back was planned.
  Result<std::optional<WriteGround>> write(const std::string& marker);
  /// From here on, and for as long as the store is open, the queues and the pending write-backs
  /// hold only these. Nothing else changes, and nothing of it is kept.
  Result<void> narrow_to(const std::vector<EngagementKey>& contacts,
                         const std::vector<WriteBackKey>& writes);

 private:
  Database& database_;
};

}  // namespace praxisync::store
