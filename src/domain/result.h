/// Errors travel as values. An error says what is to be done about it (`kind`); where it came from
/// is text that each layer adds to with `during`, so that it reads as a path with the cause last:
/// "pull gh: list applications: HTTP 503 from harvest.greenhouse.io".
/// `what` never holds an address, a name, a token or a URL with a query.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "domain/check.h"
#include "domain/time.h"

namespace praxisync {

/// What is to be done about a failure: one enumerator per reaction, not per cause.
enum class ErrorKind {
  Transient,       ///< nothing took effect: back off, then try again
  Throttled,       ///< nothing took effect: try again no sooner than Error::retry_at
  OutcomeUnknown,  ///< it may have taken effect: look before sending it again
  Rejected,        ///< this record alone: block it with a reason, go on with the rest
  Exhausted,       ///< quota, budget or deadline: stop in order, the next run goes on
  Unauthorized,    ///< stop this account until a person mends its credentials
  Malformed,       ///< the peer broke its own documentation: block, keep the evidence
  Fatal,           ///< the database or the config cannot be trusted: end the run
};

/// The enumerator in snake_case, for JSON and logs.
std::string_view to_string(ErrorKind kind);

struct [[nodiscard]] Error {
  ErrorKind kind;
  std::string what;
  std::optional<Timestamp> retry_at{};  ///< only with Throttled

  /// The same error, one step further out.
  Error during(std::string_view step) && {
    what.insert(0, ": ").insert(0, step);
    return std::move(*this);
  }

  friend bool operator==(const Error&, const Error&) = default;
};

/// A `T` or an `Error`, with the member names of std::expected.
template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {
  }  // NOLINT(google-explicit-constructor): a value is a Result
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {
  }  // NOLINT(google-explicit-constructor): an error is a Result

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return checked(), std::get<0>(state_); }
  const T& value() const& { return checked(), std::get<0>(state_); }
  T&& value() && { return checked(), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return failed(), std::get<1>(state_); }
  const Error& error() const& { return failed(), std::get<1>(state_); }
  Error&& error() && { return failed(), std::get<1>(std::move(state_)); }

 private:
  void checked() const { PRAXISYNC_CHECK(has_value(), "value() of a Result that holds an error"); }
  void failed() const { PRAXISYNC_CHECK(!has_value(), "error() of a Result that holds a value"); }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error)
      : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor): an error is a Result

  bool has_value() const { return !error_; }
  explicit operator bool() const { return has_value(); }

  Error& error() & { return failed(), *error_; }
  const Error& error() const& { return failed(), *error_; }
  Error&& error() && { return failed(), std::move(*error_); }

 private:
  void failed() const { PRAXISYNC_CHECK(error_.has_value(), "error() of a Result without one"); }

  std::optional<Error> error_;
};

}  // namespace praxisync
