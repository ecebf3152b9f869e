#include "sandbox/ats/ashby/ashby.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "http/base64.h"
#include "http/url.h"
#include "sandbox/ats/ashby/desk.h"
#include "sandbox/http_date.h"
#include "sandbox/json_text.h"

namespace praxisync::sandbox::ats {
namespace {

using ashby::Outcome;
using ashby::Refusal;
using nlohmann::ordered_json;

constexpr std::string_view kOnlyVersion = "2026-01-01";

/// What is wrong with a request before its body is looked at. Where the documents say nothing of a
/// code or status, the words are this peer's own.
std::optional<Refusal> refusal_of(const http::Request& request) {
  const std::string_view authorization = http::header(request.headers, "Authorization");
  if (authorization.empty()) return Refusal{"missing_api_key", "No API key was given", 401};
  const std::string expected = "Basic " + http::base64(std::string(kAshbyApiKey) + ":");
  if (authorization != expected)
    return Refusal{"invalid_api_key", "The API key is not known or not active", 403};
  const std::string_view version = http::header(request.headers, "Ashby-Version");
  // The real one takes the key's default where none is named, which may be another one some day.
  if (version != kOnlyVersion)
    return Refusal{"unsupported_api_version", "There is no such version", 400};
  const std::string_view accept = http::header(request.headers, "Accept");
  if (!accept.starts_with("application/json") && accept != "*/*" && !accept.empty())
    return Refusal{"not_acceptable", "There is nothing but JSON", 406};
  if (!http::header(request.headers, "Content-Type").starts_with("application/json"))
    return Refusal{"invalid_input", "Content-Type must be application/json", 400};
  return std::nullopt;
}

/// "category.method" of the URL; empty where it has a query or is otherwise none of the API's.
std::string call_name(const std::string& url) {
  const Result<http::Url> read = http::parse_url(url);
  if (!read || !read->query.empty() || url.find('?') != std::string::npos) return {};
  return read->path.substr(1);
}

ordered_json spell(const Refusal& refusal, Ashby::Spelling spelling, int number) {
  ordered_json body{{"success", false}};
  if (spelling == Ashby::Spelling::Objects) {
    body["errors"] = {{{"code", refusal.code}, {"message", refusal.message}}};
    return body;
  }
  body["errors"] = {refusal.code};
  if (spelling == Ashby::Spelling::Both) {
    body["errorInfo"] = {{"code", refusal.code},
                         {"message", refusal.message},
                         {"requestId", "REQ" + std::to_string(number)}};
  }
  return body;
}

}  // namespace

Ashby::Ashby(const Clock& clock)
    : world_(clock, IdStyle::Uuids),
      lists_(std::make_unique<ashby::Lists>(*this)),
      author_(world_.new_id()) {}

Ashby::~Ashby() = default;

void Ashby::forget() { lists_->forget(); }

bool Ashby::within_limit() {
  const Timestamp now = world_.now();
  while (!recent_.empty() && recent_.front() <= now - std::chrono::minutes{1}) recent_.pop_front();
  if (requests_a_minute > 0 && recent_.size() >= static_cast<std::size_t>(requests_a_minute))
    return false;
  recent_.push_back(now);
  return true;
}

http::Response Ashby::answer(int status, std::string body) const {
  http::Response response{status,
                          {{"Content-Type", "application/json; charset=utf-8"},
                           {"Date", format_http_date(world_.now())},
                           {"Ashby-Version", std::string(kOnlyVersion)},
                           {"Ashby-Version-Status", version_status}},
                          std::move(body)};
  if (status == 429 && retry_after_seconds > 0)
    response.headers.push_back({"Retry-After", std::to_string(retry_after_seconds)});
  return response;
}

http::Response Ashby::handle(const http::Request& request) {
  ++numbered_;
  const auto refuse = [&](const Refusal& refusal) {
    return answer(refusal.status, json_text(spell(refusal, spelling, numbered_)));
  };
  if (const auto refusal = refusal_of(request)) return refuse(*refusal);
  if (!within_limit()) return refuse({"rate_limit_exceeded", "Too many requests", 429});
  const std::string name = call_name(request.url);
  const AshbyDesk::Call* const call = AshbyDesk::find(name);
  if (call == nullptr) return refuse({"endpoint_not_found", "There is no such endpoint", 404});
  if (request.method != http::Method::Post)
    return refuse({"method_not_allowed", "Every call is a POST", 405});
  if (!scopes.contains(std::string(call->scope)))
    return refuse({"missing_endpoint_permission", "The key lacks a permission", 403});
  nlohmann::json body = nlohmann::json::parse(request.body, nullptr, false);
  if (!body.is_object()) return refuse({"invalid_input", "Request payload is malformed"});
  Outcome outcome = AshbyDesk(*this, std::move(body)).run(*call);
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) return refuse(*refusal);
  ordered_json success{{"success", true}};
  success.update(std::get<ordered_json>(outcome));
  return answer(200, json_text(success));
}

std::unique_ptr<Peer> make_ashby(const Clock& clock) { return std::make_unique<Ashby>(clock); }

}  // namespace praxisync::sandbox::ats
