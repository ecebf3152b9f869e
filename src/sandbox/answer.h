/// What an endpoint gives back, before the headers that every answer has.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace praxisync::sandbox {

struct Answer {
  int status = 200;
  std::string body{};  ///< JSON; empty with 204
};

/// An error in the documented form. An empty code is left out of the body.
struct Refusal {
  int status = 400;
  std::string code, message;
};

/// A request's body as far as it could be read, or why it is refused.
template <typename T>
using Parsed = std::variant<T, Refusal>;

inline Refusal not_found(const std::string& what) {
  return {404, "NOT_FOUND", what + " not found."};
}

}  // namespace praxisync::sandbox
