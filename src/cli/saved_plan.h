/// The file of a saved plan on the disk: for its owner alone, whole or not there.
#pragma once

#include <string>
#include <string_view>

#include "cli/session.h"
#include "sync/plan_file.h"

namespace praxisync::cli {

/// Rejected where something other than a saved plan is at that place already: it stays as it is.
Result<void> check_place_for_plan(const std::string& path);

/// Signs the plan and puts it there, mode 0600 and in one step: whatever stops it, there is the old
/// file, or none, or the whole new one.
Result<void> save_plan(const std::string& path, const sync::PlanFile& plan,
                       const store::PlanKey& key);

/// Reads it and holds it against the session's database and config. Rejected, with what to do,
/// where it cannot be followed; any other kind means that the database cannot be read.
Result<sync::PlanFile> load_plan(const std::string& path, const Session& session);

}  // namespace praxisync::cli
