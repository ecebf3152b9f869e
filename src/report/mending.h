/// What a person is to do about what praxisync cannot mend by itself, in one sentence.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/run_report.h"

namespace praxisync::report {

/// About screenings that are blocked for that reason.
std::string mend_blocked(std::string_view reason);

/// About a run that ended like that; empty where there is nothing for a person to do.
std::string mend_ending(std::string_view reason);

/// About something that went wrong in a run, by its kind; nothing where the next run goes on by
/// itself.
std::optional<std::string> mend_problem(std::string_view kind);

std::string mend_held(int queued);
std::string mend_refused();
std::string mend_set_aside();

}  // namespace praxisync::report
