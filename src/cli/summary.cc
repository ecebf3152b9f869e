#include "cli/summary.h"

#include <fmt/format.h>

#include "cli/table.h"
#include "domain/text.h"
#include "report/counts_in_words.h"

namespace praxisync::cli {
namespace {

std::string headline(const sync::RunReport& report) {
  std::string line = fmt::format("run {}: {} in {}", static_cast<std::int64_t>(report.run),
                                 to_string(report.ending),
                                 format_duration(report.finished_at - report.started_at));
  if (report.resume_at)
    line += fmt::format("; going on makes sense from {}", format_timestamp(*report.resume_at));
  return line + "\n";
}

std::string counts_table(const sync::Counts& counts, const Terminal& terminal) {
  Table table({{"what"}, {"count", Align::Right}});
  for (const report::CountInWords& one : report::counts_in_words(counts))
    table.add({fmt::format("{}{}", one.part_of_the_last ? "  " : "", one.what),
               fmt::format("{}", one.count)});
  return table.empty() ? "nothing new\n" : table.render(terminal);
}

std::string problem_lines(const sync::RunReport& report) {
  std::string lines;
  for (const sync::Problem& problem : report.problems) {
    lines += fmt::format("! {}: {}", problem.where, printable(problem.what, 500));
    if (problem.count > 1) lines += fmt::format(" (x{})", problem.count);
    lines += '\n';
  }
  if (report.problems_not_listed > 0)
    lines += fmt::format("! and {} more\n", report.problems_not_listed);
  return lines;
}

std::string plan_lines(const sync::RunReport& report, const Terminal& terminal) {
  constexpr std::size_t kShown = 50;
  if (!report.planned) return "";
  const int dropped = static_cast<int>(report.dropped.size()) + report.dropped_not_listed;
  std::string text = fmt::format("plan: {} actions, {} dropped\n", *report.planned, dropped);
  Table table({{"dropped"}, {"route"}, {"action"}, {"why"}});
  for (std::size_t i = 0; i < report.dropped.size() && i < kShown; ++i) {
    const sync::Dropped& action = report.dropped[i];
    table.add({action.connector.text() + "/" + action.application.text(), action.route.text(),
               action.action, action.reason});
  }
  if (!table.empty()) text += table.render(terminal);
  if (report.dropped.size() > kShown)
    text += fmt::format("… and {} more; --output json lists them\n",
                        static_cast<std::size_t>(dropped) - kShown);
  return text;
}

std::string quota_line(const std::optional<assess::Quota>& quota) {
  if (!quota) return "";
  if (!quota->limit || !quota->remaining)
    return fmt::format("quota: no limit ({})\n", printable(quota->plan, 40));
  return fmt::format("quota: {} of {} invitations left this month ({})\n", *quota->remaining,
                     *quota->limit, printable(quota->plan, 40));
}

/// Up to whole minutes: a forecast is no better than that.
Milliseconds rounded(Milliseconds span) { return std::chrono::ceil<std::chrono::minutes>(span); }

/// "now", "in 3 h", or the day where that is far off.
std::string when(const std::optional<Timestamp>& at, Timestamp now) {
  if (!at) return "not at these limits";
  if (*at <= now) return "now";
  if (*at - now < std::chrono::hours{48}) return "in about " + format_duration(rounded(*at - now));
  return "about " + format_timestamp(*at).substr(0, 10);
}

std::string of_left(const std::optional<http::Allowance>& allowance) {
  return allowance ? fmt::format(" ({} left now)", allowance->left(http::Draw::Work)) : "";
}

}  // namespace

std::string summary(const sync::RunReport& report, const report::RequestTotals& requests,
                    const Terminal& terminal) {
  std::string text = headline(report) + counts_table(report.counts, terminal);
  text += plan_lines(report, terminal);
  text += fmt::format(
      "requests: {} used, {} least possible ({} reads, {} writes{})\n",
      requests.assess_reads + requests.assess_writes, report.least.reads + report.least.writes,
      requests.assess_reads, requests.assess_writes,
      requests.assess_throttled > 0 ? fmt::format(", {} throttled", requests.assess_throttled)
                                    : "");
  for (const auto& [name, sent] : requests.ats) {
    if (sent.requests == 0) continue;  // an export
    text += fmt::format("requests to {}: {}{}\n", name, sent.requests,
                        sent.throttled > 0 ? fmt::format(", {} throttled", sent.throttled) : "");
  }
  text += quota_line(report.quota);
  const store::Backlog& backlog = report.backlog;
  text += fmt::format(
      "backlog: {} queued, {} waiting for candidates, {} to write back, {} blocked, {} to settle\n",
      backlog.queued, backlog.waiting, backlog.to_write, backlog.blocked, backlog.unsettled);
  return text + problem_lines(report);
}

std::string summary(const sync::Plan& plan, std::size_t most_rows, const Terminal& terminal) {
  std::string text;
  Table contacts({{"when"}, {"application"}, {"name"}, {"email"}, {"job"}, {"route"}, {"to"}});
  for (std::size_t i = 0; i < plan.contacts.size() && i < most_rows; ++i) {
    const sync::PlannedContact& contact = plan.contacts[i];
    contacts.add({when(contact.at, plan.report.finished_at),
                  contact.connector.text() + "/" + contact.application.text(), contact.name,
                  contact.email, contact.job, contact.route.text(),
                  std::string(to_string(contact.target.kind)) + " " + contact.target.slug});
  }
  if (!contacts.empty()) text += "would be contacted:\n" + contacts.render(terminal);
  if (plan.contacts.size() > most_rows)
    text += fmt::format("… and {} more\n", plan.contacts.size() - most_rows);
  Table writes({{"application"}, {"route"}, {"action"}, {"value"}});
  for (std::size_t i = 0; i < plan.writes.size() && i < most_rows; ++i) {
    const sync::PlannedWrite& write = plan.writes[i];
    writes.add({write.connector.text() + "/" + write.application.text(), write.route.text(),
                std::string(to_string(write.kind)), write.value});
  }
  if (!writes.empty())
    text += (text.empty() ? "" : "\n") + std::string("would be written back:\n") +
            writes.render(terminal);
  if (plan.writes.size() > most_rows)
    text += fmt::format("… and {} more\n", plan.writes.size() - most_rows);
  if (text.empty()) text = "nothing to do\n";
  text += fmt::format("\npeople to contact: {}; write-backs: {}; to settle first: {}\n",
                      plan.persons, plan.writes.size(), plan.unsettled);
  text += fmt::format("requests: {} reads{}, {} writes{}; everybody contacted: {}\n", plan.reads,
                      of_left(plan.reads_allowed), plan.write_calls, of_left(plan.writes_allowed),
                      when(plan.done_at, plan.report.finished_at));
  if (plan.report.quota && plan.report.quota->remaining) {
    text += fmt::format("quota: {} invitations left this month, {} after\n",
                        *plan.report.quota->remaining,
                        std::max(0, *plan.report.quota->remaining - plan.persons));
    if (plan.quota_dry_at) {
      text += fmt::format("quota: runs dry on {} at this month's pace\n",
                          format_timestamp(*plan.quota_dry_at).substr(0, 10));
    }
  }
  for (const store::GrownRoute& route : plan.grown) {
    text += fmt::format("held: the stage of route {} lists {} people where it had {}; {} wait\n",
                        route.route.text(), route.has, route.had, route.queued);
  }
  if (plan.held) {
    text += fmt::format(
        "held: more people than the safety limit allows; 'praxisync sync --confirm {}' sends "
        "them\n",
        plan.persons);
  }
  return text + problem_lines(plan.report);
}

}  // namespace praxisync::cli
