#include "cli/summary.h"

#include <fmt/format.h>

#include "cli/table.h"
#include "domain/text.h"

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
  const auto row = [&](const char* name, std::int64_t count) {
    if (count != 0) table.add({name, fmt::format("{}", count)});
  };
  row("applications pulled", counts.pulled);
  row("records set aside", counts.set_aside);
  row("queued", counts.queued);
  row("blocked", counts.blocked);
  row("invited", counts.invited);
  row("already invited", counts.already_invited);
  row("enrolled", counts.enrolled);
  row("reminded", counts.reminded);
  row("cancelled", counts.cancelled);
  row("completed", counts.completed);
  row("  passed", counts.passed);
  row("  failed", counts.failed);
  row("expired", counts.expired);
  row("written back", counts.written_back);
  row("writes refused", counts.failed_writes);
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

std::string quota_line(const std::optional<assess::Quota>& quota) {
  if (!quota) return "";
  if (!quota->limit || !quota->remaining)
    return fmt::format("quota: no limit ({})\n", printable(quota->plan, 40));
  return fmt::format("quota: {} of {} invitations left this month ({})\n", *quota->remaining,
                     *quota->limit, printable(quota->plan, 40));
}

}  // namespace

std::string summary(const sync::RunReport& report, const report::RequestTotals& requests,
                    const Terminal& terminal) {
  std::string text = headline(report) + counts_table(report.counts, terminal);
  text += fmt::format(
      "requests: {} used, {} least possible ({} reads, {} writes{})\n",
      requests.assess_reads + requests.assess_writes, report.least.reads + report.least.writes,
      requests.assess_reads, requests.assess_writes,
      requests.assess_throttled > 0 ? fmt::format(", {} throttled", requests.assess_throttled)
                                    : "");
  text += quota_line(report.quota);
  const store::Backlog& backlog = report.backlog;
  text += fmt::format(
      "backlog: {} queued, {} waiting for candidates, {} to write back, {} blocked, {} to settle\n",
      backlog.queued, backlog.waiting, backlog.to_write, backlog.blocked, backlog.unsettled);
  return text + problem_lines(report);
}

std::string summary(const sync::Plan& plan, std::size_t most_rows, const Terminal& terminal) {
  std::string text;
  Table contacts({{"application"}, {"name"}, {"email"}, {"job"}, {"route"}, {"to"}});
  for (std::size_t i = 0; i < plan.contacts.size() && i < most_rows; ++i) {
    const sync::PlannedContact& contact = plan.contacts[i];
    contacts.add({contact.connector.text() + "/" + contact.application.text(), contact.name,
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
  text += fmt::format(
      "requests: {} reads, {} writes; done in {}\n", plan.reads, plan.write_calls,
      plan.until_done.count() == 0 ? "this run" : "about " + format_duration(plan.until_done));
  if (plan.report.quota && plan.report.quota->remaining) {
    text += fmt::format("quota: {} invitations left this month, {} after\n",
                        *plan.report.quota->remaining,
                        std::max(0, *plan.report.quota->remaining - plan.persons));
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
