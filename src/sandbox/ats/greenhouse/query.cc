#include <algorithm>
#include <charconv>

#include "sandbox/ats/greenhouse/harvest.h"
#include "sandbox/json_text.h"

namespace praxisync::sandbox::ats::harvest {
namespace {

constexpr std::size_t kMostIds = 50, kMostFields = 50;

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 20 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

http::Response answer(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, json_text(body)};
}

http::Response refusal(const Refused& refused) {
  if (refused.status == 404) return answer(404, {{"message", "Resource not found"}});
  Json errors = Json::array();
  if (refused.parameter.empty()) {
    errors.push_back(refused.why);
  } else {
    errors.push_back(Json{{refused.parameter, refused.why}});
  }
  return answer(refused.status, {{"message", "Unprocessable Content"}, {"errors", errors}});
}

Json number(const std::string& id) {
  std::int64_t value = 0;
  std::from_chars(id.data(), id.data() + id.size(), value);
  return id.empty() ? Json(nullptr) : Json(value);
}

Query::Query(std::vector<std::pair<std::string, std::string>> parameters)
    : parameters_(std::move(parameters)) {
  for (const auto& [name, value] : parameters_) {
    const auto same = [&name = name](const auto& other) { return other.first == name; };
    if (std::count_if(parameters_.begin(), parameters_.end(), same) > 1) refuse(name, "twice");
  }
}

void Query::refuse(std::string_view parameter, std::string why) {
  if (!refused_) refused_ = Refused{std::string(parameter), std::move(why)};
}

std::optional<std::string> Query::text(std::string_view name) {
  asked_.emplace_back(name);
  for (const auto& [key, value] : parameters_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<std::string> Query::one_of(std::string_view name, std::vector<std::string> words) {
  std::optional<std::string> word = text(name);
  if (word && std::find(words.begin(), words.end(), *word) == words.end())
    refuse(name, "is not one of those allowed");
  return word;
}

std::optional<bool> Query::flag(std::string_view name) {
  const std::optional<std::string> word = one_of(name, {"true", "false"});
  return word ? std::optional(*word == "true") : std::nullopt;
}

std::optional<std::vector<std::string>> Query::ids(std::string_view name) {
  const std::optional<std::string> list = text(name);
  if (!list) return std::nullopt;
  std::vector<std::string> all = split(*list, ',');
  if (all.size() > kMostIds) refuse(name, "size cannot be greater than 50");
  if (!std::all_of(all.begin(), all.end(), is_number)) refuse(name, "must be integers");
  return all;
}

std::optional<std::pair<Timestamp, Timestamp>> Query::span(std::string_view name) {
  const std::optional<std::string> given = text(name);
  if (!given) return std::nullopt;
  std::pair<Timestamp, Timestamp> span{Timestamp{}, Timestamp::max()};
  const std::vector<std::string> parts = split(*given, '|');
  if (parts.size() != 2 && parts.size() != 4) refuse(name, "must be operator|timestamp");
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    const auto at = parse_timestamp(parts[i + 1]);
    if (!at) refuse(name, "must be operator|timestamp");
    if (parts[i] == "gte") {
      span.first = at.value_or(Timestamp{});
    } else if (parts[i] == "gt") {
      span.first = at.value_or(Timestamp{}) + Milliseconds{1};
    } else if (parts[i] == "lte") {
      span.second = at.value_or(Timestamp{});
    } else if (parts[i] == "lt") {
      span.second = at.value_or(Timestamp{}) - Milliseconds{1};
    } else {
      refuse(name, "has an unknown operator");
    }
  }
  return span;
}

std::optional<std::vector<std::string>> Query::fields() {
  const std::optional<std::string> list = text("fields");
  if (!list) return std::nullopt;
  std::vector<std::string> all = split(*list, ',');
  if (all.size() > kMostFields) refuse("fields", "size cannot be greater than 50");
  return all;
}

std::size_t Query::per_page() {
  const std::optional<std::string> given = text("per_page");
  if (!given) return 100;
  std::size_t size = 0;
  const auto [end, failed] = std::from_chars(given->data(), given->data() + given->size(), size);
  if (failed != std::errc{} || end != given->data() + given->size() || size < 1)
    refuse("per_page", "must be an integer");
  if (size > 500) refuse("per_page", "`" + *given + "` number is greater than: 500");
  return size;
}

std::optional<Refused> Query::refused() const {
  if (refused_) return refused_;
  for (const auto& [name, value] : parameters_) {
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
      return Refused{name, "is not allowed"};
  }
  return std::nullopt;
}

}  // namespace praxisync::sandbox::ats::harvest
