#include "connectors/lever/lever.h"

#include <utility>

#include "connector/http_settings.h"
#include "connectors/lever/checks.h"
#include "connectors/lever/source.h"
#include "connectors/lever/webhook.h"
#include "connectors/lever/writer.h"
#include "domain/text.h"
#include "http/base64.h"

namespace praxisync::lever {
namespace {

using connector::Need;
using connector::Settings;
using connector::SettingType;

const connector::HttpDefaults kDefaults{.base_url = "https://api.lever.co"};

/// Hands each call to the part that does it.
class Lever final : public connector::Connector {
 public:
  Lever(const connector::World& world, const connector::HttpSettings& http, const ApiKey& key,
        const std::string& perform_as)
      : api_(world, http, key, perform_as),
        directory_(api_),
        source_(api_, directory_, world, {.full_sweep = http.full_sweep, .account = http.account}),
        writer_(api_, directory_),
        checks_(api_, directory_, world.clock, perform_as) {}

  Result<ApplicationPage> pull(const Cursor& after) override { return source_.pull(after); }
  Result<Written> write(const WriteBack& action) override { return writer_.write(action); }
  Result<bool> landed(const WriteBack& action) override { return writer_.landed(action); }
  Result<connector::Openings> openings() override { return checks_.openings(); }
  std::vector<connector::Finding> check(std::span<const PolicyAction> planned) override {
    return checks_.all(planned);
  }

 private:
  Api api_;
  Directory directory_;
  Source source_;
  Writer writer_;
  Checks checks_;
};

Result<std::unique_ptr<connector::Connector>> make(const Settings& settings,
                                                   connector::World world) {
  const ApiKey key = settings.secret("api_key");
  if (key.empty()) return Error{ErrorKind::Rejected, "api_key: is missing"};
  const Result<connector::HttpSettings> http = connector::read_http_settings(settings, kDefaults);
  if (!http) return http.error();
  // The key goes over the wire in this form.
  if (world.keep_secret) world.keep_secret(ApiKey(http::base64(key.reveal() + ":")));
  const std::string perform_as(trim(settings.get("perform_as").value_or("")));
  return std::unique_ptr<connector::Connector>(
      std::make_unique<Lever>(world, *http, key, perform_as));
}

connector::Permission needed(std::string_view scope, std::string use) {
  return {std::string(scope), std::move(use)};
}

}  // namespace

connector::ConnectorSpec spec() {
  return {
      .type = "lever",
      .summary = "Lever, by its Data API v1",
      .capabilities = {.actions = {ActionKind::Note, ActionKind::Tag, ActionKind::Link,
                                   ActionKind::Move, ActionKind::Reject},
                       .settle_after = std::chrono::minutes{10},
                       .fallbacks = {{ActionKind::Field, ActionKind::Tag,
                                      "Lever has no fields of an opportunity"}}},
      .settings = connector::with_http_settings(
          {{.name = "api_key",
            .type = SettingType::Secret,
            .need = Need::Required,
            .help = "made by a Super Admin: Settings > Integrations and API > API Credentials"},
           {.name = "perform_as",
            .help = "the id of the user who is shown as the author of what is written",
            .fallback = "no author"},
           connector::webhook_secrets(
               "signature tokens of the webhooks that deliver to /hooks/NAME: Settings > "
               "Integrations and API > Webhooks")},
          kDefaults),
      .make = make,
      .permissions = {needed(scope::kOpportunities,
                             "who is in a routed stage; tags, links, moves and rejections"),
                      needed(scope::kPostings, "the names of jobs"),
                      needed(scope::kStages, "the names of stages"),
                      needed(scope::kNotes, "notes, and to look whether one is there"),
                      needed(scope::kReasons, "only to reject: the reasons"),
                      needed(scope::kUsers, "only for doctor: that perform_as is a user"),
                      needed(scope::kConfidential,
                             "only for confidential jobs; can be given only when the key is made")},
      .webhooks = connector::webhooks_read_by(read_webhook)};
}

}  // namespace praxisync::lever
