#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "domain/result.h"

namespace praxisync {

/// An address as its owner spelt it, which is what is sent; compared by `key()`: ASCII case folded,
/// outer space removed, nothing else (no folding of dots or plus signs).
class Email {
 public:
  /// Rejected unless there is text on both sides of a single '@', without space or control
  /// characters, 320 bytes at most. Says what is wrong without repeating the address.
  static Result<Email> parse(std::string_view text);

  const std::string& spelling() const { return spelling_; }
  const std::string& key() const { return key_; }

  friend bool operator==(const Email& a, const Email& b) { return a.key_ == b.key_; }

 private:
  Email(std::string spelling, std::string key)
      : spelling_(std::move(spelling)), key_(std::move(key)) {}
  std::string spelling_, key_;
};

/// What stands behind the '@' of an address that was checked.
std::string_view domain_of(std::string_view address);

/// What `Email::key()` would be, for text that was not checked (an address in a peer's answer).
std::string email_key(std::string_view text);

}  // namespace praxisync
