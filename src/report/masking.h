/// What is shown of a person to whoever did not ask for more: enough to tell two people in a talk
/// apart, not enough to write to one of them.
#pragma once

#include <string>
#include <string_view>

#include "store/view.h"

namespace praxisync::serve {

/// "a…@e…": the first character of either side; "…" of what is no address.
std::string mask_email(std::string_view email);

/// "A. L.": the initials, three at most.
std::string mask_name(std::string_view name);

/// Name and address masked, also where an id or a reason has them in it; what was written back is
/// left out, as its text may name anybody.
store::Story mask(store::Story story);

}  // namespace praxisync::serve
