#pragma once

#include <string>

#include "sync/plan.h"

namespace praxisync::report {

/// The document that `plan --output json` prints.
std::string plan_document(const sync::Plan& plan);

}  // namespace praxisync::report
