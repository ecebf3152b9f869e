#include "sandbox/ats/ashby/input.h"

namespace praxisync::sandbox::ats::ashby {

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

void Input::blame(const std::string& why) {
  if (wrong_.empty()) wrong_ = why;
}

const nlohmann::json* Input::find(const std::string& key) {
  known_.insert(key);
  const auto found = body_.find(key);
  return found == body_.end() ? nullptr : &*found;
}

const nlohmann::json* Input::any(const std::string& key) {
  const auto* const value = find(key);
  if (value == nullptr) blame(key + " is missing");
  return value;
}

std::string Input::text_or_empty(const std::string& key) {
  const auto* const value = find(key);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  blame(key + " is no string");
  return {};
}

std::string Input::text(const std::string& key) {
  std::string found = text_or_empty(key);
  if (found.empty()) blame(key + " is missing");
  return found;
}

std::string Input::uuid_or_empty(const std::string& key) {
  const bool given = find(key) != nullptr;
  std::string found = text_or_empty(key);
  if (given && !is_uuid(found)) blame(key + " is no uuid");
  return found;
}

std::string Input::uuid(const std::string& key) {
  std::string found = uuid_or_empty(key);
  if (found.empty()) blame(key + " is missing");
  return found;
}

std::string Input::one_of(const std::string& key, const std::set<std::string>& words) {
  std::string found = text_or_empty(key);
  if (!found.empty() && !words.contains(found)) blame(key + " is none of the values that it has");
  return found;
}

std::set<std::string> Input::some_of(const std::string& key, const std::set<std::string>& words) {
  std::set<std::string> found;
  const auto* const value = find(key);
  if (value == nullptr) return found;
  if (!value->is_array()) blame(key + " is no array");
  for (const auto& item : *value) {
    if (!item.is_string() || !words.contains(item.get<std::string>())) {
      blame(key + " has a value that there is not");
    } else {
      found.insert(item.get<std::string>());
    }
  }
  return found;
}

bool Input::flag(const std::string& key) {
  const auto* const value = find(key);
  if (value == nullptr) return false;
  if (!value->is_boolean()) blame(key + " is no boolean");
  return value->is_boolean() && value->get<bool>();
}

std::optional<long long> Input::integer(const std::string& key) {
  const auto* const value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number_integer()) {
    blame(key + " is no integer");
    return std::nullopt;
  }
  return value->get<long long>();
}

int Input::limit() {
  constexpr int kMost = 100;
  const auto given = integer("limit");
  if (!given) return kMost;
  if (*given < 1 || *given > kMost) blame("limit is not 1 to 100");
  return static_cast<int>(*given);
}

std::optional<std::string> Input::wrong() const {
  if (!wrong_.empty()) return wrong_;
  for (const auto& [key, value] : body_.items()) {
    if (!known_.contains(key)) return key + " is unknown here";
  }
  return std::nullopt;
}

}  // namespace praxisync::sandbox::ats::ashby
