/// The people of a bulk invitation, read row by row: CSV with a header (email, and optionally name
/// and role; separator , ; or tab), or JSON lines, known by their first '{'. One row is in memory
/// at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "assess/types.h"
#include "csv/window.h"
#include "domain/result.h"

namespace praxisync::cli {

struct BulkRow {
  std::uint64_t line = 0;  ///< where it begins, from 1
  assess::Candidate candidate;
  std::string fault{};  ///< why nobody can be invited; empty: fine
};

class BulkInput {
 public:
  virtual ~BulkInput() = default;
  /// nullopt at the end. Fails only where the source cannot be read on.
  virtual Result<std::optional<BulkRow>> next() = 0;
};

/// `source` is borrowed. Rejected where a CSV header has no column "email".
Result<std::unique_ptr<BulkInput>> open_bulk_input(csv::ByteSource& source);

}  // namespace praxisync::cli
