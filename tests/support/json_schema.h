/// A JSON schema as a judge, for tests: what in a document is not as the schema says, a line each.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace valijson {
class Schema;
}

namespace praxisync::testing_support {

using Complaints = std::vector<std::string>;

/// `node` with what its $ref names in its place, all the way down. `format` is a note, not a rule,
/// and the validator would apply it to null as well: it is left out.
nlohmann::json resolved(const nlohmann::json& node, const nlohmann::json& document);

class Schema {
 public:
  explicit Schema(const nlohmann::json& text);
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  void check(const nlohmann::json& value, const std::string& where, Complaints& out) const;
  /// A parameter's or header's text, as a number where the schema wants one.
  void check_text(const std::string& text, const std::string& where, Complaints& out) const;

 private:
  std::unique_ptr<valijson::Schema> schema_;
  bool integer_ = false;
};

}  // namespace praxisync::testing_support
