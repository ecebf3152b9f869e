#include "json/reader.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "domain/text.h"

namespace praxisync::json {
namespace {

/// Builds the tree while the text is read, so that a limit stops the reading.
class TreeBuilder {
 public:
  using json = nlohmann::json;

  bool null() { return add(Value::State{}); }
  bool boolean(bool value) { return add(Value::State{value}); }
  bool number_integer(json::number_integer_t value) { return number(std::to_string(value)); }
  bool number_unsigned(json::number_unsigned_t value) { return number(std::to_string(value)); }
  bool number_float(json::number_float_t, const std::string& spelling) { return number(spelling); }
  bool string(std::string& value) { return add(Value::State{std::move(value)}); }
  bool binary(json::binary_t&) { return false; }
  bool key(std::string& name) {
    key_ = std::move(name);
    return true;
  }
  bool start_object(std::size_t) { return open(Value::Object{}); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Value::Array{}); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    failure_ = "not JSON: wrong at byte " + std::to_string(position);
    return false;
  }

  const std::string& failure() const { return failure_; }
  Value take() { return std::move(root_); }

 private:
  bool number(std::string spelling) {
    return add(Value::State{Value::Number{std::move(spelling)}});
  }

  bool add(Value::State state) { return place(std::move(state)) != nullptr; }

  bool open(Value::State state) {
    if (open_.size() == kMaxDepth) {
      failure_ = "nested deeper than " + std::to_string(kMaxDepth);
      return false;
    }
    Value* const placed = place(std::move(state));
    if (placed == nullptr) return false;
    open_.push_back(placed);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  /// Only the innermost open container grows, so the pointers in `open_` stay good.
  Value* place(Value::State state) {
    if (++values_ > kMaxValues) {
      failure_ = "more than " + std::to_string(kMaxValues) + " values";
      return nullptr;
    }
    if (open_.empty()) {
      root_ = Value(std::move(state));
      return &root_;
    }
    if (auto* array = open_.back()->get<Value::Array>()) {
      return &array->emplace_back(std::move(state));
    }
    auto* const object = open_.back()->get<Value::Object>();
    object->keys.push_back(std::move(key_));
    return &object->values.emplace_back(std::move(state));
  }

  Value root_;
  std::vector<Value*> open_;
  std::string key_, failure_;
  std::size_t values_ = 0;
};

std::optional<double> to_double(const std::string& spelling) {
  double value = 0;
  const char* const end = spelling.data() + spelling.size();
  const auto [stop, error] = std::from_chars(spelling.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

Result<Value> Value::parse(std::string_view text) {
  const std::string_view content = trim(text);
  if (content.empty()) return Error{ErrorKind::Malformed, "an empty body instead of JSON"};
  if (content.front() == '<') return Error{ErrorKind::Malformed, "a web page instead of JSON"};
  TreeBuilder builder;
  if (!nlohmann::json::sax_parse(content, &builder)) {
    return Error{ErrorKind::Malformed, builder.failure()};
  }
  return builder.take();
}

const Value* Value::find(std::string_view key) const {
  const auto* const object = get<Object>();
  if (object == nullptr) return nullptr;
  for (std::size_t i = object->keys.size(); i-- > 0;) {
    if (object->keys[i] == key) return object->values[i].null() ? nullptr : &object->values[i];
  }
  return nullptr;
}

void Fault::note(std::string_view path, std::string_view key, std::string_view why) {
  if (!what_.empty()) return;
  what_ = path;
  if (!path.empty() && !key.empty()) what_ += '.';
  what_ += key;
  if (!what_.empty()) what_ += ": ";
  what_ += why;
}

Reader::Reader(const Value& object, std::string path, Fault& fault)
    : object_(&object), path_(std::move(path)), fault_(&fault) {
  if (object.get<Value::Object>() == nullptr) note("", "not an object");
}

void Reader::require(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    if (!has(key)) note(key, "missing");
  }
}

std::string Reader::text(std::string_view key) const {
  require({key});
  std::string found = text_or_empty(key);
  if (found.empty()) note(key, "empty");
  return found;
}

std::string Reader::id(std::string_view key) const {
  require({key});
  std::string found = id_or_empty(key);
  if (found.empty()) note(key, "empty");
  return found;
}

std::string Reader::text_or_empty(std::string_view key) const {
  const Value* const value = object_->find(key);
  if (value == nullptr) return {};
  if (const auto* found = value->get<std::string>()) return *found;
  note(key, "not a text");
  return {};
}

std::string Reader::id_or_empty(std::string_view key) const {
  const Value* const value = object_->find(key);
  if (value == nullptr) return {};
  if (const auto* found = value->get<std::string>()) {
    if (printable(*found, found->size()) != *found) note(key, "holds a control character");
    return *found;
  }
  if (const auto* found = value->get<Value::Number>()) return found->spelling;
  note(key, "not a text or number");
  return {};
}

std::optional<int> Reader::integer(std::string_view key, int least, int most) const {
  const std::optional<double> found = number(key, least, most);
  if (!found) return std::nullopt;
  if (*found != std::floor(*found)) {
    note(key, "not a whole number");
    return std::nullopt;
  }
  return static_cast<int>(*found);
}

std::optional<double> Reader::number(std::string_view key, double least, double most) const {
  const Value* const value = object_->find(key);
  if (value == nullptr) return std::nullopt;
  const auto* const spelt = value->get<Value::Number>();
  if (spelt == nullptr) {
    note(key, "not a number");
    return std::nullopt;
  }
  const std::optional<double> found = to_double(spelt->spelling);
  if (!found || *found < least || *found > most) {
    note(key, "out of range");
    return std::nullopt;
  }
  return found;
}

std::optional<bool> Reader::flag(std::string_view key) const {
  const Value* const value = object_->find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* found = value->get<bool>()) return *found;
  note(key, "not true or false");
  return std::nullopt;
}

std::optional<Timestamp> Reader::time(std::string_view key) const {
  const std::string found = text_or_empty(key);
  if (found.empty()) return std::nullopt;
  const std::optional<Timestamp> at = parse_timestamp(found);
  if (!at) note(key, "not an ISO 8601 time");
  return at;
}

std::vector<std::string> Reader::texts(std::string_view key) const {
  std::vector<std::string> found;
  for (const auto& [value, path] : array(key)) {
    if (const auto* text = value->get<std::string>()) {
      found.push_back(*text);
    } else {
      fault_->note(path, "", "not a text");
    }
  }
  return found;
}

std::optional<Reader> Reader::object(std::string_view key) const {
  const Value* const value = object_->find(key);
  if (value == nullptr) return std::nullopt;
  return Reader(*value, path_.empty() ? std::string(key) : path_ + '.' + std::string(key), *fault_);
}

std::vector<std::pair<const Value*, std::string>> Reader::array(std::string_view key) const {
  const Value* const value = object_->find(key);
  if (value == nullptr) return {};
  const auto* const items = value->get<Value::Array>();
  if (items == nullptr) {
    note(key, "not an array");
    return {};
  }
  const std::string name = path_.empty() ? std::string(key) : path_ + '.' + std::string(key);
  std::vector<std::pair<const Value*, std::string>> rows;
  rows.reserve(items->size());
  for (const Value& item : *items) {
    rows.emplace_back(&item, name + '[' + std::to_string(rows.size()) + ']');
  }
  return rows;
}

}  // namespace praxisync::json
