#include "sandbox/ats/lever/call.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace praxisync::sandbox::ats::lever {
namespace {

std::optional<long long> number(const std::string& text) {
  long long value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

bool is_time(std::string_view name) { return name.ends_with("_start") || name.ends_with("_end"); }

bool is_flag(std::string_view name) {
  return name == "archived" || name == "snoozed" || name == "includeDeactivated";
}

/// Why a value is wrong; empty: it is not.
std::string complaint(const std::string& name, const std::string& value) {
  if (name == "limit") {
    const auto limit = number(value);
    if (!limit || *limit < 1 || *limit > 100) return "limit must be from 1 to 100";
  }
  if (is_time(name) && !number(value)) return name + " must be milliseconds";
  if (is_flag(name) && value != "true" && value != "false") return name + " must be true or false";
  if (name == "confidentiality" && value != "all" && value != "confidential" &&
      value != "non-confidential") {
    return "confidentiality is unknown";
  }
  return value.empty() ? name + " is empty" : "";
}

}  // namespace

Outcome success(Json value, int status) { return {status, {{"data", std::move(value)}}}; }

Outcome refusal(int status, std::string code, std::string message) {
  return {status, {{"code", std::move(code)}, {"message", std::move(message)}}};
}

Outcome bad_request(std::string message) {
  return refusal(400, "BadRequestError", std::move(message));
}

Outcome not_found(const std::string& what, const std::string& id) {
  return refusal(404, "ResourceNotFound", what + " " + id + " was not found");
}

std::optional<std::string> Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Call::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : query) {
    if (key == name) values.push_back(value);
  }
  return values;
}

std::optional<Outcome> wrong_query(const Call& call, const Names& names) {
  std::map<std::string, int> seen;
  for (const auto& [key, value] : call.query) {
    const bool once = std::ranges::find(names, key) != names.end();
    const bool often = std::ranges::find(names, key + "*") != names.end();
    if (!once && !often) return bad_request("unknown parameter " + key);
    if (once && ++seen[key] > 1) return bad_request(key + " comes twice");
    if (std::string why = complaint(key, value); !why.empty()) return bad_request(why);
  }
  return std::nullopt;
}

std::optional<Timestamp> time_of(const Call& call, std::string_view name) {
  const auto text = call.parameter(name);
  if (!text) return std::nullopt;
  return Timestamp(Milliseconds{number(*text).value_or(0)});
}

Json milliseconds(Timestamp at) { return at.time_since_epoch().count(); }

Json object_of(const Call& call, const Names& keys) {
  Json discarded(Json::value_t::discarded);
  if (!call.content_type.starts_with("application/json")) return discarded;
  Json body = Json::parse(call.body, nullptr, false);
  if (!body.is_object()) return discarded;
  for (const auto& [key, value] : body.items()) {
    if (std::ranges::find(keys, key) == keys.end()) return discarded;
  }
  return body;
}

}  // namespace praxisync::sandbox::ats::lever
