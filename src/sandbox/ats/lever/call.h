/// A request to the played Lever, taken apart, and what comes of it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/time.h"
#include "http/transport.h"

namespace praxisync::sandbox::ats::lever {

using Json = nlohmann::ordered_json;

struct Outcome {
  int status = 200;
  Json body{};
};

Outcome success(Json value, int status = 200);
Outcome refusal(int status, std::string code, std::string message);
Outcome bad_request(std::string message);
/// "stages a80bbbe0-… was not found"
Outcome not_found(const std::string& what, const std::string& id);

struct Call {
  http::Method method = http::Method::Get;
  std::vector<std::string> path;  ///< below /v1, decoded
  std::vector<std::pair<std::string, std::string>> query;
  std::string content_type, body;

  std::optional<std::string> parameter(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
};

/// What a query may hold. A name that ends in '*' may come more than once.
using Names = std::vector<std::string_view>;

/// What is wrong with the query; nullopt: nothing. `limit` and times are looked at too.
std::optional<Outcome> wrong_query(const Call& call, const Names& names);

/// Milliseconds since 1970 of a parameter that wrong_query let pass.
std::optional<Timestamp> time_of(const Call& call, std::string_view name);
Json milliseconds(Timestamp at);

/// The body, where it is a JSON object of these keys alone; a discarded value otherwise.
Json object_of(const Call& call, const Names& keys);

}  // namespace praxisync::sandbox::ats::lever
