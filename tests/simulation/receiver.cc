#include "simulation/receiver.h"

#include <algorithm>

#include "domain/check.h"
#include "simulation/ats_connection.h"
#include "simulation/ats_events.h"

namespace praxisync::simulation {
namespace {

config::Config config_of(const Universe& universe) {
  config::Config config;
  config.serve.webhook_secrets = {ApiKey(kAssessHookSecret)};
  for (const auto& ats : universe.atss) {
    connector::Settings settings{ConnectorName(ats->name)};
    settings.set_secrets(connector::kWebhookSecrets, {ApiKey(hook_secret_of(*ats))});
    config.connectors.push_back({.name = ConnectorName(ats->name),
                                 .type = std::string(type_of(ats->kind)),
                                 .settings = std::move(settings),
                                 .where = {}});
  }
  return config;
}

}  // namespace

Receiver::Receiver(const Universe& universe)
    : universe_(universe), sources_(serve::hook_sources(config_of(universe), connector_specs())) {}

Result<http::Response> Receiver::send(const http::Request& request) {
  const std::string_view name =
      std::string_view(request.url).substr(std::string_view(kHooks).size());
  const auto source = std::ranges::find(sources_, name, &serve::HookSource::name);
  PRAXISYNC_CHECK(source != sources_.end(), "whoever delivers is known by name");
  const auto event =
      source->read({request.headers, request.body}, source->secrets, universe_.host_clock.now());
  if (!event) return http::Response{401, {}, ""};
  waiting_.insert({source->name, event->part});
  has_news_ = true;
  return http::Response{200, {}, ""};
}

serve::Taken Receiver::take() {
  has_news_ = false;
  return {.places = {waiting_.begin(), waiting_.end()}, .upto = 1};
}

void Receiver::done(const serve::Taken& taken) {
  for (const serve::Place& place : taken.places) waiting_.erase(place);
}

}  // namespace praxisync::simulation
