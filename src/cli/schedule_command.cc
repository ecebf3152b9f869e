#include <fmt/format.h>

#include <algorithm>

#include "cli/schedules.h"
#include "cli/session.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

enum class Wanted { Paused, Going };

/// What --connector leaves of them; empty, and said why, where there is no such schedule.
std::vector<schedule::Plan> chosen(App& app, const config::Config& config,
                                   const ParsedOptions& options) {
  std::vector<schedule::Plan> plans = plans_of(config);
  if (plans.empty()) {
    app.err << "praxisync: the config has no schedule; add cron or every to [schedule]\n";
    return {};
  }
  if (!options.has("connector")) return plans;
  const ConnectorName name(options.get("connector"));
  const auto found = std::ranges::find(plans, schedule::schedule_of(name), &schedule::Plan::name);
  if (found != plans.end()) return {*found};
  const bool known = std::ranges::find(config.connectors, name, &config::ConnectorConfig::name) !=
                     config.connectors.end();
  app.err << fmt::format("praxisync: --connector: {}\n",
                         known ? "it has no schedule of its own; without --connector all schedules "
                                 "are meant"
                               : "the config has no connector of that name; 'praxisync status' "
                                 "lists the schedules");
  return {};
}

int set_all(App& app, const ParsedOptions& options, Wanted wanted) {
  const auto config = load_config(app, options, config::Secrets::NotNeeded);
  if (!config) return kUsage;
  const std::vector<schedule::Plan> plans = chosen(app, *config, options);
  if (plans.empty()) return kUsage;
  Result<store::Store> store = store::Store::open_shared(config->state.path);
  if (!store) return print_error(app, store.error()), kFailed;
  schedule::SystemClock system;
  const ShiftedClock clock(system, clock_ahead(app, *config));
  const std::string_view state = wanted == Wanted::Paused ? "paused" : "resumed";
  for (const schedule::Plan& plan : plans) {
    const Result<bool> changed = wanted == Wanted::Paused
                                     ? store->occurrences().pause(plan.name, clock.now())
                                     : store->occurrences().resume(plan.name, clock.now());
    if (!changed) return print_error(app, changed.error()), kFailed;
    app.err << fmt::format("{}: {}\n", plan.name.text(),
                           *changed                   ? state
                           : wanted == Wanted::Paused ? "was paused already"
                                                      : "was not paused");
  }
  return kDone;
}

int pause(App& app, const ParsedOptions& options) { return set_all(app, options, Wanted::Paused); }
int resume(App& app, const ParsedOptions& options) { return set_all(app, options, Wanted::Going); }

OptionSpec connector_option() {
  return {.name = "connector",
          .argument = "NAME",
          .help = "the own schedule of that connector only; else all schedules"};
}

}  // namespace

std::vector<Command> schedule_commands() {
  return {{{.name = "schedule pause",
            .summary = "The scheduler begins no more runs, until they are resumed",
            .usage = "A run that is under way goes on to its end, and 'praxisync sync' by hand "
                     "runs all the same. The scheduler looks once a minute. What is paused stays "
                     "so over restarts.",
            .options = {connector_option()},
            .examples = {{"praxisync schedule pause", "before a migration of the ATS"},
                         {"praxisync schedule pause --connector gh", "that one only"}},
            .exit_codes = exit_codes({kDone, kFailed, kUsage})},
           pause},
          {{.name = "schedule resume",
            .summary = "The scheduler begins runs again",
            .usage = "What was missed meanwhile is caught up with one run, or skipped, as `missed` "
                     "in the config says.",
            .options = {connector_option()},
            .examples = {{"praxisync schedule resume", "after it"}},
            .exit_codes = exit_codes({kDone, kFailed, kUsage})},
           resume}};
}

}  // namespace praxisync::cli
