/// A file that is to hold a secret: made, empty and for its owner alone, before the secret is asked
/// for, so that there is a place for it when it comes.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"

namespace praxisync::cli {

class SecretFile {
 public:
  /// A new file of mode 0600; Rejected where there is one of that name, which stays as it is.
  static Result<SecretFile> create(const std::string& path);

  SecretFile(SecretFile&& other) noexcept;
  SecretFile& operator=(SecretFile&&) = delete;
  /// Takes the file away unless the secret is in it.
  ~SecretFile();

  /// The text and a line break, on the disk when this returns.
  Result<void> write(std::string_view secret);

 private:
  SecretFile(int file, std::string path) : file_(file), path_(std::move(path)) {}
  int file_;
  std::string path_;
  bool kept_ = false;
};

}  // namespace praxisync::cli
