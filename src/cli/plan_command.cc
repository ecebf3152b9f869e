#include <filesystem>

#include "cli/session.h"
#include "cli/summary.h"
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

int run_plan(App& app, const ParsedOptions& options) {
  const std::unique_ptr<Session> session = Session::open(app, options);
  if (!session) return kUsage;
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
  const int code = sync::exit_code(plan.report.ending);
  return code == kRecords ? kDone : code;
}

}  // namespace

Command plan_command() {
  return {
      {.name = "plan",
       .summary = "What sync would do, and what it would cost; changes nothing",
       .usage = "Reads the ATS and the Assess API, works on a copy of the database, and sends "
                "nothing. Only "
                "the ledger of requests counts what was asked.",
       .options = {{.name = "all", .help = "list everybody, not only the first 50"}},
       .examples = {{"praxisync plan", "who would be contacted, and what would be written back"},
                    {"praxisync plan --output json", "for a script"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage, kStopped, kUnauthorized})},
      run_plan};
}

}  // namespace praxisync::cli
