/// What is shown of a person to whoever did not ask for more: enough to tell two people in a talk
/// apart, not enough to write to one of them.
#pragma once

#include <string>
#include <string_view>

#include "store/view.h"

namespace praxisync::report {

enum class Persons { Masked, Unmasked };

/// "a…@e…": the first character of either side; "…" of what is no address.
std::string mask_email(std::string_view email);

/// "A. L.": the initials, three at most.
std::string mask_name(std::string_view name);

/// An id; masked where it is an address, as exports of spreadsheets have them.
std::string mask_id(const std::string& id);

/// A text about somebody, with their name and address masked in it, and what looks like a secret.
std::string mask_in(const std::string& text, const std::string& name, const std::string& email);

/// Name and address masked, also where an id or a reason has them in it; what was written back is
/// left out, as its text may name anybody.
store::Story mask(store::Story story);

}  // namespace praxisync::report
