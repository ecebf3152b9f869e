/// Who is in a routed stage, page by page. Where the pull stands is in the cursor alone, so that a
/// new process goes on with the next page.
///
/// A sweep lists whoever is in one of the routed stages now. News lists whoever changed, wherever
/// they are now, so that those who left are seen where they went; and whoever was deleted.
#pragma once

#include <string>
#include <vector>

#include "connector/pass.h"
#include "connectors/lever/directory.h"

namespace praxisync::lever {

class Source {
 public:
  Source(Api& api, Directory& directory, const connector::World& world,
         connector::PassPolicy policy);

  Result<ApplicationPage> pull(const Cursor& after);

 private:
  Result<OpportunityFilter> filter_of(const connector::Pass& pass);
  Result<OpportunityFilter> routed_filter();
  Result<ApplicationPage> page_of(const connector::Pass& pass, const OpportunityPage& listed);
  Result<void> add(const std::vector<Opportunity>& rows, ApplicationPage& page);
  Result<void> add_moved_meanwhile(const connector::Pass& pass, ApplicationPage& page);
  Result<void> add_deleted(const connector::Pass& pass, Timestamp now, ApplicationPage& page);
  Result<Application> application_of(const Opportunity& row);

  Api& api_;
  Directory& directory_;
  Clock& clock_;
  std::vector<StageFilter> routed_;
  connector::PassPolicy policy_;
  bool sees_deleted_ = true;  ///< whether the key may list who was deleted, as far as is known
};

}  // namespace praxisync::lever
