/// What Ashby knows by ids and people by names, asked once a process and kept: stages of interview
/// plans, custom fields, archive reasons, tags.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/ashby/api.h"

namespace praxisync::ashby {

class Directory {
 public:
  explicit Directory(Api& api) : api_(api) {}

  /// The stages of a plan, with `known` among them: where it is not, the plan was changed since
  /// they were asked for, and they are asked for again.
  Result<std::vector<Stage>> stages(const std::string& plan, const std::string& known = {});
  /// They are asked for anew next time.
  void forget(const std::string& plan) { stages_.erase(plan); }
  Result<std::vector<Field>> fields();
  /// One of applications, or else of candidates; nullopt: there is none of that name or id that
  /// praxisync can write. Rejected where there are several.
  Result<std::optional<Field>> field(std::string_view wanted);
  Result<std::vector<connector::Named>> reasons();
  /// The id of the tag of that title, which is made where there is none.
  Result<std::string> tag(const std::string& title);

 private:
  Api& api_;
  std::map<std::string, std::vector<Stage>> stages_;  ///< by plan
  std::optional<std::vector<Field>> fields_;
  std::optional<std::vector<connector::Named>> reasons_;
  std::map<std::string, std::string> tags_;
};

/// Whether praxisync can write values of that type.
bool is_writable(const Field& field);
/// A text as a value of the field. Rejected where it is none.
Result<FieldValue> value_for(const Field& field, std::string_view text);

bool same_name(std::string_view one, std::string_view other);

}  // namespace praxisync::ashby
