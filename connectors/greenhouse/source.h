/// The pull. A sweep lists who is in a routed stage, block by block of at most 50 stages; news
/// lists every application that changed, so that whoever left is seen. Pages come newest first, so
/// a pass counts only when it was read to its end.
#pragma once

#include <set>
#include <string>

#include "connector/pass.h"
#include "connectors/greenhouse/directory.h"

namespace praxisync::greenhouse {

class Source {
 public:
  Source(Api& api, Directory& directory, Clock& clock, connector::PassPolicy policy)
      : api_(api), directory_(directory), clock_(clock), policy_(std::move(policy)) {}

  /// As Connector::pull: one page of applications with their candidates.
  Result<ApplicationPage> pull(const Cursor& after);

 private:
  struct Place;

  Result<ApplicationPage> pull(const connector::Pass& pass);
  Result<ApplicationList> list(const connector::Pass& pass, Place& place);
  Result<void> sort(ApplicationList list, ApplicationPage& page);
  Result<void> add_people(const std::vector<ApplicationRow>& rows, ApplicationPage& page);
  std::vector<std::string> ids_by(InProcess::By by) const;

  Api& api_;
  Directory& directory_;
  Clock& clock_;
  connector::PassPolicy policy_;
  InProcess::By by_ = InProcess::By::Stage;  ///< by job once the other filter was refused
  int restarts_ = 0;                         ///< of the pass under way
};

}  // namespace praxisync::greenhouse
