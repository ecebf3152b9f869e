/// JSON text into a small tree of its own, and a reader that takes typed fields out of it and names
/// the path of the first thing that is wrong: "results[3].email: missing". Used by wire.cc, which
/// turns peers' answers into domain values. No value of the document ever gets into an error text.
/// Null and missing are the same. Numbers keep their spelling, so that long ids lose no digit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"

namespace praxisync::json {

inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxValues = 200'000;  ///< a page of 100 rows has some thousands

class Value {
 public:
  struct Number {
    std::string spelling;
  };
  using Array = std::vector<Value>;
  struct Object {
    std::vector<std::string> keys;
    std::vector<Value> values;  ///< as many, in the same order
  };
  using State = std::variant<std::monostate, bool, Number, std::string, Array, Object>;

  /// Malformed where `text` is not one JSON document in UTF-8 within the limits above.
  static Result<Value> parse(std::string_view text);

  Value() = default;
  explicit Value(State state) : state_(std::move(state)) {}

  template <typename T>
  const T* get() const {
    return std::get_if<T>(&state_);
  }
  template <typename T>
  T* get() {
    return std::get_if<T>(&state_);
  }
  bool null() const { return get<std::monostate>() != nullptr; }
  /// Of an object: the member of that name, the last one where it stands twice. nullptr where it is
  /// missing or null, or this is no object.
  const Value* find(std::string_view key) const;
  /// JSON text without a space, the members in their order (one that stands twice, twice).
  std::string compact() const;

 private:
  State state_;
};

/// The first thing that was wrong, shared by the readers of one document or one row.
class Fault {
 public:
  void note(std::string_view path, std::string_view key, std::string_view why);
  explicit operator bool() const { return !what_.empty(); }
  const std::string& what() const { return what_; }
  Error error() const { return {ErrorKind::Malformed, what_}; }

 private:
  std::string what_;
};

/// Reads the fields of one object. After a fault it goes on with empty values: look at the fault
/// before using what was read. Borrows the value and the fault.
class Reader {
 public:
  Reader(const Value& object, std::string path, Fault& fault);

  // Required and not empty, or a fault. An id may be a number: its own spelling. It is shown as it
  // is, so that control characters in one are a fault.
  std::string text(std::string_view key) const;
  std::string id(std::string_view key) const;

  // Optional: empty where missing, a fault where it is something else.
  std::string text_or_empty(std::string_view key) const;
  std::string id_or_empty(std::string_view key) const;
  /// Also takes 3.0. A fault outside of [least, most].
  std::optional<int> integer(std::string_view key, int least, int most) const;
  std::optional<double> number(std::string_view key, double least, double most) const;
  std::optional<bool> flag(std::string_view key) const;
  std::optional<Timestamp> time(std::string_view key) const;
  /// The texts of an array; a fault where one is something else.
  std::vector<std::string> texts(std::string_view key) const;
  std::optional<Reader> object(std::string_view key) const;
  /// The rows of an array, each with its path ("cases[2]").
  std::vector<std::pair<const Value*, std::string>> array(std::string_view key) const;

  void require(std::initializer_list<std::string_view> keys) const;
  const Value* find(std::string_view key) const { return object_->find(key); }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  Fault& fault() const { return *fault_; }
  const Value& value() const { return *object_; }
  void note(std::string_view key, std::string_view why) const { fault_->note(path_, key, why); }

 private:
  const Value* object_;
  std::string path_;
  Fault* fault_;
};

}  // namespace praxisync::json
