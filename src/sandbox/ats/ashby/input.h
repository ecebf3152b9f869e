/// A request's body, read as strictly as it could be: each field is asked for by its name, and what
/// nobody asked for must not be there.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace praxisync::sandbox::ats::ashby {

class Input {
 public:
  explicit Input(nlohmann::json body) : body_(std::move(body)) {}

  std::string uuid(const std::string& key);
  std::string uuid_or_empty(const std::string& key);
  std::string text(const std::string& key);  ///< not empty
  std::string text_or_empty(const std::string& key);
  std::string one_of(const std::string& key, const std::set<std::string>& words);  ///< or empty
  std::set<std::string> some_of(const std::string& key, const std::set<std::string>& words);
  bool flag(const std::string& key);  ///< false where it is missing
  int limit();
  std::optional<long long> integer(const std::string& key);
  const nlohmann::json* any(const std::string& key);

  void blame(const std::string& why);
  /// After everything was asked for: the first thing that is wrong.
  std::optional<std::string> wrong() const;

 private:
  const nlohmann::json* find(const std::string& key);

  nlohmann::json body_;
  std::set<std::string> known_;
  std::string wrong_;
};

bool is_uuid(std::string_view text);

}  // namespace praxisync::sandbox::ats::ashby
