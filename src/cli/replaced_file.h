/// Files that are there whole or not at all, for whoever reads them at any moment.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "domain/result.h"

namespace praxisync::cli {

/// Puts a file of that mode, whatever the umask, in the place of what had that name: written beside
/// it under a name of its own ("FILE." and six characters), on the disk, then renamed. Rejected,
/// with what was there untouched and nothing left behind, where that cannot be done.
Result<void> replace_file(const std::string& path, std::string_view text, mode_t mode);

/// The folder that the file is in or would be.
std::string folder_of(const std::string& path);

}  // namespace praxisync::cli
