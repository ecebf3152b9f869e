/// A saved plan as text: JSON, signed with a key that only its database knows, so that a file that
/// was edited, cut short or made elsewhere is refused whole. The signature covers what the fields
/// say, not how they are laid out. A plan names people: it is written for its owner alone.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "store/identity.h"
#include "sync/plan_file.h"

namespace praxisync::report {

inline constexpr std::size_t kLongestPlanFile = std::size_t{128} << 20U;

/// Rejected where the plan has more actions, or is longer, than would be read again.
Result<std::string> plan_file_document(const sync::PlanFile& plan, const store::PlanKey& key);

/// Rejected, with what is wrong, where it is and what to do, unless it is a plan of this format,
/// made for this database and not changed since.
Result<sync::PlanFile> read_plan_file(std::string_view text, const store::Identity& identity);

/// Whether a file that begins like that is a saved plan, of whatever version: only such a one may
/// be written over.
bool begins_a_plan_file(std::string_view head);

}  // namespace praxisync::report
