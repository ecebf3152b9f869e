/// Manual pages, in the man macros of troff, made from the definition of the commands and from the
/// example config.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace praxisync::cli {

struct ManualPage {
  std::string file;  ///< "praxisync-sync.1"
  std::string text;
};

/// praxisync(1), one page for each command, and praxisync.toml(5). `version` stands in their
/// footers, `config` is the commented example.
std::vector<ManualPage> manual_pages(const std::vector<CommandSpec>& commands,
                                     std::string_view version, std::string_view config);

}  // namespace praxisync::cli
