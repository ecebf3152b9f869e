#include "connector/client_credentials.h"

#include <algorithm>

#include "http/url.h"
#include "json/reader.h"

namespace praxisync::connector {
namespace {

constexpr Milliseconds kUsualLife = std::chrono::hours{1};
constexpr Milliseconds kRenewEarlier = std::chrono::minutes{1};
constexpr std::size_t kLongestToken = 8192;
constexpr int kLongestLife = 365 * 24 * 3600;

/// Whether it can stand in a header (RFC 6749 A.12, but for the space).
bool is_access_token(std::string_view text) {
  return text.size() <= kLongestToken &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// Both ways of saying it occur: seconds from now, or a point in time by the server's clock.
Milliseconds life_of(const json::Reader& token, Timestamp server_now) {
  if (const auto seconds = token.integer("expires_in", 0, kLongestLife)) {
    return std::chrono::seconds{*seconds};
  }
  if (const auto at = token.time("expires_at")) {
    return std::clamp<Milliseconds>(*at - server_now, Milliseconds{0},
                                    std::chrono::seconds{kLongestLife});
  }
  return kUsualLife;
}

}  // namespace

Result<std::unique_ptr<ClientCredentials>> ClientCredentials::make(
    const World& world, std::string_view url, ApiKey client_id, ApiKey client_secret,
    std::vector<std::pair<std::string, std::string>> parameters) {
  const Result<http::Url> parsed = http::parse_url(url);
  if (!parsed) return Error{ErrorKind::Rejected, parsed.error().what};
  if (!parsed->query.empty()) return Error{ErrorKind::Rejected, "has a query, which it may not"};
  return std::unique_ptr<ClientCredentials>(
      new ClientCredentials(world, parsed->origin, parsed->path, std::move(client_id),
                            std::move(client_secret), std::move(parameters)));
}

ClientCredentials::ClientCredentials(const World& world, http::Origin origin, std::string path,
                                     ApiKey client_id, ApiKey client_secret,
                                     std::vector<std::pair<std::string, std::string>> parameters)
    : clock_(world.clock),
      keep_secret_(world.keep_secret),
      path_(std::move(path)),
      client_id_(std::move(client_id)),
      client_secret_(std::move(client_secret)),
      parameters_(std::move(parameters)),
      account_(world, std::move(origin),
               [this]() -> Result<std::vector<http::Credential>> {
                 return std::vector<http::Credential>{http::basic(client_id_, client_secret_)};
               },
               {}) {}

Result<ApiKey> ClientCredentials::token() {
  if (!token_ || clock_.now() >= token_->renew_at) {
    if (Result<void> minted = mint(); !minted) {
      return std::move(minted).error().during("ask for an access token");
    }
  }
  return token_->value;
}

Result<void> ClientCredentials::mint() {
  std::string form = "grant_type=client_credentials";
  for (const auto& [name, value] : parameters_) {
    form += "&" + http::encode_query_value(name) + "=" + http::encode_query_value(value);
  }
  const http::Request request{.method = http::Method::Post,
                              .url = account_.url(path_),
                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                          {"Accept", "application/json"}},
                              .body = form,
                              .repeat = http::Repeat::Safe,
                              .cost = http::Cost::Read};
  const Result<http::Response> reply = account_.ask(request);
  if (!reply) {
    Error error = reply.error();
    // RFC 6749 5.2: a client that is not known may be told so with 400 as well.
    if (error.kind == ErrorKind::Rejected) error.kind = ErrorKind::Unauthorized;
    return error;
  }
  const Result<json::Value> body = json::Value::parse(reply->body);
  if (!body) return body.error();
  json::Fault fault;
  const json::Reader token(*body, "token", fault);
  const ApiKey value(token.text("access_token"));
  const Milliseconds life = life_of(token, server_time(*reply, clock_.now()));
  scope_ = token.text_or_empty("scope");
  if (!is_access_token(value.reveal())) token.note("access_token", "not one that can be sent");
  if (fault) return fault.error();
  if (keep_secret_) keep_secret_(value);
  // A token of a minute or less is renewed halfway.
  token_ = Token{value, clock_.now() + std::max(life - kRenewEarlier, life / 2)};
  return {};
}

}  // namespace praxisync::connector
