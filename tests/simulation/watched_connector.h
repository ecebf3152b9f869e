/// A connector as the books see it: each read to the end and each write is told to them first.
#pragma once

#include "connector/connector.h"
#include "simulation/safety.h"

namespace praxisync::simulation {

class WatchedConnector final : public connector::Connector {
 public:
  /// Borrows all of them; `writes` counts.
  WatchedConnector(connector::Connector& next, Ats& ats, Safety& safety, store::Store& durable,
                   int& writes);

  Result<ApplicationPage> pull(const Cursor& after) override;
  Result<Written> write(const WriteBack& action) override;
  Result<bool> landed(const WriteBack& action) override { return next_.landed(action); }
  Result<connector::Openings> openings() override { return next_.openings(); }
  std::vector<connector::Finding> check(std::span<const PolicyAction> planned) override {
    return next_.check(planned);
  }

 private:
  connector::Connector& next_;
  Ats& ats_;
  Safety& safety_;
  store::Store& durable_;
  int& writes_;
  bool begun_here_ = false;
  /// What Greenhouse and Ashby tell as news leaves out who was deleted, and new addresses.
  const bool tells_everything_ = ats_.kind == AtsKind::Plain || ats_.kind == AtsKind::Lever;
};

}  // namespace praxisync::simulation
