#include "sandbox/routing.h"

#include <algorithm>

#include "http/url.h"

namespace praxisync::sandbox {
namespace {

struct Row {
  http::Method method;
  std::string_view pattern;  ///< below kPublicPath; ':' stands for one segment
  Endpoint endpoint;
  std::string_view scope;
};

using enum http::Method;

// Source 000 to 004; a pattern without ':' comes before one that would match it too.
constexpr Row kRows[] = {
    {Get, "assessments/", Endpoint::ListAssessments, "assessments:read"},
    {Get, "assessments/:/", Endpoint::GetAssessment, "assessments:read"},
    {Get, "assessments/:/cases/", Endpoint::ListTasks, "assessments:read"},
    {Post, "assessments/:/invites/", Endpoint::CreateInvite, "invitations:write"},
    {Post, "assessments/:/invites/bulk/", Endpoint::BulkInvite, "invitations:write"},
    {Get, "assessments/:/results/", Endpoint::ListResults, "candidates:read"},
    {Get, "invites/", Endpoint::ListInvites, "invitations:read"},
    {Get, "invites/:/", Endpoint::GetInvite, "invitations:read"},
    {Delete, "invites/:/", Endpoint::CancelInvite, "invitations:write"},
    {Post, "invites/:/remind/", Endpoint::Remind, "invitations:write"},
    {Get, "invites/:/result/", Endpoint::GetResult, "candidates:read"},
    {Get, "cases/", Endpoint::ListCases, "cases:read"},
    {Post, "cases/create/", Endpoint::CreateCase, "cases:write"},
    {Get, "cases/:/", Endpoint::GetCase, "cases:read"},
    {Patch, "cases/:/", Endpoint::PatchCase, "cases:write"},
    {Delete, "cases/:/", Endpoint::DeleteCase, "cases:write"},
    {Get, "pipelines/", Endpoint::ListPipelines, ""},
    {Get, "pipelines/enrollments/:/", Endpoint::GetEnrollment, ""},
    {Get, "pipelines/:/", Endpoint::GetPipeline, ""},
    {Post, "pipelines/:/enroll/", Endpoint::Enroll, ""},
    {Get, "webhooks/", Endpoint::ListWebhooks, ""},
    {Post, "webhooks/", Endpoint::CreateWebhook, ""},
    {Post, "webhooks/:/test/", Endpoint::TestWebhook, ""},
    {Get, "org/", Endpoint::GetOrganisation, ""},
    {Get, "org/team/", Endpoint::ListTeam, ""},
    {Get, "org/stats/", Endpoint::GetStats, ""},
};

/// What is badly encoded stays as it is: nothing will be found under it.
std::string decoded(std::string_view text) {
  return http::decode_query_value(text).value_or(std::string(text));
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> query;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    query.emplace_back(decoded(part.substr(0, equals)),
                       decoded(part.substr(std::min(equals + 1, part.size()))));
  }
  return query;
}

/// Whether `path` (below kPublicPath) is of that pattern; the segment under ':' goes to `argument`.
bool matches(std::string_view pattern, std::string_view path, std::string_view& argument) {
  while (!pattern.empty()) {
    const std::size_t end = path.find('/');
    if (end == std::string_view::npos || end == 0) return false;
    const std::string_view want = pattern.substr(0, pattern.find('/'));
    const std::string_view have = path.substr(0, end);
    if (want == ":") {
      argument = have;
    } else if (want != have) {
      return false;
    }
    pattern.remove_prefix(want.size() + 1);
    path.remove_prefix(end + 1);
  }
  return path.empty();
}

}  // namespace

std::optional<std::string> Target::parameter(std::string_view name) const {
  for (auto it = query.rbegin(); it != query.rend(); ++it) {
    if (it->first == name) return it->second;
  }
  return std::nullopt;
}

Target parse_target(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos && scheme < url.find('/')) {
    url.remove_prefix(std::min(url.find('/', scheme + 3), url.size()));
  }
  url = url.substr(0, url.find('#'));
  const std::size_t question = std::min(url.find('?'), url.size());
  return Target{std::string(url.substr(0, question)),
                parse_query(url.substr(std::min(question + 1, url.size())))};
}

Route match_route(std::string_view path, http::Method method) {
  Route route;
  if (!path.starts_with(kPublicPath)) return route;
  path.remove_prefix(kPublicPath.size());

  std::string_view pattern;
  for (const Row& row : kRows) {
    std::string_view argument;
    if (route.known ? row.pattern != pattern : !matches(row.pattern, path, argument)) continue;
    if (!route.known) {
      route.known = true;
      route.argument = decoded(argument);
      pattern = row.pattern;
    }
    route.allow += (route.allow.empty() ? "" : ", ") + std::string(to_string(row.method));
    if (row.method == method) {
      route.endpoint = row.endpoint;
      route.scope = row.scope;
    }
  }
  return route;
}

std::vector<KnownRoute> known_routes() {
  std::vector<KnownRoute> routes;
  for (const Row& row : kRows) routes.push_back({row.method, row.pattern});
  return routes;
}

}  // namespace praxisync::sandbox
