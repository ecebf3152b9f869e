#pragma once

#include <string>

#include "connectors/file/file_bytes.h"
#include "domain/result.h"

namespace praxisync::file {

/// Malformed, with the command that converts it, when the first chunk of the file shows that the
/// whole of it is UTF-16, or Latin-1 or the like. A few bad bytes in a file that has proper UTF-8
/// as well do not make it Latin-1: the rows that hold them are set aside instead. Takes nothing
/// from the window.
Result<void> check_encoding(Window& window, const std::string& name);

}  // namespace praxisync::file
