#pragma once

#include <gmock/gmock.h>

#include <ostream>

#include "domain/result.h"

namespace praxisync {

inline void PrintTo(const Error& error, std::ostream* out) {
  *out << to_string(error.kind) << ": " << error.what;
}

template <typename T>
void PrintTo(const Result<T>& result, std::ostream* out) {
  if (result) {
    *out << "a value";
  } else {
    PrintTo(result.error(), out);
  }
}

}  // namespace praxisync

namespace praxisync::testing_support {

/// EXPECT_THAT(result, IsOk());
MATCHER(IsOk, "holds a value") {
  if (arg) return true;
  *result_listener << to_string(arg.error().kind) << ": " << arg.error().what;
  return false;
}

/// EXPECT_THAT(result, FailsWith(ErrorKind::Throttled));
MATCHER_P(FailsWith, kind, "fails with " + std::string(to_string(kind))) {
  if (arg) return false;
  *result_listener << to_string(arg.error().kind) << ": " << arg.error().what;
  return arg.error().kind == kind;
}

/// EXPECT_THAT(result, FailsSaying("column 7"));
MATCHER_P(FailsSaying, part, "fails with a text that has \"" + std::string(part) + "\"") {
  if (arg) return false;
  *result_listener << arg.error().what;
  return arg.error().what.find(part) != std::string::npos;
}

}  // namespace praxisync::testing_support
