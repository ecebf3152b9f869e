#include "connectors/file/wire.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "connectors/file/file_bytes.h"
#include "domain/text.h"

namespace praxisync::file {
namespace {

using Json = nlohmann::json;

const Json* member(const Json& object, std::string_view name) {
  const auto exact = object.find(name);
  if (exact != object.end()) return &*exact;
  const std::string wanted = fold(trim(name));
  for (const auto& [key, value] : object.items()) {
    if (fold(trim(key)) == wanted) return &value;
  }
  return nullptr;
}

const Json* element(const Json& array, std::string_view index) {
  std::size_t at = 0;
  const auto [end, failed] = std::from_chars(index.data(), index.data() + index.size(), at);
  const bool whole = failed == std::errc() && end == index.data() + index.size();
  return whole && at < array.size() ? &array[at] : nullptr;
}

const Json* at_path(const Json& record, std::string_view path) {
  if (const Json* direct = member(record, path)) return direct;
  const Json* here = &record;
  while (here != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    if (here->is_null()) return here;
    here = here->is_object()  ? member(*here, step)
           : here->is_array() ? element(*here, step)
                              : nullptr;
  }
  return here;
}

Error bad(std::string reason) { return Error{ErrorKind::Rejected, std::move(reason)}; }

Result<std::string> text_of(const Json& value, const std::string& name) {
  switch (value.type()) {
    case Json::value_t::null:
      return std::string();
    case Json::value_t::string: {
      const std::string& text = value.get_ref<const std::string&>();
      if (text.size() > kFieldLimit) return bad(name + " is longer than 64 KiB");
      if (text.find('\0') != std::string::npos) return bad(name + " holds a NUL character");
      return text;
    }
    case Json::value_t::boolean:
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return value.dump();
    case Json::value_t::number_float:  // two long ids could be rounded to the same one
      return bad(name +
                 " is a number with a fraction or too many digits; write it as text, in quotes");
    default:
      return bad(
          name +
          " is an object or a list, not text; name the value in it, as in \"candidate.email\"");
  }
}

std::vector<std::string> keys_of(const Json& record) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : record.items()) keys.push_back(key);
  return keys;
}

Result<Json> parse_object(std::string_view line) {
  try {
    Json record = Json::parse(line);
    if (record.is_object()) return record;
    return bad("is not an object; each line has to be one");
  } catch (const Json::parse_error& e) {  // its text quotes the line: only the place is passed on
    return bad("is not valid JSON at byte " + std::to_string(e.byte) +
               "; each line has to be one object");
  } catch (const Json::out_of_range&) {  // 1e999: JSON, but no number that there is room for
    return bad("holds a number that is too large; write it as text, in quotes");
  }
}

}  // namespace

Result<std::array<std::string, kColumnCount>> read_json_line(std::string_view line,
                                                             const Layout& layout) {
  Result<Json> record = parse_object(line);
  if (!record) return std::move(record).error();
  std::array<std::string, kColumnCount> texts;
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    const Column which = static_cast<Column>(i);
    const Json* value = at_path(*record, layout.column(which).name);
    if (value == nullptr) {
      if (!layout.needs(which)) continue;
      return bad(missing_column(layout, which, keys_of(*record), "key"));
    }
    Result<std::string> text = text_of(*value, column_names()[i]);
    if (!text && which == Column::UpdatedAt) continue;
    if (!text) return std::move(text).error();
    texts[i] = *std::move(text);
  }
  return texts;
}

}  // namespace praxisync::file
