#include "connectors/ashby/ashby.h"

#include <utility>

#include "connector/http_settings.h"
#include "connectors/ashby/checks.h"
#include "connectors/ashby/source.h"
#include "connectors/ashby/webhook.h"
#include "connectors/ashby/writer.h"

namespace praxisync::ashby {
namespace {

using connector::HttpDefaults;
using connector::HttpSettings;
using connector::Need;
using connector::Settings;
using connector::SettingType;

HttpDefaults defaults() {
  return {.base_url = "https://api.ashbyhq.com", .page_size = 100, .largest_page = 100};
}

class Ashby final : public connector::Connector {
 public:
  Ashby(const HttpSettings& settings, const ApiKey& key, const connector::World& world)
      : api_(world, settings.origin, key, settings.page_size),
        directory_(api_),
        source_(api_, world.clock, {.full_sweep = settings.full_sweep, .account = settings.account},
                world.routed),
        writer_(api_, directory_) {}

  Result<ApplicationPage> pull(const Cursor& after) override { return source_.pull(after); }
  Result<Written> write(const WriteBack& action) override { return writer_.write(action); }
  Result<bool> landed(const WriteBack& action) override { return writer_.landed(action); }
  Result<connector::Openings> openings() override { return ashby::openings(api_, directory_); }
  std::vector<connector::Finding> check(std::span<const PolicyAction> planned) override {
    return ashby::check(api_, directory_, planned);
  }

 private:
  Api api_;
  Directory directory_;
  Source source_;
  Writer writer_;
};

Result<std::unique_ptr<connector::Connector>> make(const Settings& settings,
                                                   connector::World world) {
  const ApiKey key = settings.secret("api_key");
  if (key.empty()) return Error{ErrorKind::Rejected, "api_key: is missing; see Admin › API Keys"};
  const Result<HttpSettings> http = connector::read_http_settings(settings, defaults());
  if (!http) return http.error();
  return std::unique_ptr<connector::Connector>(std::make_unique<Ashby>(*http, key, world));
}

}  // namespace

connector::ConnectorSpec spec() {
  return {.type = "ashby",
          .summary = "Ashby, by its API with an API key",
          .capabilities = {.actions = {ActionKind::Note, ActionKind::Tag, ActionKind::Field,
                                       ActionKind::Move, ActionKind::Reject},
                           .settle_after = std::chrono::minutes{10},
                           .fallbacks = {{ActionKind::Link, ActionKind::Note,
                                          "an Ashby application has no list of links"}}},
          .settings = connector::with_http_settings(
              {{.name = "api_key",
                .type = SettingType::Secret,
                .need = Need::Required,
                .help = "an API key with the permissions that the README lists"},
               connector::webhook_secrets(
                   "secret tokens of the webhooks that deliver to /hooks/NAME: Admin > "
                   "Integrations > Webhooks")},
              defaults()),
          .make = make,
          .permissions = permissions(),
          .webhooks = connector::webhooks_read_by(read_webhook)};
}

}  // namespace praxisync::ashby
