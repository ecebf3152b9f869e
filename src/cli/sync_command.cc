#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "cli/fork_guard.h"
#include "cli/github.h"
#include "cli/input_bytes.h"
#include "cli/one_run.h"
#include "cli/replaced_file.h"
#include "cli/reports.h"
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

/// What the reports show, however the run ended.
report::RunReport gather(Session& session, const RunOrder& order, const report::StepWatch& watch,
                         sync::RunReport run, HeldDatabase* held, report::Persons persons) {
  report::Known known{.run = std::move(run),
                      .requests = session.totals(),
                      .steps = watch.times(),
                      .asked = {.routes = session.config().routes, .connectors = {}},
                      .store = held != nullptr ? &held->store : nullptr,
                      .ledger = session.ledger()};
  const auto asked = [&](const ConnectorName& name) {
    return !order.connectors || order.connectors->contains(name);
  };
  for (const sync::Source& source : session.sources()) {
    if (asked(source.name)) known.asked.connectors.push_back(source.name);
  }
  std::erase_if(known.asked.routes, [&](const Route& route) { return !asked(route.connector); });
  return report::gather(std::move(known), persons);
}

/// A report that is missing is not what was asked for, but what a run ended with says more.
int exit_code_with_reports(bool written, int code) {
  return written || code != kDone ? code : int{kFailed};
}

/// `message` is the termination message, once the run has begun.
int sync_once(App& app, const ParsedOptions& options, std::string& message) {
  if (!options.has("allow-fork")) {
    if (const Result<void> ours = check_not_for_a_fork(app.environment, read_whole); !ours) {
      tell_github(app, ours.error().what);
      print_error(app, ours.error());
      return kUsage;
    }
  }
  const Result<Reports> reports = Reports::wanted(
      app, options,
      {report::Form::Html, report::Form::Markdown, report::Form::Json, report::Form::JUnit});
  if (!reports) {
    print_error(app, reports.error());
    return kUsage;
  }
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
  if (!session) {
    tell_github(app, "sync did not begin: the log says what is wrong with the config");
    return kUsage;
  }
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
  report::StepWatch watch(session->console(), session->clock());
  order.observer = &watch;
  Result<HeldDatabase> held = hold_database(*session);
  if (!held) {
    print_error(app, held.error());
    const int code = exit_code_of(held.error());
    if (code == kLeaseHeld) {
      // Its reports are for the run that holds it to write.
      tell_github(app, held.error().what);
      return code;
    }
    const report::RunReport told =
        gather(*session, order, watch, report_of(held.error(), session->clock().now()), nullptr,
               reports->persons());
    tell_github(app, told);
    reports->write(app, told);
    return code;
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
  const report::RunReport told = gather(*session, order, watch, report, &*held, reports->persons());
  const bool written = reports->write(app, told);
  tell_github(app, told);
  tell_end(*session, *held, report);
  message = report::termination_message(report);
  return exit_code_with_reports(written, sync::exit_code(report.ending));
}

std::vector<OptionSpec> sync_options() {
  std::vector<OptionSpec> options{
      {.name = "connector",
       .argument = "NAME",
       .help = "pull from and write to this connector only"},
      {.name = "plan", .argument = "FILE", .help = "do what this saved plan lists and no more"},
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
       .help = "let up to N people be contacted in this run, above the safety limits",
       .typed_only = "a confirmation holds for one run"}};
  std::ranges::move(report_options(".html, .md, .json or .xml (JUnit)"),
                    std::back_inserter(options));
  options.push_back({.name = "allow-fork",
                     .help = "run in CI for a pull request from a fork as well: whoever opens one "
                             "then decides who is contacted"});
  return options;
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
       .options = sync_options(),
       .examples = {{"praxisync sync", "one pass with praxisync.toml"},
                    {"praxisync sync --max-duration 10m --output json", "from a scheduler"},
                    {"praxisync sync --metrics-file /var/lib/node_exporter/praxisync.prom",
                     "from cron, with numbers for Prometheus"},
                    {"praxisync sync --report run.html --report junit.xml",
                     "from CI: one report to look at, one for its list of tests"},
                    {"praxisync sync --plan plan.json",
                     "exactly what 'praxisync plan --save plan.json' has shown"},
                    {"praxisync sync --all --config-dir organisations --max-duration 20m",
                     "every organisation of a fleet, each on its own"},
                    {"praxisync sync --confirm 800",
                     "after 'praxisync plan' has shown that 800 is right"}},
       .exit_codes = sync_exit_codes()},
      run_sync};
}

}  // namespace praxisync::cli
