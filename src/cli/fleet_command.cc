#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <span>

#include "cli/fleet.h"
#include "cli/fleet_report.h"
#include "cli/fleet_runner.h"
#include "cli/shard.h"
#include "cli/termination.h"
#include "domain/text.h"
#include "schedule/system_clock.h"

namespace praxisync::cli {
namespace {

/// What all of them get as it is. Anything else is meant for one.
constexpr std::array<std::string_view, 4> kForAll{"max-duration", "allow-fork", "log-level",
                                                  "log-format"};
/// What is for the fleet itself.
constexpr std::array<std::string_view, 6> kForFleet{
    "all", "config-dir", "shard", "parallel", "output", "termination-message"};

bool is_among(const std::string& name, std::span<const std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

Error refused_fleet(std::string what) { return {ErrorKind::Rejected, std::move(what)}; }

Result<int> read_parallel(const ParsedOptions& options) {
  constexpr int kMost = 1000;
  const std::string text = options.get("parallel");
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size() || number < 1 || number > kMost)
    return refused_fleet(fmt::format("--parallel takes 1 to {}", kMost));
  return number;
}

/// The command as it is run for each, without its config.
Result<FleetOrder> order_of(const App& app, const CommandSpec& command,
                            const ParsedOptions& options) {
  FleetOrder order{.arguments = {command.name}, .environment = app.environment};
  for (const OptionSpec& option : options_of(command)) {
    // What a variable says was read already: it stands among the arguments.
    order.environment.erase(variable_of(option));
    if (!options.has(option.name) || is_among(option.name, kForFleet)) continue;
    // A variable may stand for the runs of one config.
    if (option.name == "config" && !options.typed(option.name)) continue;
    if (!is_among(option.name, kForAll)) {
      return refused_fleet(
          fmt::format("--{} is for one organisation: leave out --all and --config-dir, and name "
                      "its config with --config",
                      option.name));
    }
    order.arguments.push_back(option.argument.empty()
                                  ? "--" + option.name
                                  : fmt::format("--{}={}", option.name, options.get(option.name)));
  }
  if (options.has("max-duration")) {
    order.most = parse_duration(options.get("max-duration"));
    if (!order.most)
      return refused_fleet("--max-duration takes a duration, such as 90s, 10m or 1h30m");
  }
  const Result<int> parallel = read_parallel(options);
  if (!parallel) return parallel.error();
  order.parallel = *parallel;
  return order;
}

/// What a run of the fleet needs, all of it checked.
struct Prepared {
  std::vector<Organisation> fleet;  ///< of the shard
  FleetOrder order;
};

Result<Prepared> prepare(const App& app, const CommandSpec& command, const ParsedOptions& options) {
  for (const auto& [given, lacking] : {std::pair("all", "config-dir"),
                                       std::pair("config-dir", "all"), std::pair("shard", "all")}) {
    if (options.has(given) && !options.has(lacking))
      return refused_fleet(fmt::format("--{} needs --{}", given, lacking));
  }
  Result<FleetOrder> order = order_of(app, command, options);
  if (!order) return std::move(order).error();
  const Result<Shard> shard = parse_shard(options.get("shard"), app.environment);
  if (!shard) return shard.error();
  Result<std::vector<Organisation>> fleet = read_fleet(options.get("config-dir"));
  if (!fleet) return std::move(fleet).error();
  // Of the whole fleet: a database that two share may be in two shards.
  if (Result<void> apart = check_databases(*fleet, app.environment); !apart)
    return std::move(apart).error();
  std::erase_if(*fleet, [&](const Organisation& one) { return !shard->takes(one.name); });
  return Prepared{*std::move(fleet), *std::move(order)};
}

int run_organisations(App& app, const CommandSpec& command, const ParsedOptions& options) {
  Result<Prepared> prepared = prepare(app, command, options);
  if (!prepared) {
    app.err << "praxisync: " << prepared.error().what << "\n";
    return prepared.error().kind == ErrorKind::Rejected ? kUsage : kFailed;
  }
  const bool json = options.get("output") == "json";
  const bool counts = command.name == "sync";
  if (json || counts) prepared->order.arguments.emplace_back("--output=json");
  const schedule::SystemClock clock(&app.stop);
  FleetRunner runner(app, clock, std::move(prepared->order));
  const std::vector<OrganisationEnd> ends =
      runner.run(prepared->fleet, [&](const OrganisationEnd& end) {
        // Where each has a page of its own it is shown whole, as soon as it is there.
        if (!json && !counts) app.out << fmt::format("== {} ==\n{}\n", end.name, end.output);
        app.out.flush();
      });
  if (json) {
    app.out << fleet_document(ends) << "\n";
  } else {
    app.out << fleet_table(ends, counts ? FleetCounts::Shown : FleetCounts::None, app.out_terminal);
  }
  return worst_exit_code(ends);
}

}  // namespace

int run_fleet(App& app, const CommandSpec& command, const ParsedOptions& options) {
  const int code = run_organisations(app, command, options);
  leave_termination_message(app, options.get("termination-message"), code, "");
  return code;
}

}  // namespace praxisync::cli
