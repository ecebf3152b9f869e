/// What is in a sandbox, as JSON for its page and for tests. No key, token or signing secret is in
/// it.
#pragma once

#include <string>

#include "sandbox/assess_sandbox.h"

namespace praxisync::sandbox {

/// Everything at a glance; of long lists the latest rows.
std::string state_document(const AssessSandbox& sandbox);
/// The latest 1000 webhook deliveries, oldest first, with their bodies and signatures.
std::string deliveries_document(const AssessSandbox& sandbox);

}  // namespace praxisync::sandbox
