/// What keeps people from being contacted although they are queued: a route whose stage suddenly
/// lists many more people than it did, and addresses in domains that [safety] does not allow.
///
/// The size of a route is the number of applications in its stage. It is accepted at the end of
/// each complete pull (Applications::accept_page) unless the route has grown too much; a route
/// without an accepted size, on its first pull, cannot have grown. Growth below the factor is
/// accepted, so the size follows a stage up and down.
#pragma once

#include <string_view>
#include <vector>

#include "domain/email_domains.h"
#include "domain/ids.h"
#include "domain/result.h"
#include "store/stamp.h"

namespace praxisync::store {

class Database;

/// Too much is ten times as many, and at least fifty more.
inline constexpr int kGrowthFactor = 10, kGrowthFloor = 50;

inline constexpr std::string_view kDomainNotAllowed =
    "the address's domain is not allowed by [safety]";

struct GrownRoute {
  RouteName route;
  int had = 0, has = 0;  ///< in the stage
  int queued = 0;        ///< persons of it who wait
};

struct Growth {
  std::vector<GrownRoute> routes;
  int persons = 0;  ///< queued, and wanted by no other route
};

struct DomainChanges {
  int blocked = 0, queued_again = 0;  ///< screenings
};

class Safety {
 public:
  explicit Safety(Database& database) : database_(database) {}

  /// Holds the routes that have grown too much, and lets go of those that no longer have: nobody
  /// whom only held routes want is in a queue.
  Result<Growth> hold_grown();
  /// A person has confirmed: the sizes of today are the accepted ones, nothing is held.
  Result<void> accept_growth();
  /// The routes that the last run held.
  Result<std::vector<GrownRoute>> held();

  /// Blocks the queued persons whose domain may not be contacted, and queues again those who were
  /// blocked for it and now may.
  Result<DomainChanges> apply_domains(const EmailDomains& domains, const Stamp& stamp);

 private:
  Database& database_;
};

}  // namespace praxisync::store
