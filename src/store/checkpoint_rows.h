#pragma once

#include "store/checkpoints.h"
#include "store/database.h"

namespace praxisync::store {

/// Both inside guarded(), and the second inside a transaction.
Checkpoint read_checkpoint(Database& database, const std::string& stream);
void write_checkpoint(Database& database, const std::string& stream, const Checkpoint& checkpoint,
                      Timestamp now);

}  // namespace praxisync::store
