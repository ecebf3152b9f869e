#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "cli/app.h"
#include "cli/example_config.h"
#include "cli/manual.h"
#include "cli/version.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

/// Each page into a file of its own.
int write_pages(App& app, const std::vector<ManualPage>& pages,
                const std::filesystem::path& folder) {
  for (const ManualPage& page : pages) {
    std::ofstream file(folder / page.file, std::ios::binary);
    file << page.text;
    file.close();
    if (file) continue;
    app.err << "praxisync: cannot write " << page.file
            << " into that folder: " << std::generic_category().message(errno) << "\n";
    return kFailed;
  }
  return kDone;
}

/// "sync" and "schedule pause" as their pages' names; "praxisync.toml" is one already.
std::string page_of(const std::vector<std::string>& words) {
  if (words.empty()) return "praxisync";
  if (words.front() == "praxisync.toml") return words.front();
  return fmt::format("praxisync-{}", fmt::join(words, "-"));
}

int run_man(App& app, const ParsedOptions& options) {
  const std::vector<ManualPage> pages = manual_pages(command_specs(), kVersion, kExampleConfig);
  if (options.has("write")) return write_pages(app, pages, options.get("write"));
  const std::string wanted = page_of(options.positionals());
  const auto found = std::ranges::find_if(pages, [&](const ManualPage& page) {
    return page.file.substr(0, page.file.rfind('.')) == wanted;
  });
  if (found == pages.end()) {
    app.err << fmt::format("praxisync: there is no page {}; name a command, or praxisync.toml\n",
                           printable(wanted, 60));
    return kUsage;
  }
  app.out << found->text;
  return kDone;
}

}  // namespace

Command man_command() {
  return {
      {.name = "man",
       .summary = "The manual pages, as man reads them",
       .usage = "Needs no config and no network. Without arguments it is praxisync(1); the Debian "
                "package has all of them in place.",
       .options = {{.name = "write",
                    .argument = "FOLDER",
                    .help = "write all pages into it, each a file"}},
       .positionals = {{.name = "COMMAND",
                        .help = "whose page, or praxisync.toml for the config's",
                        .presence = Presence::Optional,
                        .occurs = Occurs::Often}},
       .examples = {{"praxisync man sync | man -l -", "reads the page of a command"},
                    {"praxisync man praxisync.toml | man -l -", "every key of the config"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage})},
      run_man};
}

}  // namespace praxisync::cli
