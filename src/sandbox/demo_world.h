#pragma once

#include "sandbox/assess_sandbox.h"

namespace praxisync::sandbox {

/// The key that opens the demo world, with every scope.
inline constexpr const char* kDemoKey = "ct_live_sandbox_demo_key";

/// The organisation of `praxisync sandbox` and `demo`: five active assessments, a draft and an
/// archived one, and the pipeline grad-2025 over three of them.
void build_demo_world(AssessSandbox& sandbox);

/// Keys with fewer scopes, to see what happens without them.
inline constexpr const char* kReadOnlyKey = "ct_live_sandbox_read_only_key";
inline constexpr const char* kNoCandidatesKey = "ct_live_sandbox_no_candidates_key";
void add_lesser_keys(AssessSandbox& sandbox);

}  // namespace praxisync::sandbox
