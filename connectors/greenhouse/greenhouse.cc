#include "connectors/greenhouse/greenhouse.h"

#include <utility>

#include "connector/client_credentials.h"
#include "connector/http_settings.h"
#include "connectors/greenhouse/checks.h"
#include "connectors/greenhouse/source.h"
#include "connectors/greenhouse/webhook.h"
#include "connectors/greenhouse/writer.h"
#include "domain/digest.h"
#include "http/url.h"

namespace praxisync::greenhouse {
namespace {

using connector::Need;
using connector::Settings;
using connector::SettingType;

constexpr std::string_view kTokenUrl = "https://auth.greenhouse.io/token";

// Harvest v3 'hosts and credentials', 'rules common to all lists'.
connector::HttpDefaults defaults() {
  return {.base_url = "https://harvest.greenhouse.io",
          .page_size = kLargestPage,
          .largest_page = kLargestPage};
}

class Greenhouse final : public connector::Connector {
 public:
  Greenhouse(const connector::World& world, const connector::HttpSettings& settings, Tokens tokens,
             std::string account, Introspection introspection)
      : api_(world, settings, std::move(tokens)),
        directory_(api_, world.clock, world.routed),
        source_(api_, directory_, world.clock,
                // An hour is what others look back: Harvest v3 'sync pass'.
                {.full_sweep = settings.full_sweep,
                 .overlap = std::chrono::hours{1},
                 .account = std::move(account)}),
        writer_(api_, directory_),
        checks_(api_, directory_, world, std::move(introspection)) {}

  Result<ApplicationPage> pull(const Cursor& after) override { return source_.pull(after); }
  Result<Written> write(const WriteBack& action) override { return writer_.write(action); }
  Result<bool> landed(const WriteBack& action) override { return writer_.landed(action); }
  Result<connector::Openings> openings() override { return checks_.openings(); }
  std::vector<connector::Finding> check(std::span<const PolicyAction> planned) override {
    return checks_.check(planned);
  }

 private:
  Api api_;
  Directory directory_;
  Source source_;
  Writer writer_;
  Checks checks_;
};

/// "/token" has "/introspect" beside it: Harvest v3 'verify credentials'.
std::string introspection_path(const std::string& token_path) {
  constexpr std::string_view kToken = "/token";
  if (!token_path.ends_with(kToken)) return {};
  return token_path.substr(0, token_path.size() - kToken.size()) + "/introspect";
}

Result<std::unique_ptr<connector::Connector>> make(const Settings& settings,
                                                   connector::World world) {
  const Result<connector::HttpSettings> http = connector::read_http_settings(settings, defaults());
  if (!http) return http.error();
  const ApiKey id = settings.secret("client_id"), secret = settings.secret("client_secret");
  if (id.empty()) return Error{ErrorKind::Rejected, "client_id: is missing"};
  if (secret.empty()) return Error{ErrorKind::Rejected, "client_secret: is missing"};
  const std::string token_url = settings.get("token_url").value_or(std::string(kTokenUrl));
  const std::string person = settings.get("acting_user").value_or("");
  if (!person.empty() && !is_id(person)) {
    return Error{ErrorKind::Rejected,
                 "acting_user: must be the number in the address of the user's page"};
  }
  Tokens tokens;
  for (auto* const token : {&tokens.reads, &tokens.writes}) {
    const bool writes = token == &tokens.writes;
    if (writes && person.empty()) continue;
    std::vector<std::pair<std::string, std::string>> parameters;
    if (writes) parameters.emplace_back("sub", person);
    auto made = connector::ClientCredentials::make(world, token_url, id, secret, parameters);
    if (!made) return Error{ErrorKind::Rejected, "token_url: " + made.error().what};
    *token = *std::move(made);
  }
  const Result<http::Url> url = http::parse_url(token_url);
  if (!url) return Error{ErrorKind::Rejected, "token_url: " + url.error().what};
  // One address serves every customer.
  std::string account = http->account + "/" + sha256(id.reveal()).substr(0, 16);
  return std::unique_ptr<connector::Connector>(std::make_unique<Greenhouse>(
      world, *http, std::move(tokens), std::move(account),
      Introspection{url->origin, introspection_path(url->path), id, secret}));
}

}  // namespace

connector::ConnectorSpec spec() {
  return {.type = "greenhouse",
          .summary = "Greenhouse Recruiting, by its Harvest API v3",
          .capabilities = {.actions = {ActionKind::Note, ActionKind::Tag, ActionKind::Field,
                                       ActionKind::Move, ActionKind::Reject},
                           .settle_after = std::chrono::minutes{10},
                           .fallbacks = {{ActionKind::Link, ActionKind::Note,
                                          "Greenhouse has no room for links of an application"}}},
          .settings = connector::with_http_settings(
              {{.name = "client_id",
                .type = SettingType::Secret,
                .need = Need::Required,
                .help = "of a credential of the type Harvest V3 (OAuth)"},
               {.name = "client_secret",
                .type = SettingType::Secret,
                .need = Need::Required,
                .help = "of the same credential"},
               {.name = "token_url",
                .help = "where access tokens are made",
                .fallback = std::string(kTokenUrl)},
               {.name = "acting_user",
                .help = "the number of the Greenhouse user whom write-backs are done as",
                .fallback = "the credential's own service user"},
               connector::webhook_secrets(
                   "secret keys of the webhooks that deliver to /hooks/NAME: Configure > Dev "
                   "Center > Web Hooks")},
              defaults()),
          .make = make,
          .permissions = permissions(),
          .webhooks = connector::webhooks_read_by(read_webhook)};
}

}  // namespace praxisync::greenhouse
