/// One run's connector to an ATS, of the kind that the ATS is: the real one on a wire to the played
/// account, made as the command line makes it, or the plain one.
#pragma once

#include <memory>
#include <vector>

#include "connector/spec.h"
#include "simulation/ats_wire.h"

namespace praxisync::simulation {

/// Of every kind of connector that there is.
const std::vector<connector::ConnectorSpec>& connector_specs();

class AtsConnection {
 public:
  AtsConnection(Ats& ats, Universe& universe, const AtsWatch& watch, std::uint64_t seed);

  connector::Connector& connector() { return *connector_; }
  const connector::Capabilities& capabilities() const { return capabilities_; }

 private:
  void connect(Ats& ats, Universe& universe, std::uint64_t seed);

  std::unique_ptr<AtsWire> wire_;
  std::unique_ptr<connector::Connector> connector_;
  connector::Capabilities capabilities_;
};

}  // namespace praxisync::simulation
