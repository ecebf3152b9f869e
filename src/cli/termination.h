/// What a run leaves for whoever started its container.
#pragma once

#include <string>

#include "cli/app.h"

namespace praxisync::cli {

/// Writes `message` over what is in the file at `path`; nothing where that is empty. A run that
/// never began has no message: then what its exit code means is written. The file itself stays:
/// Kubernetes mounts it, so that no other can take its place. One that cannot be written is a line
/// on stderr.
void leave_termination_message(App& app, const std::string& path, int exit_code,
                               const std::string& message);

}  // namespace praxisync::cli
