#pragma once

#include "cli/checklist.h"
#include "config/config.h"
#include "sync/source.h"

namespace praxisync::cli {

/// Doctor's look at one account of an ATS: credentials and permissions, and that the jobs and
/// stages which the routes name are there. Reads only.
void check_source(const config::Config& config, const sync::Source& source, Checklist& list);

}  // namespace praxisync::cli
