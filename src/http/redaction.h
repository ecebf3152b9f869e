/// Keeps the values of secrets out of texts. It goes by value, not by field name, and knows the
/// forms a value takes on its way: as it is, percent-encoded, JSON-escaped, hexadecimal, and base64
/// whatever stands before or after it (base64 of "key:" in a Basic header). The last layer before
/// any log, report or error text; the layers above should not have put a secret there in the first
/// place. Safe to use from several threads.
#pragma once

#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/secret.h"

namespace praxisync::http {

inline constexpr std::string_view kRedacted = "[redacted]";

class Redactor {
 public:
  /// Secrets of fewer than four bytes are not looked for: they would blot out ordinary text.
  template <typename Tag>
  void add(const Secret<Tag>& secret) {
    add_text(secret.reveal());
  }

  /// `text` with every secret in every form replaced by "[redacted]".
  std::string scrub(std::string text) const;

 private:
  /// A secret with the forms that are searched for as they stand.
  struct Forms {
    ApiKey raw;
    std::vector<ApiKey> hex;          ///< lower and upper case
    std::vector<ApiKey> base64_core;  ///< what base64 makes of its inner bytes at each alignment
  };

  void add_text(const std::string& secret);

  mutable std::shared_mutex mutex_;
  std::vector<Forms> secrets_;
};

}  // namespace praxisync::http
