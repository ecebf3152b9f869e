#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>

#include "cli/one_run.h"
#include "cli/replaced_file.h"
#include "cli/saved_plan.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "cli/termination.h"
#include "domain/text.h"
#include "report/run_document.h"
#include "report/termination_message.h"

namespace praxisync::cli {
namespace {

int usage(App& app, const std::string& text) {
  app.err << "praxisync: " << text << "\n";
  return kUsage;
}

/// Why the run cannot be narrowed to that connector; empty where it can.
std::string unknown_connector(const Session& session, const std::string& name) {
  std::vector<std::string> known;
  for (const sync::Source& source : session.sources()) known.push_back(source.name.text());
  if (std::ranges::find(known, name) != known.end()) return {};
  const std::string meant = did_you_mean(name, known);
  return fmt::format("--connector: the config has no connector of that name; {}",
                     meant.empty() ? fmt::format("there is {}", fmt::join(known, ", "))
                                   : fmt::format("did you mean {}?", meant));
}

/// A file that cannot be written is no failure of the run: its exit code stays.
void write_metrics(const std::string& path, Session& session, store::Store& store) {
  const Result<std::string> text = session.metrics(store);
  const Result<void> written =
      text ? replace_file(path, *text, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)
           : Result<void>(text.error());
  if (!written) session.log().warn("--metrics-file: " + written.error().what);
}

/// `message` is the termination message, once the run has begun.
int sync_once(App& app, const ParsedOptions& options, std::string& message) {
  std::optional<int> confirmed;
  if (options.has("confirm")) {
    const std::string text = options.get("confirm");
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0) {
      return usage(
          app, "--confirm takes the number of people that may be contacted, such as --confirm 800");
    }
    confirmed = number;
  }
  std::optional<Milliseconds> most;
  if (options.has("max-duration")) {
    most = parse_duration(options.get("max-duration"));
    if (!most) return usage(app, "--max-duration takes a duration, such as 90s, 10m or 1h30m");
  }
  const std::unique_ptr<Session> session = Session::open(app, options);
  if (!session) return kUsage;
  if (options.has("connector")) {
    const std::string wrong = unknown_connector(*session, options.get("connector"));
    if (!wrong.empty()) return usage(app, wrong);
  }
  if (most) session->stop().end_at(session->clock().now() + *most);

  std::optional<sync::PlanFile> plan;
  if (options.has("plan")) {
    if (options.has("connector"))
      return usage(app, "--plan and --connector: a plan says itself what is done where");
    Result<sync::PlanFile> loaded = load_plan(options.get("plan"), *session);
    if (!loaded) {
      print_error(app, loaded.error());
      return loaded.error().kind == ErrorKind::Rejected ? kUsage : kFailed;
    }
    plan = std::move(*loaded);
  }

  RunOrder order{.confirmed = confirmed};
  if (options.has("connector")) order.connectors = {ConnectorName(options.get("connector"))};
  if (plan) order.selection = &plan->actions;
  Result<HeldDatabase> held = hold_database(*session);
  if (!held) {
    print_error(app, held.error());
    return exit_code_of(held.error());
  }
  const sync::RunReport report = run_engine(*session, *held, order);
  session->progress().clear();
  if (options.has("metrics-file"))
    write_metrics(options.get("metrics-file"), *session, held->store);
  if (options.get("output") == "json") {
    app.out << report::run_document(report, session->totals()) << "\n";
  } else {
    app.out << summary(report, session->totals(), app.out_terminal);
  }
  app.out.flush();  // nobody waits for it while somebody else is told
  tell_end(*session, *held, report);
  message = report::termination_message(report);
  return sync::exit_code(report.ending);
}

int run_sync(App& app, const ParsedOptions& options) {
  std::string message;
  const int code = sync_once(app, options, message);
  leave_termination_message(app, options.get("termination-message"), code, message);
  return code;
}

}  // namespace

Command sync_command() {
  return {
      {.name = "sync",
       .summary = "One pass: pull, route, invite or enroll, collect, write back",
       .usage = "Goes on where the last run stopped, whatever stopped it. A run with nothing new "
                "has no effects. With --plan, what was done meanwhile or no longer stands on what "
                "it was "
                "planned on is dropped, each with its reason (exit code 3, but for what is already "
                "done); nobody is reminded or cancelled, and everybody else stays queued. The "
                "safety limit holds for it as well.",
       .options = {{.name = "connector",
                    .argument = "NAME",
                    .help = "pull from and write to this connector only"},
                   {.name = "plan",
                    .argument = "FILE",
                    .help = "do what this saved plan lists and no more"},
                   {.name = "max-duration",
                    .argument = "DURATION",
                    .help = "stop in order after that long (90s, 10m, 1h30m)"},
                   {.name = "metrics-file",
                    .argument = "FILE",
                    .help = "write metrics there after the run, in the Prometheus text format"},
                   {.name = "termination-message",
                    .argument = "FILE",
                    .help = "write there in one line of JSON how it ended, as Kubernetes shows it"},
                   {.name = "confirm",
                    .argument = "N",
                    .help =
                        "let up to N people be contacted in this run, above the safety limits"}},
       .examples = {{"praxisync sync", "one pass with praxisync.toml"},
                    {"praxisync sync --max-duration 10m --output json", "from a scheduler"},
                    {"praxisync sync --metrics-file /var/lib/node_exporter/praxisync.prom",
                     "from cron, with numbers for Prometheus"},
                    {"praxisync sync --plan plan.json",
                     "exactly what 'praxisync plan --save plan.json' has shown"},
                    {"praxisync sync --confirm 800",
                     "after 'praxisync plan' has shown that 800 is right"}},
       .exit_codes = sync_exit_codes()},
      run_sync};
}

}  // namespace praxisync::cli
