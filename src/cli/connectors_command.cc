#include <algorithm>

#include "cli/app.h"
#include "cli/connector_pages.h"
#include "connectors/all.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

int run_connectors(App& app, const ParsedOptions& options) {
  std::vector<connector::ConnectorSpec> specs = all_connectors();
  if (!options.positionals().empty()) {
    const std::string& wanted = options.positionals().front();
    std::vector<std::string> types;
    for (const connector::ConnectorSpec& spec : specs) types.push_back(spec.type);
    std::erase_if(specs, [&](const auto& spec) { return spec.type != wanted; });
    if (specs.empty()) {
      const std::string meant = did_you_mean(wanted, types);
      app.err << "praxisync: no connector is named " << printable(wanted, 60)
              << (meant.empty() ? "; 'praxisync connectors' lists them"
                                : "; did you mean " + meant + "?")
              << "\n";
      return kUsage;
    }
  }
  const std::string output = options.get("output");
  if (output == "json") {
    app.out << connectors_document(specs) << "\n";
  } else if (output == "markdown") {
    for (const connector::ConnectorSpec& spec : specs) app.out << connector_markdown(spec);
  } else if (options.positionals().empty()) {
    app.out << connectors_table(specs, app.out_terminal);
  } else {
    app.out << connector_page(specs.front(), app.out_terminal);
  }
  return kDone;
}

}  // namespace

Command connectors_command() {
  return {{.name = "connectors",
           .summary = "The kinds of ATS: what each can do, its settings and permissions",
           .usage = "Needs no config and no network.",
           .options = {{.name = "output",
                        .argument = "FORMAT",
                        .help = "table for people, json for programs, markdown for a README",
                        .fallback = "table",
                        .choices = {"table", "json", "markdown"}}},
           .positionals = {{.name = "TYPE",
                            .help = "one of them, with everything about it",
                            .presence = Presence::Optional}},
           .examples = {{"praxisync connectors", "all of them"},
                        {"praxisync connectors file", "one, with a section to start from"}},
           .exit_codes = exit_codes({kDone, kUsage})},
          run_connectors};
}

}  // namespace praxisync::cli
