#include "support/json_schema.h"

#include <charconv>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace praxisync::testing_support {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::size_t kMostComplaints = 5;  ///< of one body

}  // namespace

json resolved(const json& node, const json& document) {
  if (node.is_array()) {
    json out = json::array();
    for (const json& item : node) out.push_back(resolved(item, document));
    return out;
  }
  if (!node.is_object()) return node;
  if (const auto reference = node.find("$ref"); reference != node.end()) {
    const std::string place = reference->get<std::string>().substr(1);
    return resolved(document.at(json::json_pointer(place)), document);
  }
  json out = json::object();
  for (const auto& [key, value] : node.items()) {
    if (key != "format" || !value.is_string()) out[key] = resolved(value, document);
  }
  return out;
}

Schema::Schema(const json& text) : schema_(std::make_unique<valijson::Schema>()) {
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(Adapter(text), *schema_);
  integer_ = text.value("type", json()) == "integer";
}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

void Schema::check(const json& value, const std::string& where, Complaints& out) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(*schema_, Adapter(value), &results)) return;
  std::size_t told = 0;
  for (const auto& error : results) {
    if (++told > kMostComplaints) break;
    std::string place;
    for (const std::string& step : error.context) place += step == "<root>" ? "" : step;
    out.push_back(where + ": " + place + ": " + error.description);
  }
  if (told == 0) out.push_back(where + ": does not fit its schema");
}

void Schema::check_text(const std::string& text, const std::string& where, Complaints& out) const {
  long long number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool is_number = error == std::errc{} && stop == end;
  check(integer_ && is_number ? json(number) : json(text), where, out);
}

}  // namespace praxisync::testing_support
