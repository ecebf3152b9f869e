/// How a run ended in one line, for what shows no more than that: a container's termination
/// message.
#pragma once

#include <string>
#include <string_view>

#include "sync/run_report.h"

namespace praxisync::report {

/// Kubernetes cuts off what is beyond 4096 bytes; one is for a line break.
inline constexpr std::size_t kMostOfATerminationMessage = 4095;

/// JSON without a line break, of that many bytes at most: exit code, reason, the counts that are
/// not zero, the backlog, and as many errors as there is room for.
std::string termination_message(const sync::RunReport& report);

/// The same of a run that could not begin.
std::string termination_message(int exit_code, std::string_view reason);

}  // namespace praxisync::report
