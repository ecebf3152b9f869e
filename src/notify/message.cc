#include "notify/message.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/time.h"
#include "http/masking.h"

namespace praxisync::notify {
namespace {

constexpr std::size_t kMostTold = 10;
constexpr int kDone = 0, kStopped = 4, kHeld = 7;

/// A run that could not begin has no number.
std::string name_of(const sync::RunReport& report) {
  const auto number = static_cast<std::int64_t>(report.run);
  return number == 0 ? "a run" : fmt::format("run {}", number);
}

std::string advice_for(int code, const sync::RunReport& report) {
  switch (code) {
    case 2:
      return "The database belongs to another organisation than the key: check [state] path and "
             "[assess] api_key.";
    case 3:
      return "The other records are done. 'praxisync status' says which are not and why, "
             "'praxisync explain WHO' tells one candidate's story.";
    case 5:
      return "'praxisync doctor' says which credentials are refused; exchange them. Until then "
             "that account stands still.";
    case kHeld:
      return "Look at 'praxisync plan'. If it is right, 'praxisync sync --confirm N' lets N people "
             "be contacted; until then nobody is.";
    default:
      return fmt::format(
          "The next run goes on where this one stopped. If that fails too, {} and "
          "'praxisync doctor' say more.",
          report.run == RunKey{}
              ? "the log"
              : fmt::format("'praxisync runs {}'", static_cast<std::int64_t>(report.run)));
  }
}

void add_count(std::string& line, std::int64_t count, const char* what) {
  if (count == 0) return;
  line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, what);
}

std::string counts_line(const sync::Counts& counts) {
  std::string line;
  add_count(line, counts.pulled, "pulled");
  add_count(line, counts.invited, "invited");
  add_count(line, counts.enrolled, "enrolled");
  add_count(line, counts.reminded, "reminded");
  add_count(line, counts.cancelled, "cancelled");
  add_count(line, counts.completed, "completed");
  add_count(line, counts.expired, "expired");
  add_count(line, counts.written_back, "written back");
  add_count(line, counts.blocked, "blocked");
  add_count(line, counts.failed_writes, "writes refused");
  return line.empty() ? "nothing new" : line;
}

}  // namespace

std::string_view to_string(Event event) {
  switch (event) {
    case Event::Failure:
      return "failure";
    case Event::Recovery:
      return "recovery";
    case Event::Held:
      return "held";
  }
  return "failure";
}

bool decides(int code) { return code != kStopped; }

std::optional<Event> event_of(int code, std::optional<int> before) {
  if (!decides(code) || code == before.value_or(kDone)) return std::nullopt;
  if (code == kDone) return Event::Recovery;
  return code == kHeld ? Event::Held : Event::Failure;
}

std::vector<sync::Problem> told_problems(const sync::RunReport& report) {
  std::vector<sync::Problem> told(
      report.problems.begin(), report.problems.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                             report.problems.size(), kMostTold)));
  for (sync::Problem& problem : told) {
    problem.where = http::mask_peer_text(problem.where);
    problem.what = http::mask_peer_text(problem.what);
  }
  return told;
}

std::string short_log(const sync::RunReport& report) {
  std::string log = fmt::format(
      "{}: {} (exit code {}) after {}\n{}\nbacklog: {} queued, {} waiting, {} to write back, {} "
      "blocked\n",
      name_of(report), to_string(report.ending), sync::exit_code(report.ending),
      format_duration(report.finished_at - report.started_at), counts_line(report.counts),
      report.backlog.queued, report.backlog.waiting, report.backlog.to_write,
      report.backlog.blocked);
  for (const sync::Problem& problem : told_problems(report))
    log += fmt::format("- {}: {}{}\n", problem.where, problem.what,
                       problem.count == 1 ? "" : fmt::format(" ({} times)", problem.count));
  return log;
}

Message message_of(Event event, const sync::RunReport& report, std::optional<int> before) {
  const int code = sync::exit_code(report.ending);
  Message message{event, {}, {}};
  switch (event) {
    case Event::Recovery:
      message.headline = fmt::format("praxisync: {} went well again, after exit code {}",
                                     name_of(report), before.value_or(kDone));
      break;
    case Event::Held:
      message.headline = fmt::format("praxisync: {} is held by a safety limit", name_of(report));
      break;
    case Event::Failure:
      message.headline = fmt::format("praxisync: {} ended with exit code {} ({})", name_of(report),
                                     code, to_string(report.ending));
      break;
  }
  if (event != Event::Recovery) message.advice = advice_for(code, report);
  return message;
}

}  // namespace praxisync::notify
