#include "sandbox/ats/greenhouse/greenhouse.h"

#include <algorithm>

#include "http/base64.h"
#include "http/url.h"
#include "sandbox/ats/greenhouse/harvest.h"
#include "sandbox/http_date.h"
#include "sandbox/routing.h"

namespace praxisync::sandbox::ats {
namespace {

using harvest::answer;
using harvest::Json;

constexpr int kMintsAMinute = 60;

std::string url_safe(std::string_view text) {
  std::string coded = http::base64(text);
  std::replace(coded.begin(), coded.end(), '+', '-');
  std::replace(coded.begin(), coded.end(), '/', '_');
  coded.erase(std::find(coded.begin(), coded.end(), '='), coded.end());
  return coded;
}

bool is_client(const http::Request& request) {
  return http::header(request.headers, "Authorization") ==
         "Basic " + http::base64(std::string(kGreenhouseClientId) + ":" + kGreenhouseClientSecret);
}

bool is_form(const http::Request& request) {
  return http::header(request.headers, "Content-Type") == "application/x-www-form-urlencoded";
}

std::int64_t seconds(Milliseconds span) {
  return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

}  // namespace

const std::set<std::string>& greenhouse_scopes() {
  static const std::set<std::string> all{"harvest:jobs:list",
                                         "harvest:job_interview_stages:list",
                                         "harvest:applications:list",
                                         "harvest:candidates:list",
                                         "harvest:notes:list",
                                         "harvest:candidate_tags:list",
                                         "harvest:applied_candidate_tags:list",
                                         "harvest:rejection_reasons:list",
                                         "harvest:custom_fields:list",
                                         "harvest:custom_field_options:list",
                                         "harvest:notes:create",
                                         "harvest:candidate_tags:create",
                                         "harvest:applied_candidate_tags:create",
                                         "harvest:applications:update",
                                         "harvest:candidates:update",
                                         "harvest:applications:move",
                                         "harvest:applications:reject"};
  return all;
}

std::unique_ptr<Peer> make_greenhouse(const Clock& clock) {
  return std::make_unique<GreenhousePeer>(clock);
}

http::Response GreenhousePeer::handle(const http::Request& request) {
  const std::string path = parse_target(request.url).path;
  const bool named = request.url.starts_with("https://");
  const bool auth = request.url.starts_with("https://auth.greenhouse.io/");
  http::Response response;
  if ((auth || !named) && path == "/token" && request.method == http::Method::Post) {
    response = mint(request);
  } else if ((auth || !named) && path == "/introspect" && request.method == http::Method::Post &&
             introspects) {
    response = introspect(request);
  } else if (!auth && path.starts_with("/v3/")) {
    response = harvest(request, std::string_view(path).substr(4));
  } else {
    response = answer(404, {{"message", "Resource not found"}});
  }
  response.headers.push_back({"Date", format_http_date(clock_.now())});
  return response;
}

http::Response GreenhousePeer::mint(const http::Request& request) {
  const Timestamp now = clock_.now();
  if (now - mint_window_began_ >= std::chrono::minutes{1}) {
    mint_window_began_ = now;
    in_mint_window_ = 0;
  }
  if (++in_mint_window_ > kMintsAMinute) {
    http::Response response = answer(429, {{"message", "Too many requests"}});
    response.headers.push_back({"Retry-After", "60"});
    return response;
  }
  if (http::header(request.headers, "Authorization").empty())
    return answer(401, {{"message", "Unauthorized"}, {"errorId", "err-1"}});
  if (!is_client(request)) return answer(401, {{"error", "invalid_client"}});
  if (!is_form(request)) return answer(400, {{"message", "Unsupported content type"}});
  std::string grant, user;
  for (const auto& [name, value] : parse_target("/?" + request.body).query) {
    if (name == "grant_type") grant = value;
    if (name == "sub") user = value;
    if (name != "grant_type" && name != "sub")
      return answer(400, {{"message", "Unknown parameter " + name}});
  }
  if (grant.empty())
    return answer(400, {{"message", "Must include `grant_type` parameter in /token request"}});
  if (grant != "client_credentials") return answer(400, {{"error", "unsupported_grant_type"}});
  if (!std::all_of(user.begin(), user.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return answer(400, {{"error", "invalid_request"}});

  if (one_token) tokens_.clear();
  const Token token{user, now + token_life};
  const Json claims{{"sub", user.empty() ? "900001" : user},
                    {"jti", ++minted_},
                    {"exp", seconds(token.expires.time_since_epoch())}};
  const std::string text = url_safe(R"({"alg":"RS256","typ":"JWT"})") + "." +
                           url_safe(claims.dump()) + "." +
                           url_safe("signature " + std::to_string(minted_));
  tokens_[text] = token;
  Json body{{"token_type", "Bearer"}, {"access_token", text}};
  if (expiry == Expiry::InSeconds) {
    body["expires_in"] = seconds(token_life);
  } else {
    body["expires_at"] = format_timestamp(token.expires);
  }
  return answer(200, body);
}

http::Response GreenhousePeer::introspect(const http::Request& request) const {
  if (!is_client(request)) return answer(401, {{"error", "invalid_client"}});
  if (!is_form(request)) return answer(400, {{"message", "Unsupported content type"}});
  const Target form = parse_target("/?" + request.body);
  const auto found = tokens_.find(form.parameter("token").value_or(""));
  if (found == tokens_.end() || found->second.expires <= clock_.now())
    return answer(200, {{"active", false}});
  std::string scopes;
  for (const std::string& scope : granted) scopes += (scopes.empty() ? "" : " ") + scope;
  const Json claims{{"organization", {{"id", 4455}, {"name", "Acme"}}}, {"user_role", user_role}};
  return answer(200, {{"active", true},
                      {"client_id", kGreenhouseClientId},
                      {"sub", found->second.user.empty() ? "900001" : found->second.user},
                      {"scope", scopes},
                      {"https://auth.greenhouse.io/claims", claims}});
}

const GreenhousePeer::Token* GreenhousePeer::token_of(const http::Request& request) const {
  const std::string_view value = http::header(request.headers, "Authorization");
  if (!value.starts_with("Bearer ")) return nullptr;
  const auto found = tokens_.find(value.substr(7));
  if (found == tokens_.end() || found->second.expires <= clock_.now()) return nullptr;
  return &found->second;
}

http::Response GreenhousePeer::with_headers(http::Response response) const {
  const int left = std::max(0, requests_per_window - in_window_);
  const Timestamp reset = window_began_ + window;
  response.headers.push_back({"X-RateLimit-Limit", std::to_string(requests_per_window)});
  response.headers.push_back({"X-RateLimit-Remaining", std::to_string(left)});
  response.headers.push_back(
      {"X-RateLimit-Reset", std::to_string(seconds(reset.time_since_epoch()))});
  return response;
}

http::Response GreenhousePeer::harvest(const http::Request& request, std::string_view path) {
  // Routed before anybody is asked who they are.
  const auto endpoint = harvest::endpoint_of(request.method, path);
  if (!endpoint) return answer(404, {{"message", "Resource not found"}});
  const Token* const token = token_of(request);
  if (token == nullptr) {
    return answer(401, {{"message", "Unauthorized"},
                        {"errors",
                         {"Token could not be decoded. Please ensure your token is from "
                          "a trusted source."}}});
  }
  const Timestamp now = clock_.now();
  if (now - window_began_ >= window) {
    // Windows begin at whole seconds, as the header tells them.
    window_began_ = std::chrono::floor<std::chrono::seconds>(now);
    in_window_ = 0;
  }
  if (in_window_ >= requests_per_window) {
    http::Response response = answer(429, {{"message", "Too many requests"}});
    const Milliseconds wait = window_began_ + window - now;
    response.headers.push_back({"Retry-After", std::to_string(seconds(wait) + 1)});
    return with_headers(std::move(response));
  }
  ++in_window_;
  const bool lists = endpoint->action == "list";
  if (!granted.contains(endpoint->scope()) || (lists && user_role != "site_admin"))
    return with_headers(answer(403, {{"message", "Forbidden"}}));
  const harvest::Call call{*this, world_, token->user, now};
  const std::size_t question = request.url.find('?');
  const std::string_view query = question == std::string::npos
                                     ? std::string_view{}
                                     : std::string_view(request.url).substr(question);
  return with_headers(lists ? harvest::list(call, *endpoint, query)
                            : harvest::write(call, *endpoint, request));
}

}  // namespace praxisync::sandbox::ats
