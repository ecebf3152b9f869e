/// The endpoints of the played Harvest v3 behind the door: who asks and how often was looked at
/// before. A refusal is a 422 that names the parameter.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sandbox/ats/greenhouse/greenhouse.h"

namespace praxisync::sandbox::ats::harvest {

using Json = nlohmann::ordered_json;

struct Refused {
  std::string parameter;  ///< empty: of the request as a whole
  std::string why;
  int status = 422;
};

http::Response answer(int status, const Json& body);
http::Response refusal(const Refused& refused);

/// The parameters of a list, checked one by one; those that nobody asked for are refused at the
/// end.
class Query {
 public:
  explicit Query(std::vector<std::pair<std::string, std::string>> parameters);

  std::optional<std::string> text(std::string_view name);
  std::optional<std::string> one_of(std::string_view name, std::vector<std::string> words);
  std::optional<bool> flag(std::string_view name);
  /// Whole numbers, 50 at most.
  std::optional<std::vector<std::string>> ids(std::string_view name);
  /// "gte|A", or "gte|A|lte|B": earliest and latest, both included.
  std::optional<std::pair<Timestamp, Timestamp>> span(std::string_view name);
  std::optional<std::vector<std::string>> fields();
  std::size_t per_page();

  bool empty() const { return parameters_.empty(); }
  void refuse(std::string_view parameter, std::string why);
  /// What was wrong first; an unknown parameter too.
  std::optional<Refused> refused() const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
  std::vector<std::string> asked_;
  std::optional<Refused> refused_;
};

struct Call {
  GreenhousePeer& peer;
  Recruiting& world;
  const std::string& user;  ///< whom the token acts as
  Timestamp now;
};

struct Endpoint {
  http::Method method;
  std::string_view list;    ///< "applications"
  std::string_view action;  ///< "list", "create", "update", "move", "reject"
  std::string id{};         ///< of the path

  std::string scope() const;
};
/// nullopt: nothing is at that path.
std::optional<Endpoint> endpoint_of(http::Method method, std::string_view path);

http::Response list(const Call& call, const Endpoint& endpoint, std::string_view query);
http::Response write(const Call& call, const Endpoint& endpoint, const http::Request& request);

// Rows, and whether they are shown at all.
Json row_of(const Call& call, const Candidacy& application);
Json row_of(const Call& call, const Person& person);
bool shown(const Recruiting& world, const Candidacy& application);

/// Harvest's ids are JSON numbers; null where there is none.
Json number(const std::string& id);

}  // namespace praxisync::sandbox::ats::harvest
