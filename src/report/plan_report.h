/// A plan for people who decide on it: masked unless asked for whole, as Markdown for a comment on
/// a pull request, or as the document that `plan --output json` prints.
#pragma once

#include <string>

#include "report/masking.h"
#include "sync/plan.h"

namespace praxisync::report {

/// What a comment on GitHub takes, in characters; here in bytes, which are more.
inline constexpr std::size_t kLongestComment = 65'536;

/// Names and addresses masked; what would be written back is left out, as its text may name
/// anybody.
sync::Plan mask(sync::Plan plan);

std::string plan_markdown(const sync::Plan& plan, std::size_t limit = kLongestComment);

}  // namespace praxisync::report
