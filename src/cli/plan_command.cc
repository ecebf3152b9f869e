#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "cli/github.h"
#include "cli/reports.h"
#include "cli/saved_plan.h"
#include "cli/session.h"
#include "cli/summary.h"
#include "cli/version.h"
#include "config/fingerprint.h"
#include "domain/text.h"
#include "report/plan_document.h"
#include "sync/plan.h"

namespace praxisync::cli {
namespace {

/// What the plan is made on: a copy of the database, or an empty one before the first sync.
Result<store::Store> copy_of(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return store::Store::scratch();
  Result<store::Store> store = store::Store::open_for_reading(path);
  if (!store) return store;
  return store->scratch_copy();
}

constexpr const char* kDetailedExitCode = "detailed-exitcode";
/// Of --detailed-exitcode, which has a meaning of its own for 2.
enum DetailedExit : int { kNothingToDo = 0, kError = 1, kSomethingToDo = 2 };

/// A saved plan belongs to one database, which it makes where there is none yet.
Result<store::Identity> identity_of(const std::filesystem::path& path) {
  Result<store::Store> store = std::filesystem::exists(path) ? store::Store::open_for_reading(path)
                                                             : store::Store::open(path);
  if (!store) return std::move(store).error();
  return store->ground().identity();
}

int save(App& app, const Session& session, const sync::Plan& plan, const std::string& organisation,
         const std::string& path) {
  const Result<void> made = make_state_folder(session.config().state);
  const Result<store::Identity> identity =
      made ? identity_of(session.config().state.path) : Result<store::Identity>(made.error());
  if (!identity) {
    print_error(app, identity.error());
    return kFailed;
  }
  sync::PlanFile file{.praxisync = kVersion,
                      .made_at = plan.report.finished_at,
                      .database = identity->database,
                      .config = config::fingerprint_of(session.config()),
                      .organisation = organisation,
                      .actions = sync::selection_of(plan)};
  if (const Result<void> saved = save_plan(path, file, identity->plan_key); !saved) {
    print_error(app, saved.error());
    return saved.error().kind == ErrorKind::Rejected ? kUsage : kFailed;
  }
  const std::string name = printable(path, 200);
  app.err << fmt::format("{} actions saved to {}: 'praxisync sync --plan {}' does these alone\n",
                         file.actions.size(), name, name);
  return kDone;
}

/// The exit code, and what there is to do.
int plan_and_print(App& app, const ParsedOptions& options, DetailedExit& detailed) {
  const std::string place = options.get("save");
  if (!place.empty()) {
    if (const Result<void> free = check_place_for_plan(place); !free) {
      print_error(app, free.error());
      return kUsage;
    }
  }
  const Result<Reports> reports =
      Reports::wanted(app, options, {report::Form::Markdown, report::Form::Json});
  if (!reports) {
    print_error(app, reports.error());
    return kUsage;
  }
  const std::unique_ptr<Session> session = Session::open(app, options);
  if (!session) {
    tell_github(app, "plan did not begin: the log says what is wrong with the config");
    return kUsage;
  }
  if (const Result<void> kept = session->keep_ledger(); !kept) {
    print_error(app, kept.error());
    return kFailed;
  }
  Result<store::Store> store = copy_of(session->config().state.path);
  if (!store) {
    print_error(app, store.error());
    return kFailed;
  }
  const sync::Plan plan = sync::make_plan(session->parts(*store, session->sync_options()));
  session->progress().clear();
  if (options.get("output") == "json") {
    app.out << report::plan_document(plan) << "\n";
  } else {
    const std::size_t most = options.has("all") ? SIZE_MAX : 50;
    app.out << summary(plan, most, app.out_terminal);
  }
  const bool reported = reports->write(
      app, reports->persons() == report::Persons::Masked ? report::mask(plan) : plan);
  tell_github(app, plan);
  const bool idle = plan.contacts.empty() && plan.writes.empty() && plan.unsettled == 0;
  detailed = idle ? kNothingToDo : kSomethingToDo;
  const int code = sync::exit_code(plan.report.ending);
  const bool whole = code == kDone || code == kRecords;
  if (!whole && !place.empty())
    app.err << "praxisync: the plan is not whole, so it was not saved\n";
  if (!whole) return code;
  if (!reported) return kFailed;
  if (place.empty()) return kDone;
  const config::Assess& assess = session->config().assess;
  const auto binding = store->organisation().load(assess.base_url, assess.api_key);
  if (!binding) {
    print_error(app, binding.error());
    return kFailed;
  }
  return save(app, *session, plan, binding->organisation.value_or(""), place);
}

int run_plan(App& app, const ParsedOptions& options) {
  DetailedExit detailed = kError;
  const int code = plan_and_print(app, options, detailed);
  if (!options.has(kDetailedExitCode)) return code;
  return code == kDone ? detailed : kError;
}

int mistaken(const App& app, const std::vector<std::string>& arguments) {
  const auto variable = app.environment.find("PRAXISYNC_DETAILED_EXITCODE");
  const bool detailed =
      std::ranges::find(arguments, std::string("--") + kDetailedExitCode) != arguments.end() ||
      (variable != app.environment.end() && flag_value(variable->second).value_or(true));
  return detailed ? int{kError} : int{kUsage};
}

std::vector<OptionSpec> plan_options() {
  std::vector<OptionSpec> options{
      {.name = "all",
       .help = "list everybody, not only the first 50; with --config-dir: for every organisation"},
      {.name = "save",
       .argument = "FILE",
       .help = "keep the plan for 'sync --plan'; an older plan is replaced"},
      {.name = kDetailedExitCode,
       .help = "end with 0: nothing to do, 2: something to do, 1: any error, a wrong command line "
               "or config too"}};
  std::ranges::move(report_options(".md (for a comment on a pull request) or .json"),
                    std::back_inserter(options));
  return options;
}

}  // namespace

Command plan_command() {
  return {
      {.name = "plan",
       .summary = "What sync would do, and what it would cost; changes nothing",
       .usage =
           "Reads the ATS and the Assess API, works on a copy of the database, and sends nothing; "
           "only the ledger of requests counts what was asked. "
           "A saved plan names people, so its file is for its owner alone; it is signed, and "
           "belongs to this database and this config (where there is no database yet, an empty one "
           "is made). 'praxisync sync --plan FILE' does what it lists and no more.",
       .options = plan_options(),
       .examples = {{"praxisync plan", "who would be contacted, and what would be written back"},
                    {"praxisync plan --save plan.json --detailed-exitcode",
                     "from CI: to be looked at, then applied, when it ends with 2"},
                    {"praxisync plan --report plan.md", "as Markdown for a comment, people masked"},
                    {"praxisync plan --output json", "for a script"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage, kStopped, kUnauthorized})},
      run_plan,
      mistaken};
}

}  // namespace praxisync::cli
