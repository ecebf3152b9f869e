#include "cli/serve_runner.h"

#include <fmt/format.h>

#include <utility>

#include "cli/heap.h"

namespace praxisync::cli {
namespace {

/// "run 12 (webhooks): done after 3s: 2 pulled, 1 invited, 0 written back"
std::string ended_line(const std::string& why, const sync::RunReport& report) {
  return fmt::format(
      "run {} ({}): {} after {}: {} pulled, {} contacted, {} completed, {} written back",
      static_cast<std::int64_t>(report.run), why, to_string(report.ending),
      format_duration(report.finished_at - report.started_at), report.counts.pulled,
      report.counts.invited + report.counts.enrolled, report.counts.completed,
      report.counts.written_back);
}

/// Why no run can do its work until a person mends it; empty: this one could. Anybody may ask for
/// it.
std::string trouble_of(const sync::RunReport& report) {
  const bool amiss = report.ending == sync::Ending::Failed ||
                     report.ending == sync::Ending::OtherOrganisation ||
                     report.ending == sync::Ending::Unauthorized;
  if (!amiss) return {};
  return fmt::format("run {} ended with {}: see the log", static_cast<std::int64_t>(report.run),
                     to_string(report.ending));
}

}  // namespace

ServeRunner::ServeRunner(App& app, const ParsedOptions& options, serve::Live& live,
                         serve::Health& health, Relay& relay, Log& log)
    : app_(app), options_(options), live_(live), health_(health), relay_(relay), log_(log) {}

Result<std::optional<sync::RunReport>> ServeRunner::run(
    const serve::Work& work, const std::function<Result<bool>()>& begin,
    const std::function<Result<void>(const sync::RunReport&)>& end) {
  auto ended = run_once(work, begin, end);
  return_free_memory();
  if (!ended && ended.error().kind != ErrorKind::Exhausted)
    health_.set_trouble("no run can begin: see the log");
  if (ended && *ended) health_.set_trouble(trouble_of(**ended));
  return ended;
}

Result<std::optional<sync::RunReport>> ServeRunner::run_once(
    const serve::Work& work, const std::function<Result<bool>()>& begin,
    const std::function<Result<void>(const sync::RunReport&)>& end) {
  const std::unique_ptr<Session> session = Session::open(app_, options_, *config_);
  if (!session) return Error{ErrorKind::Fatal, "the connectors cannot be made; it is printed why"};
  if (work.due && work.due->deadline)
    session->stop().end_at(session->clock().now() + *work.due->deadline);
  Result<HeldDatabase> held = hold_database(*session);
  if (!held) return std::move(held).error();
  const Result<bool> begun = begin();
  if (!begun) return begun.error();
  if (!*begun) return std::optional<sync::RunReport>();

  RunOrder order{.scope = work.scope, .observer = &live_};
  if (work.due) order.connectors.emplace(work.due->connectors.begin(), work.due->connectors.end());
  const Relay::Turn turn(relay_, session->console());
  sync::RunReport report = run_engine(*session, *held, order);
  session->progress().clear();
  const Result<void> ended = end(report);
  tell_end(*session, *held, report);
  log_.info(ended_line(work.why, report));
  if (!ended) return ended.error();
  return std::optional(std::move(report));
}

}  // namespace praxisync::cli
