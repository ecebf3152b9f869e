#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "csv/window.h"

namespace praxisync::csv {

/// A text as a source that gives at most `step` bytes at a time.
class TextBytes final : public ByteSource {
 public:
  explicit TextBytes(std::string text, std::size_t step = 64 * 1024)
      : text_(std::move(text)), step_(step) {}

  Result<std::size_t> read(std::span<char> room) override {
    const std::size_t count = std::min({room.size(), step_, text_.size() - at_});
    std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(at_), count, room.begin());
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t step_;
  std::size_t at_ = 0;
};

}  // namespace praxisync::csv
