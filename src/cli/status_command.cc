#include <fmt/format.h>

#include "cli/schedules.h"
#include "cli/session.h"
#include "cli/table.h"
#include "domain/text.h"
#include "report/story_document.h"

namespace praxisync::cli {
namespace {

Result<report::ScheduleStatus> read_schedule(store::Store& store, const schedule::Plan& plan,
                                             Timestamp now) {
  const schedule::Calendar& calendar = plan.timing.calendar;
  report::ScheduleStatus status{
      .name = plan.name,
      .connectors = plan.connectors,
      .calendar = calendar.text(),
      .timezone = calendar.zone().name(),
  };
  const auto record = store.occurrences().find(plan.name, claims_from(plan, now));
  if (!record) return record.error();
  // One that no scheduler has met yet is known from the moment that one does.
  const store::ScheduleRecord known = record->value_or(store::ScheduleRecord{.since = now});
  status.paused = known.paused;
  status.failures = known.failures;
  status.last_run = known.last;
  const auto next = schedule::prospect(plan, known, {now, now, ""});
  if (!next) return status;
  status.next_run = next->occurrence;
  status.next_run_local =
      format_timestamp(next->occurrence, calendar.zone().span_at(next->occurrence).offset);
  return status;
}

Result<report::Status> read_status(store::Store& store, store::RequestLedger& ledger,
                                   const std::vector<schedule::Plan>& plans, Timestamp now) {
  report::Status status;
  for (const schedule::Plan& plan : plans) {
    Result<report::ScheduleStatus> schedule = read_schedule(store, plan, now);
    if (!schedule) return std::move(schedule).error();
    status.schedules.push_back(std::move(*schedule));
  }
  const auto read = [](auto& into, auto result) -> Result<void> {
    if (!result) return std::move(result).error();
    into = std::move(*result);
    return {};
  };
  for (const Result<void>& done :
       {read(status.reads, ledger.allowance(http::Cost::Read)),
        read(status.writes, ledger.allowance(http::Cost::Write)),
        read(status.backlog, store.view().backlog()),
        read(status.set_aside, store.view().set_aside()), read(status.held, store.safety().held()),
        read(status.routes, store.view().by_route()), read(status.blocked, store.view().blocked()),
        read(status.refused, store.view().refused()),
        read(status.checkpoints, store.view().checkpoints()),
        read(status.last_run, store.runs().latest(1))}) {
    if (!done) return done.error();
  }
  return status;
}

std::string last_run_line(const report::Status& status, Timestamp now) {
  if (status.last_run.empty()) return "no run yet\n";
  const store::Run& run = status.last_run.front();
  const std::string ending =
      run.finished_at ? run.reason : (run.reason.empty() ? "under way or killed" : run.reason);
  return fmt::format("last run: {} at {} ({} ago), {}\n", static_cast<std::int64_t>(run.key),
                     format_timestamp(run.started_at),
                     format_duration(std::max(Milliseconds{0}, now - run.started_at)), ending);
}

std::string routes_table(const report::Status& status, const Terminal& terminal) {
  Table table({{"route"},
               {"queued", Align::Right},
               {"waiting", Align::Right},
               {"passed", Align::Right},
               {"failed", Align::Right},
               {"expired", Align::Right},
               {"written back", Align::Right},
               {"blocked", Align::Right}});
  for (const store::RouteCount& route : status.routes) {
    const auto count = [&](std::initializer_list<State> states) {
      int sum = 0;
      for (const State state : states) {
        const auto found = route.by_state.find(state);
        if (found != route.by_state.end()) sum += found->second;
      }
      return fmt::format("{}", sum);
    };
    table.add({route.route.text(), count({State::Queued, State::Dispatching}),
               count({State::Invited, State::Enrolled, State::Started}), count({State::Passed}),
               count({State::Failed}), count({State::Expired}), count({State::WrittenBack}),
               count({State::Blocked})});
  }
  return table.empty() ? "" : table.render(terminal);
}

std::string last_of(const report::ScheduleStatus& schedule) {
  if (!schedule.last_run) return "-";
  const store::ScheduledRun& last = *schedule.last_run;
  return format_timestamp(last.begun_at) +
         (last.exit_code ? fmt::format(", exit {}", *last.exit_code) : ", under way or killed");
}

std::string state_of(const report::ScheduleStatus& schedule, Timestamp now) {
  std::string state;
  if (schedule.paused) state = "paused";
  if (schedule.next_run && *schedule.next_run <= now) state = "due";
  if (schedule.failures == 0) return state.empty() ? "waiting" : state;
  return fmt::format("{}{} failed in a row", state.empty() ? "" : state + ", ", schedule.failures);
}

std::string schedules_table(const report::Status& status, Timestamp now, const Terminal& terminal) {
  Table table({{"schedule"}, {"when"}, {"next run"}, {"in UTC"}, {"last run"}, {"state"}});
  for (const report::ScheduleStatus& schedule : status.schedules) {
    table.add({schedule.name.text(), fmt::format("{} {}", schedule.calendar, schedule.timezone),
               schedule.next_run ? schedule.next_run_local : "-",
               schedule.next_run ? format_timestamp(*schedule.next_run) : "-", last_of(schedule),
               state_of(schedule, now)});
  }
  return table.empty() ? "" : "\n" + table.render(terminal);
}

std::string left_of(std::string_view name, const http::Allowance& allowance) {
  if (allowance.closed_until) {
    return fmt::format("no {} until {} (the API asked for patience)", name,
                       format_timestamp(*allowance.closed_until));
  }
  const std::string kept =
      allowance.reserve > 0 ? fmt::format(", {} in reserve", allowance.reserve) : "";
  return fmt::format("{} of {} {}{}", allowance.left(http::Draw::Work), allowance.limit, name,
                     kept);
}

std::string text_of(const report::Status& status, Timestamp now, const Terminal& terminal) {
  const store::Backlog& backlog = status.backlog;
  std::string text = last_run_line(status, now) + routes_table(status, terminal);
  text += fmt::format(
      "backlog: {} queued, {} waiting for candidates, {} to write back, {} blocked, {} to settle\n",
      backlog.queued, backlog.waiting, backlog.to_write, backlog.blocked, backlog.unsettled);
  text += fmt::format("requests left in this hour: {}, {}\n", left_of("reads", status.reads),
                      left_of("writes", status.writes));
  for (const store::GrownRoute& route : status.held) {
    text += fmt::format(
        "! {}: {} held: the stage lists {} people where it had {}; see 'praxisync plan'\n",
        route.route.text(), route.queued, route.has, route.had);
  }
  for (const store::BlockedReason& entry : status.blocked) {
    text += fmt::format("! {}: {} blocked: {}\n", entry.route.text(), entry.screenings,
                        printable(entry.reason, 300));
  }
  for (const store::RefusedWrite& entry : status.refused) {
    text += fmt::format("! {}: {} {} refused: {}\n", entry.route.text(), entry.count, entry.kind,
                        printable(entry.reason, 300));
  }
  if (status.set_aside > 0)
    text += fmt::format("! {} records of the ATS could not be read\n", status.set_aside);
  Table checkpoints({{"stream"}, {"seen up to"}, {"read"}});
  for (const store::StreamCheckpoint& entry : status.checkpoints) {
    const auto time = [](const std::optional<Timestamp>& at) {
      return at ? format_timestamp(*at) : std::string("-");
    };
    checkpoints.add(
        {entry.stream, time(entry.checkpoint.watermark), time(entry.checkpoint.updated_at)});
  }
  return text + (checkpoints.empty() ? "" : "\n" + checkpoints.render(terminal)) +
         schedules_table(status, now, terminal);
}

int run_status(App& app, const ParsedOptions& options) {
  const auto config = load_config(app, options, config::Secrets::NotNeeded);
  if (!config) return kUsage;
  Result<store::Store> store = store::Store::open_for_reading(config->state.path);
  if (!store) {
    print_error(app, store.error());
    return kFailed;
  }
  schedule::SystemClock system;
  const ShiftedClock clock(system, clock_ahead(app, *config));
  const auto ledger = store->request_ledger(clock, "assess", request_limits(*config));
  const Result<report::Status> status =
      read_status(*store, *ledger, plans_of(*config), clock.now());
  if (!status) {
    print_error(app, status.error());
    return kFailed;
  }
  if (options.get("output") == "json") {
    app.out << report::status_document(*status) << "\n";
  } else {
    app.out << text_of(*status, clock.now(), app.out_terminal);
  }
  return kDone;
}

}  // namespace

Command status_command() {
  return {{.name = "status",
           .summary =
               "The backlog by route, what needs a person, how far each stream was read, and the "
               "schedules",
           .usage = "Reads the database only: no request is made, and a run that is under way is "
                    "not disturbed.",
           .examples = {{"praxisync status", "where everything stands"}},
           .exit_codes = exit_codes({kDone, kFailed, kUsage})},
          run_status};
}

}  // namespace praxisync::cli
