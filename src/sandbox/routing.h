/// From a URL to an endpoint. Paths are /api/v1/public/…/ and end in '/', as the real ones do:
/// without it there is nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/transport.h"

namespace praxisync::sandbox {

inline constexpr std::string_view kPublicPath = "/api/v1/public/";

enum class Endpoint {
  ListAssessments,
  GetAssessment,
  ListTasks,
  CreateInvite,
  BulkInvite,
  ListResults,
  ListInvites,
  GetInvite,
  CancelInvite,
  Remind,
  GetResult,
  ListCases,
  CreateCase,
  GetCase,
  PatchCase,
  DeleteCase,
  ListPipelines,
  GetPipeline,
  Enroll,
  GetEnrollment,
  ListWebhooks,
  CreateWebhook,
  TestWebhook,
  GetOrganisation,
  ListTeam,
  GetStats,
};

/// The part of a URL that a server sees.
struct Target {
  std::string path;                                        ///< as sent
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in order

  /// The last parameter of that name.
  std::optional<std::string> parameter(std::string_view name) const;
};

Target parse_target(std::string_view url);

struct Route {
  bool known = false;                  ///< whether there is anything at that path
  std::optional<Endpoint> endpoint{};  ///< nullopt: not with that method
  std::string argument{};              ///< the slug, token or id in the path, decoded
  std::string_view scope{};            ///< that the key must have; empty: any key will do
  std::string allow{};                 ///< the methods that there are
};

Route match_route(std::string_view path, http::Method method);

/// What there is, for whoever holds it against the documents.
struct KnownRoute {
  http::Method method;
  std::string_view pattern;  ///< below kPublicPath; ':' stands for one segment
};
std::vector<KnownRoute> known_routes();

}  // namespace praxisync::sandbox
