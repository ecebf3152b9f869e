// A JSON document of any peer: what is read can be written and read again unchanged, within its
// limits, and no error repeats a value.
#include <cmath>

#include "fuzz/fuzz.h"
#include "json/reader.h"

namespace praxisync::fuzz {
namespace {

using json::Fault;
using json::Reader;
using json::Value;

bool same(const Value& a, const Value& b) {
  if (const auto* text = a.get<std::string>()) {
    return b.get<std::string>() != nullptr && *b.get<std::string>() == *text;
  }
  if (const auto* number = a.get<Value::Number>()) {
    return b.get<Value::Number>() != nullptr &&
           b.get<Value::Number>()->spelling == number->spelling;
  }
  if (const auto* flag = a.get<bool>()) return b.get<bool>() != nullptr && *b.get<bool>() == *flag;
  if (const auto* list = a.get<Value::Array>()) {
    const auto* other = b.get<Value::Array>();
    return other != nullptr && std::ranges::equal(*list, *other, same);
  }
  if (const auto* object = a.get<Value::Object>()) {
    const auto* other = b.get<Value::Object>();
    return other != nullptr && object->keys == other->keys &&
           std::ranges::equal(object->values, other->values, same);
  }
  return a.null() && b.null();
}

/// Every accessor on the fields "a" to "e", each with a fault of its own.
void read_fields(const Value& object) {
  for (const std::string_view key : {"a", "b", "c", "d", "e"}) {
    Fault fault;
    const Reader reader(object, "rows[7]", fault);
    const Value* const value = reader.find(key);
    if (!fault && value == nullptr) {
      PRAXISYNC_CHECK(reader.text_or_empty(key).empty() && !reader.flag(key) && !reader.time(key) &&
                          !reader.integer(key, 0, 1) && reader.array(key).empty() && !fault,
                      "a missing field is no fault where it may be missing");
    }
    const std::string text = reader.text(key);
    PRAXISYNC_CHECK(fault || !text.empty(), "a required text is there or a fault");
    Fault other;
    const Reader lenient(object, "", other);
    const auto number = lenient.number(key, -5, 1e6);
    PRAXISYNC_CHECK(!number || (*number >= -5 && *number <= 1e6), "a number is within its range");
    const auto whole = lenient.integer(key, -5, 1'000'000);
    PRAXISYNC_CHECK(!whole || (number && *number == *whole), "an integer is the number it was");
    const auto at = lenient.time(key);
    PRAXISYNC_CHECK(!at || parse_timestamp(format_timestamp(*at)) == at, "a time reads back");
    for (const auto& [item, path] : lenient.array(key)) check_shown(path, 40);
    static_cast<void>(lenient.id_or_empty(key));
    static_cast<void>(lenient.texts(key));
    if (const auto inner = lenient.object(key)) static_cast<void>(inner->id("a"));
    check_shown(fault.what(), 60);
    check_shown(other.what(), 60);
  }
}

void walk(const Value& value, std::size_t depth) {
  PRAXISYNC_CHECK(depth <= json::kMaxDepth, "no document is nested deeper than the limit");
  if (const auto* object = value.get<Value::Object>()) {
    PRAXISYNC_CHECK(object->keys.size() == object->values.size(), "each key has a value");
    read_fields(value);
    for (const Value& member : object->values) walk(member, depth + 1);
  } else if (const auto* list = value.get<Value::Array>()) {
    for (const Value& item : *list) walk(item, depth + 1);
  }
}

}  // namespace

void run(std::string_view input) {
  const Result<Value> read = Value::parse(input);
  if (!read) {
    PRAXISYNC_CHECK(read.error().kind == ErrorKind::Malformed, "what is no JSON is Malformed");
    check_shown(read.error().what, 100);
    return;
  }
  walk(*read, 0);
  const std::string text = read->compact();
  PRAXISYNC_CHECK(is_utf8(text), "JSON is UTF-8");
  const Result<Value> again = Value::parse(text);
  PRAXISYNC_CHECK(again && same(*read, *again), "what was written reads back as it was");
  PRAXISYNC_CHECK(again->compact() == text, "and is written the same again");
}

}  // namespace praxisync::fuzz
