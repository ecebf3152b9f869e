/// What a person hands to a command: a file, or standard input by the name "-".
#pragma once

#include <string>

#include "csv/window.h"
#include "domain/result.h"

namespace praxisync::cli {

class InputBytes final : public csv::ByteSource {
 public:
  /// Rejected, with the system's reason, where there is nothing to read at `name`.
  static Result<InputBytes> open(const std::string& name);

  InputBytes(InputBytes&& other) noexcept;
  InputBytes& operator=(InputBytes&&) = delete;
  ~InputBytes() override;

  Result<std::size_t> read(std::span<char> room) override;

 private:
  InputBytes(int file, std::string name) : file_(file), name_(std::move(name)) {}
  int file_;
  std::string name_;
};

/// All of it, byte for byte; Rejected where that is more than `limit` bytes.
Result<std::string> read_whole(const std::string& name, std::size_t limit);

}  // namespace praxisync::cli
