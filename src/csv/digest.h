/// A running digest of bytes (64-bit FNV-1a, by Fowler, Noll and Vo). Its whole state is one
/// number, so that it can stand in a cursor and go on from there. It tells an edited file from a
/// longer one; it is no defence against somebody who wants two files to look alike.
#pragma once

#include <cstdint>
#include <string_view>

namespace praxisync::csv {

class Digest {
 public:
  Digest() = default;
  explicit Digest(std::uint64_t state) : state_(state) {}

  void add(std::string_view bytes) {
    std::uint64_t state = state_;
    for (const char byte : bytes) {
      state = (state ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    }
    state_ = state;
  }

  /// Adds `text` so that two texts in a row cannot be taken for other two.
  void add_text(std::string_view text) {
    add(text);
    add(std::string_view("\0", 1));
  }

  std::uint64_t value() const { return state_; }

  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace praxisync::csv
