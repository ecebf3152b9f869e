/// SHA-256 fingerprints and HMAC-SHA256 codes, as 64 lower-case hex digits. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace praxisync {

/// Two lower-case digits a byte.
std::string hex(std::string_view bytes);

std::string sha256(std::string_view text);

/// A code that shows who made a text. It has no `==`, whose time tells how much of a guess is
/// right.
class Mac {
 public:
  explicit Mac(std::string digits) : digits_(std::move(digits)) {}

  const std::string& text() const { return digits_; }
  /// Whether that is what was given; the time it takes tells nothing about where they differ.
  bool fits(std::string_view given) const;
  friend bool operator==(const Mac&, const Mac&) = delete;

 private:
  std::string digits_;
};

Mac hmac_sha256(std::string_view key, std::string_view text);

}  // namespace praxisync
