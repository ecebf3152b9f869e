/// Pull's half of the database: applications, and the screenings that the routes make of them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "domain/application.h"
#include "domain/email.h"
#include "domain/route.h"
#include "store/stamp.h"

namespace praxisync::store {

class Database;

/// What a route makes of an application that it takes.
struct Candidacy {
  RouteName route;
  Target target;
  SendEmail send_email = SendEmail::No;
  std::string role;
};

/// An application as it was pulled, with the routes that take it. None: it is remembered only if it
/// was known before.
struct Arrival {
  const Application* application = nullptr;
  std::vector<Candidacy> candidacies;
};

/// A route whose stage lists nobody any more, where it listed `missing`: taken for a fault of the
/// source, so nobody is concluded to have left.
struct HeldRoute {
  RouteName route;
  int missing = 0;
  bool reported = false;  ///< an earlier run has said so
};

/// A route whose people stand in a stage that no longer has the name or id which the route gives.
struct RenamedStage {
  RouteName route;
  std::string now{};  ///< its name of today, where it is known
  int people = 0;
  bool reported = false;  ///< an earlier run has said so
};

struct PageCounts {
  int queued = 0;
  int blocked = 0;    ///< for the first time
  int withdrawn = 0;  ///< left the stage before anything was sent
  int set_aside = 0;  ///< for the first time
  std::vector<HeldRoute> held;
  std::vector<RenamedStage> renamed;
};

class Applications {
 public:
  explicit Applications(Database& database) : database_(database) {}

  /// One page, one transaction: the applications, the screenings that the routes make of them, and
  /// the cursor that passes them. With the last page of a flawless sweep, those not seen in it have
  /// left, but for those whose stage was not listed; with the last page of any pull, the sizes of
  /// its routes are accepted that have not grown too much (see safety.h). The same page a second
  /// time changes nothing.
  Result<PageCounts> accept_page(const ConnectorName& connector, const ApplicationPage& page,
                                 const std::vector<Arrival>& arrivals,
                                 const std::string& fingerprint, const Stamp& stamp);

  /// Those of whose people somebody waits to be sent to.
  Result<std::set<ConnectorName>> queued_connectors();

 private:
  Database& database_;
};

}  // namespace praxisync::store
