#include <fmt/format.h>

#include <charconv>

#include "cli/session.h"
#include "cli/table.h"
#include "report/run_document.h"
#include "report/story_document.h"

namespace praxisync::cli {
namespace {

std::string table_of(const std::vector<store::Run>& runs, const Terminal& terminal) {
  Table table({{"run", Align::Right},
               {"started"},
               {"took", Align::Right},
               {"ended"},
               {"exit", Align::Right},
               {"pulled", Align::Right},
               {"invited", Align::Right},
               {"enrolled", Align::Right},
               {"completed", Align::Right},
               {"written", Align::Right},
               {"requests", Align::Right},
               {"least", Align::Right}});
  for (const store::Run& run : runs) {
    const report::RunSummary sums = report::summarize(run.report);
    const auto number = [](auto value) { return fmt::format("{}", value); };
    table.add({number(static_cast<std::int64_t>(run.key)), format_timestamp(run.started_at),
               run.finished_at ? format_duration(*run.finished_at - run.started_at) : "-",
               run.reason.empty() ? "under way" : run.reason,
               run.exit_code ? number(*run.exit_code) : "-", number(sums.pulled),
               number(sums.invited), number(sums.enrolled), number(sums.completed),
               number(sums.written_back), number(sums.requests), number(sums.least)});
  }
  return table.empty() ? "no run yet\n" : table.render(terminal);
}

int run_runs(App& app, const ParsedOptions& options) {
  const auto config = load_config(app, options, config::Secrets::NotNeeded);
  if (!config) return kUsage;
  Result<store::Store> store = store::Store::open_for_reading(config->state.path);
  if (!store) {
    print_error(app, store.error());
    return kFailed;
  }
  std::vector<store::Run> runs;
  if (options.positionals().empty()) {
    Result<std::vector<store::Run>> latest = store->runs().latest(20);
    if (!latest) return print_error(app, latest.error()), kFailed;
    runs = std::move(*latest);
  } else {
    const std::string& text = options.positionals().front();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    Result<std::optional<store::Run>> found = store->runs().find(RunKey{number});
    if (!found) return print_error(app, found.error()), kFailed;
    if (error != std::errc{} || end != text.data() + text.size() || !*found) {
      app.err << "praxisync: no run of that number; 'praxisync runs' lists them\n";
      return kUsage;
    }
    runs.push_back(std::move(**found));
    if (options.get("output") != "json") {
      app.out << table_of(runs, app.out_terminal) << runs.front().report << "\n";
      return kDone;
    }
  }
  app.out << (options.get("output") == "json" ? report::runs_document(runs) + "\n"
                                              : table_of(runs, app.out_terminal));
  return kDone;
}

}  // namespace

Command runs_command() {
  return {
      {.name = "runs",
       .summary = "The last 20 runs, or one of them whole",
       .positionals = {{.name = "ID", .help = "a run's number", .presence = Presence::Optional}},
       .examples = {{"praxisync runs", "the last 20"},
                    {"praxisync runs 12", "one, with its document"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage})},
      run_runs};
}

}  // namespace praxisync::cli
