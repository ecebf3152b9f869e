#pragma once

#include <filesystem>

#include "domain/result.h"

namespace praxisync::store {

/// The operating system's half of the lease: a lock on FILE.lock beside the database, which ends
/// with its holder however that dies. The other half is the epoch in the database
/// (Store::begin_epoch).
class Lease {
 public:
  /// Exhausted, at once, where another process holds it (the text names its process number); Fatal
  /// where the lock file cannot be made.
  static Result<Lease> take(const std::filesystem::path& database);

  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

 private:
  explicit Lease(int file) : file_(file) {}
  int file_;
};

}  // namespace praxisync::store
