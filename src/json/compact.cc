#include <string>
#include <string_view>

#include "json/reader.h"

namespace praxisync::json {
namespace {

void write_text(std::string_view text, std::string& out) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

// Recursive as deep as the parser lets a document be.
void write_value(const Value& value, std::string& out);

void write_array(const Value::Array& array, std::string& out) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    write_value(array[i], out);
  }
  out += ']';
}

void write_object(const Value::Object& object, std::string& out) {
  out += '{';
  for (std::size_t i = 0; i < object.keys.size(); ++i) {
    if (i > 0) out += ',';
    write_text(object.keys[i], out);
    out += ':';
    write_value(object.values[i], out);
  }
  out += '}';
}

void write_value(const Value& value, std::string& out) {
  if (const auto* text = value.get<std::string>()) {
    write_text(*text, out);
  } else if (const auto* number = value.get<Value::Number>()) {
    out += number->spelling;
  } else if (const auto* flag = value.get<bool>()) {
    out += *flag ? "true" : "false";
  } else if (const auto* array = value.get<Value::Array>()) {
    write_array(*array, out);
  } else if (const auto* object = value.get<Value::Object>()) {
    write_object(*object, out);
  } else {
    out += "null";
  }
}

}  // namespace

std::string Value::compact() const {
  std::string out;
  write_value(*this, out);
  return out;
}

}  // namespace praxisync::json
