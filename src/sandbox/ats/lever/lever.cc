#include "sandbox/ats/lever/lever.h"

#include <algorithm>

#include "http/base64.h"
#include "http/url.h"
#include "sandbox/http_date.h"
#include "sandbox/json_text.h"
#include "sandbox/routing.h"

namespace praxisync::sandbox::ats::lever {
namespace {

/// The segments below /v1, without any encoding; nullopt: it is not below.
std::optional<std::vector<std::string>> segments_of(const std::string& path) {
  constexpr std::string_view kVersion = "/v1/";
  if (!path.starts_with(kVersion)) return std::nullopt;
  std::vector<std::string> segments;
  for (std::size_t at = kVersion.size(); at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    segments.push_back(
        http::decode_query_value(std::string_view(path).substr(at, end - at)).value_or(""));
    at = end + 1;
  }
  return segments;
}

http::Response response_of(const Outcome& outcome, Timestamp now) {
  return {outcome.status,
          {{"Content-Type", "application/json; charset=utf-8"},
           {"Date", format_http_date(now)},
           {"x-lever-region", "global"}},
          json_text(outcome.body)};
}

}  // namespace

struct LeverPeer::Endpoint {
  http::Method method;
  std::vector<std::string> pattern;  ///< ':' stands for one segment
  const char* scope;
  Names parameters;
  Outcome (LeverPeer::*act)(const Call& call);
};

const std::vector<LeverPeer::Endpoint>& LeverPeer::endpoints() {
  using enum http::Method;
  static const Names page{"limit", "offset"};
  static const std::vector<Endpoint> all{
      {Get, {"stages"}, "stages:read", page, &LeverPeer::list_stages},
      {Get,
       {"postings"},
       "postings:read",
       {"limit", "offset", "confidentiality", "state*", "include*", "updated_at_start"},
       &LeverPeer::list_postings},
      {Get,
       {"archive_reasons"},
       "archive_reasons:read",
       {"limit", "offset", "type"},
       &LeverPeer::list_reasons},
      {Get,
       {"users"},
       "users:read",
       {"limit", "offset", "email", "includeDeactivated"},
       &LeverPeer::list_users},
      {Get, {"tags"}, "tags:read", page, &LeverPeer::list_tags},
      {Get,
       {"opportunities"},
       "opportunities:read",
       {"limit", "offset", "expand*", "stage_id*", "posting_id*", "contact_id*", "archived",
        "snoozed", "confidentiality", "created_at_start", "created_at_end", "updated_at_start",
        "updated_at_end", "advanced_at_start", "advanced_at_end"},
       &LeverPeer::list_opportunities},
      {Get,
       {"opportunities", "deleted"},
       "opportunities:read",
       {"limit", "offset", "deleted_at_start", "deleted_at_end"},
       &LeverPeer::list_deleted},
      {Get, {"opportunities", ":"}, "opportunities:read", {"expand*"}, &LeverPeer::get_opportunity},
      {Get, {"opportunities", ":", "notes"}, "notes:read", page, &LeverPeer::list_notes},
      {Post, {"opportunities", ":", "notes"}, "notes:write", {"perform_as"}, &LeverPeer::add_note},
      {Post,
       {"opportunities", ":", "addTags"},
       "opportunities:write",
       {"perform_as"},
       &LeverPeer::add_tags},
      {Post,
       {"opportunities", ":", "addLinks"},
       "opportunities:write",
       {"perform_as"},
       &LeverPeer::add_links},
      {Put,
       {"opportunities", ":", "stage"},
       "opportunities:write",
       {"perform_as"},
       &LeverPeer::put_stage},
      {Put,
       {"opportunities", ":", "archived"},
       "opportunities:write",
       {"perform_as"},
       &LeverPeer::put_archived}};
  return all;
}

LeverPeer::LeverPeer(const Clock& clock)
    : world_(clock, IdStyle::Uuids), tokens_(burst), filled_at_(clock.now()) {}

http::Response LeverPeer::handle(const http::Request& request) {
  const Timestamp now = world_.now();
  const Target target = parse_target(request.url);
  const auto path = segments_of(target.path);
  if (!path) return response_of(refusal(404, "ResourceNotFound", "the path was not found"), now);
  if (!authorized(request)) {
    return response_of(refusal(401, "UnauthorizedError", "The request requires authentication."),
                       now);
  }
  if (!let_in())
    return response_of(refusal(429, "TooManyRequestsError", "Too many requests."), now);

  const Call call{request.method, *path, target.query,
                  std::string(http::header(request.headers, "Content-Type")), request.body};
  const auto fits = [&](const Endpoint& endpoint) {
    return endpoint.method == call.method &&
           std::ranges::equal(endpoint.pattern, call.path,
                              [](const std::string& want, const std::string& have) {
                                return want == ":" ? !have.empty() : want == have;
                              });
  };
  const auto found = std::ranges::find_if(endpoints(), fits);
  if (found == endpoints().end())
    return response_of(refusal(404, "ResourceNotFound", "the path was not found"), now);
  return response_of(answer(call, *found), now);
}

Outcome LeverPeer::answer(const Call& call, const Endpoint& endpoint) {
  if (!may(endpoint.scope)) return refusal(403, "ForbiddenError", "Not allowed.");
  if (auto wrong = wrong_query(call, endpoint.parameters)) return *wrong;
  const auto confidentiality = call.parameter("confidentiality");
  if (confidentiality && *confidentiality != "non-confidential" && !may("confidential:access")) {
    return refusal(confidential_refusal, "ForbiddenError", "No access to confidential data.");
  }
  if (call.path.size() > 2) {  // something of an opportunity
    const Candidacy* candidacy = find(call.path[1]);
    if (candidacy == nullptr) return not_found("opportunities", call.path[1]);
    if (!may_see(*candidacy)) return refusal(403, "ForbiddenError", "It is confidential.");
    if (call.method != http::Method::Get) {
      if (auto wrong = wrong_author(call)) return *wrong;
    }
  }
  return (this->*endpoint.act)(call);
}

/// The key is the user's name, and there is no password. As a Bearer it is refused.
bool LeverPeer::authorized(const http::Request& request) const {
  static const std::string wanted = "Basic " + http::base64(std::string(kLeverApiKey) + ":");
  return http::header(request.headers, "Authorization") == wanted;
}

/// A bucket of `burst` tokens, `rate` of which come back each second.
bool LeverPeer::let_in() {
  if (rate == 0) return true;
  const Timestamp now = world_.now();
  const auto passed = std::max<Milliseconds::rep>(0, (now - filled_at_).count());
  tokens_ = std::min<double>(burst, tokens_ + static_cast<double>(passed) * rate / 1000.0);
  filled_at_ = now;
  if (tokens_ < 1) return false;
  tokens_ -= 1;
  return true;
}

bool LeverPeer::may(std::string_view scope) const {
  const std::string resource(scope.substr(0, scope.find(':')));
  return scopes.contains(std::string(scope) + ":admin") ||
         (scope.ends_with(":read") && scopes.contains(resource + ":write:admin"));
}

}  // namespace praxisync::sandbox::ats::lever

namespace praxisync::sandbox::ats {

std::unique_ptr<Peer> make_lever(const Clock& clock) {
  return std::make_unique<lever::LeverPeer>(clock);
}

}  // namespace praxisync::sandbox::ats
