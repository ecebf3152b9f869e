/// JSON lines on the wire: one object a line.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "connectors/file/layout.h"
#include "domain/result.h"

namespace praxisync::file {

/// The texts of the line's object at the layout's columns. A column's name is a key, compared as
/// header names are, or else a path through nested values: "candidate.email", "emails.0.value".
/// Numbers are taken as they are spelt; null and what is not needed and not there are empty.
/// Rejected, with a reason that repeats nothing of the line but its keys, when there is none.
Result<std::array<std::string, kColumnCount>> read_json_line(std::string_view line,
                                                             const Layout& layout);

}  // namespace praxisync::file
