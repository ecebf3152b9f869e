#include "simulation/ats_connection.h"

#include <algorithm>

#include "connectors/all.h"
#include "sandbox/ats/peers.h"
#include "simulation/plain_ats.h"

namespace praxisync::simulation {
namespace {

const connector::ConnectorSpec& spec_of(std::string_view type) {
  const auto found = std::ranges::find(connector_specs(), type, &connector::ConnectorSpec::type);
  PRAXISYNC_CHECK(found != connector_specs().end(), "whatever is played has a connector");
  return *found;
}

}  // namespace

const std::vector<connector::ConnectorSpec>& connector_specs() {
  static const std::vector<connector::ConnectorSpec> specs = all_connectors();
  return specs;
}

AtsConnection::AtsConnection(Ats& ats, Universe& universe, const AtsWatch& watch,
                             std::uint64_t seed) {
  if (ats.kind == AtsKind::Plain) {
    connector_ = std::make_unique<PlainConnector>(ats, universe, watch);
    capabilities_ = plain_capabilities();
    return;
  }
  wire_ = std::make_unique<AtsWire>(ats, universe, watch);
  connect(ats, universe, seed);
}

void AtsConnection::connect(Ats& ats, Universe& universe, std::uint64_t seed) {
  const connector::ConnectorSpec& spec = spec_of(type_of(ats.kind));
  connector::Settings settings{ConnectorName(ats.name)};
  for (const auto& credential : sandbox::ats::find_played(spec.type)->credentials)
    settings.set_secret(credential.setting, ApiKey(credential.value));
  settings.set("page_size", std::to_string(std::max(1, universe.schedule().knob("ats_page"))));
  if (universe.schedule().knob("incremental") == 0) settings.set("full_sweep", "1m");
  connector::World world{.transport = *wire_, .clock = universe.host_clock, .seed = seed};
  for (const Route& route : universe.routes) {
    if (route.connector.text() == ats.name) world.routed.push_back(route.filter());
  }
  auto made = spec.make(settings, std::move(world));
  PRAXISYNC_CHECK(made.has_value(), "the settings are as the connector wants them");
  connector_ = std::move(*made);
  capabilities_ = spec.capabilities;
}

}  // namespace praxisync::simulation
