#include "sandbox/assess_sandbox.h"

#include <algorithm>
#include <utility>

#include "domain/text.h"
#include "sandbox/endpoints.h"
#include "sandbox/http_date.h"

namespace praxisync::sandbox {
namespace {

Outcome dispatch(Endpoint endpoint, const Call& call) {
  switch (endpoint) {
    case Endpoint::ListAssessments:
      return endpoints::list_assessments(call);
    case Endpoint::GetAssessment:
      return endpoints::get_assessment(call);
    case Endpoint::ListTasks:
      return endpoints::list_tasks(call);
    case Endpoint::CreateInvite:
      return endpoints::create_invite(call);
    case Endpoint::BulkInvite:
      return endpoints::bulk_invite(call);
    case Endpoint::ListResults:
      return endpoints::list_results(call);
    case Endpoint::ListInvites:
      return endpoints::list_invites(call);
    case Endpoint::GetInvite:
      return endpoints::get_invite(call);
    case Endpoint::CancelInvite:
      return endpoints::cancel_invite(call);
    case Endpoint::Remind:
      return endpoints::remind(call);
    case Endpoint::GetResult:
      return endpoints::get_result(call);
    case Endpoint::ListCases:
      return endpoints::list_cases(call);
    case Endpoint::CreateCase:
      return endpoints::create_case(call);
    case Endpoint::GetCase:
      return endpoints::get_case(call);
    case Endpoint::PatchCase:
      return endpoints::patch_case(call);
    case Endpoint::DeleteCase:
      return endpoints::delete_case(call);
    case Endpoint::ListPipelines:
      return endpoints::list_pipelines(call);
    case Endpoint::GetPipeline:
      return endpoints::get_pipeline(call);
    case Endpoint::Enroll:
      return endpoints::enroll(call);
    case Endpoint::GetEnrollment:
      return endpoints::get_enrollment(call);
    case Endpoint::ListWebhooks:
      return endpoints::list_webhooks(call);
    case Endpoint::CreateWebhook:
      return endpoints::create_webhook(call);
    case Endpoint::TestWebhook:
      return endpoints::test_webhook(call);
    case Endpoint::GetOrganisation:
      return endpoints::get_organisation(call);
    case Endpoint::ListTeam:
      return endpoints::list_team(call);
    case Endpoint::GetStats:
      return endpoints::get_stats(call);
  }
  return not_found("Resource");
}

http::Response response_of(const Answer& answer) {
  http::Response response{answer.status, {}, answer.body};
  if (!answer.body.empty()) response.headers.push_back({"Content-Type", "application/json"});
  return response;
}

http::Response response_of(const Refusal& refusal) {
  return response_of(Answer{refusal.status, wire::write_error(refusal)});
}

/// The key of "Authorization: Bearer ct_live_…", given once.
const Key* key_of(const std::vector<http::Header>& headers, const World& world) {
  const http::Header* authorization = nullptr;
  for (const http::Header& header : headers) {
    if (to_lower(header.name) != "authorization") continue;
    if (authorization != nullptr) return nullptr;
    authorization = &header;
  }
  constexpr std::string_view kScheme = "Bearer ";
  if (authorization == nullptr || !authorization->value.starts_with(kScheme)) return nullptr;
  const std::string_view text = std::string_view(authorization->value).substr(kScheme.size());
  const auto found = std::find_if(world.keys.begin(), world.keys.end(),
                                  [&](const Key& key) { return key.text == text; });
  return found == world.keys.end() ? nullptr : &*found;
}

/// A body must be called JSON where there is one. Source 002, 'API Key Format'.
bool is_called_json(const http::Request& request) {
  const std::string type = to_lower(http::header(request.headers, "Content-Type"));
  return trim(std::string_view(type).substr(0, type.find(';'))) == "application/json";
}

http::Response throttled(Milliseconds wait, Timestamp now, const Options& options) {
  // Rounded up: the header has no fractions.
  const std::string seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count());
  const std::string_view code =
      options.throttle_code == ThrottleCode::Present ? "RATE_LIMITED" : "";
  http::Response response =
      response_of(Refusal{429, std::string(code),
                          "Request was throttled. Expected available in " + seconds + " seconds."});
  if (options.retry_after == RetryAfter::Seconds) {
    response.headers.push_back({"Retry-After", seconds});
  } else if (options.retry_after == RetryAfter::HttpDate) {
    response.headers.push_back(
        {"Retry-After", format_http_date(std::chrono::ceil<std::chrono::seconds>(now + wait))});
  }
  return response;
}

}  // namespace

const std::vector<std::string>& all_scopes() {
  static const std::vector<std::string> kScopes = {"assessments:read",  "invitations:read",
                                                   "invitations:write", "candidates:read",
                                                   "cases:read",        "cases:write"};
  return kScopes;
}

std::optional<int> invite_limit(const Options& options) {
  if (options.invite_limit) return options.invite_limit;
  switch (options.plan) {
    case Plan::Free:
      return 20;
    case Plan::Starter:
      return 100;
    case Plan::Growth:
      return 500;
    case Plan::Enterprise:
      return std::nullopt;
  }
  return std::nullopt;
}

AssessSandbox::AssessSandbox(const Clock& clock, Options options)
    : clock_(clock),
      options_(std::move(options)),
      lifecycle_(world_, options_),
      reads_(options_.reads_per_hour),
      writes_(options_.writes_per_hour),
      now_(clock.now()) {
  world_.organisation = options_.organisation;
  world_.organisation_slug = options_.organisation_slug;
  world_.month_zone = options_.month_zone;
  world_.team = {{"Sarah Chen", "sarah@acme.example", "owner"},
                 {"James Okafor", "james@acme.example", "admin"},
                 {"Priya Nair", "priya@acme.example", "recruiter"}};
  for (const KeyGrant& grant : options_.keys) add_key(grant.key, grant.scopes);
}

void AssessSandbox::catch_up() {
  now_ = std::max(now_, clock_.now());
  lifecycle_.catch_up(now_);
}

http::Response AssessSandbox::handle(const http::Request& request) {
  catch_up();
  pinged_.reset();
  http::Response response = answer(request);
  response.headers.push_back({"Date", format_http_date(now_)});
  return response;
}

http::Response AssessSandbox::answer(const http::Request& request) {
  const Target target = parse_target(request.url);
  const Route route = match_route(target.path, request.method);
  if (!route.known) return response_of(not_found("Resource"));
  if (route.endpoint) ++counts_.by_endpoint[static_cast<std::size_t>(*route.endpoint)];
  if (request.body.size() > kMaxBody) {
    return response_of(
        Refusal{413, "PAYLOAD_TOO_LARGE", "The request body must not exceed 1 MiB."});
  }

  const Key* key = key_of(request.headers, world_);
  if (key == nullptr) {
    ++counts_.unauthorized;
    return response_of(Refusal{401, "INVALID_API_KEY", "Invalid API key."});
  }
  const bool allowed = route.scope.empty() || std::find(key->scopes.begin(), key->scopes.end(),
                                                        route.scope) != key->scopes.end();
  const bool reads = request.method == http::Method::Get;
  RollingHour& limit = reads ? reads_ : writes_;
  const auto counted = [&](http::Response response) {
    if (!limit.limited()) return response;
    response.headers.push_back({"X-RateLimit-Limit", std::to_string(limit.limit())});
    response.headers.push_back({"X-RateLimit-Remaining", std::to_string(limit.remaining(now_))});
    return response;
  };
  if (!allowed) {
    ++counts_.unauthorized;
    const std::string message =
        "API key is missing the required scope: " + std::string(route.scope);
    return counted(response_of(Refusal{403, "PERMISSION_DENIED", message}));
  }

  if (limit.take(now_) == RollingHour::Verdict::Refused) {
    ++counts_.throttled;
    return counted(throttled(limit.wait(now_), now_, options_));
  }
  ++(reads ? counts_.reads : counts_.writes);

  if (!route.endpoint) {
    http::Response response =
        response_of(Refusal{405, "METHOD_NOT_ALLOWED", "Method not allowed."});
    response.headers.push_back({"Allow", route.allow});
    return counted(std::move(response));
  }
  const bool has_body =
      request.method == http::Method::Post || request.method == http::Method::Patch;
  if (has_body && !request.body.empty() && !is_called_json(request)) {
    return counted(response_of(
        Refusal{415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json."}));
  }
  const Call call{world_, lifecycle_, options_, now_, target, route.argument, request.body};
  const std::size_t queued = world_.deliveries.size();
  const Outcome outcome = dispatch(*route.endpoint, call);
  if (route.endpoint == Endpoint::TestWebhook && world_.deliveries.size() > queued) {
    pinged_ = queued;
  }
  return counted(std::visit([](const auto& value) { return response_of(value); }, outcome));
}

Delivery AssessSandbox::deliver(const http::Request& request) {
  pinged_.reset();
  return sandbox::deliver(request, faults_,
                          [this](const http::Request& asked) { return handle(asked); });
}

}  // namespace praxisync::sandbox
