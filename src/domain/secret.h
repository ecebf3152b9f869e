#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace praxisync {

/// Text that must not be seen: it cannot be printed or formatted, and is overwritten when it goes.
/// `reveal()` is the word to grep for.
template <typename Tag>
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : text_(other.text_) { other.wipe(); }
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe();
      text_ = other.text_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      text_ = other.text_;
      other.wipe();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend bool operator==(const Secret&, const Secret&) = default;
  friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

 private:
  void wipe() noexcept {
    for (volatile char& byte : text_) byte = '\0';
    text_.clear();
  }

  std::string text_;
};

using ApiKey = Secret<struct ApiKeyTag>;            ///< a credential for the Assess API or an ATS
using InviteToken = Secret<struct InviteTokenTag>;  ///< whoever holds it can take the test

}  // namespace praxisync
