#include "report/plan_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/markdown.h"

namespace praxisync::report {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string when(const std::optional<Timestamp>& at, Timestamp now) {
  if (!at) return "not at these limits";
  return *at <= now ? "now" : format_timestamp(*at).substr(0, 16) + " UTC";
}

std::string of_what_is_left(const std::optional<http::Allowance>& allowance) {
  return allowance ? fmt::format(" of {} left now", allowance->left(http::Draw::Work)) : "";
}

/// The decision first: how many, at what cost, and what stands against it.
std::string head_of(const sync::Plan& plan) {
  const Timestamp now = plan.report.finished_at;
  std::string text = fmt::format(
      "## praxisync: the plan\n\n**{} people to contact, {} write-backs.** Costs {} reads{} and {} "
      "writes{}; everybody contacted: {}.",
      plan.persons, plan.writes.size(), plan.reads, of_what_is_left(plan.reads_allowed),
      plan.write_calls, of_what_is_left(plan.writes_allowed), when(plan.done_at, now));
  if (const auto& quota = plan.report.quota; quota && quota->remaining) {
    text += fmt::format(" Invitations left this month: {}, {} after.", *quota->remaining,
                        std::max(0, *quota->remaining - plan.persons));
  }
  if (plan.quota_dry_at) {
    text += fmt::format(" At this month's pace they run dry on {}.",
                        format_timestamp(*plan.quota_dry_at).substr(0, 10));
  }
  if (plan.unsettled > 0)
    text += fmt::format(" {} calls without an answer are settled first.", plan.unsettled);
  if (sync::exit_code(plan.report.ending) != 0)
    text += fmt::format("\n\n⚠️ The plan is not whole: it ended with {}.",
                        to_string(plan.report.ending));
  if (plan.held) {
    text +=
        fmt::format("\n\n⚠️ A safety limit holds it: `praxisync sync --confirm {}` lets it go.",
                    plan.persons);
  }
  return text;
}

void routes(Markdown& page, const sync::Plan& plan) {
  std::map<std::pair<std::string, std::string>, int> people;
  for (const sync::PlannedContact& contact : plan.contacts) {
    ++people[{contact.route.text(),
              std::string(to_string(contact.target.kind)) + " " + contact.target.slug}];
  }
  Rows rows;
  for (const auto& [where, count] : people)
    rows.push_back({code(where.first), code(where.second), std::to_string(count)});
  page.table({"route", "to", ">applications"}, rows);
}

void held(Markdown& page, const sync::Plan& plan) {
  Rows rows;
  for (const store::GrownRoute& route : plan.grown) {
    rows.push_back({code(route.route.text()), std::to_string(route.had), std::to_string(route.has),
                    std::to_string(route.queued)});
  }
  page.table({"held route", ">had", ">lists now", ">wait"}, rows);
}

void problems(Markdown& page, const sync::Plan& plan) {
  Rows rows;
  for (const sync::Problem& problem : plan.report.problems)
    rows.push_back({code(problem.where), code(problem.what, 300), std::to_string(problem.count)});
  page.table({"problem at", "what", ">count"}, rows,
             static_cast<std::size_t>(plan.report.problems_not_listed));
}

void contacts(Markdown& page, const sync::Plan& plan) {
  if (plan.contacts.empty()) return;
  page.block("### Who would be contacted");
  Rows rows;
  for (const sync::PlannedContact& contact : plan.contacts) {
    rows.push_back({code(contact.connector.text() + "/" + contact.application.text()),
                    code(contact.name), code(contact.email), code(contact.job),
                    code(contact.route.text()), when(contact.at, plan.report.finished_at)});
  }
  page.table({"application", "name", "address", "job", "route", "when"}, rows);
}

void writes(Markdown& page, const sync::Plan& plan) {
  if (plan.writes.empty()) return;
  page.block("### What would be written back");
  Rows rows;
  for (const sync::PlannedWrite& write : plan.writes) {
    rows.push_back({code(write.connector.text() + "/" + write.application.text()),
                    code(write.route.text()), std::string(to_string(write.kind)),
                    code(write.value)});
  }
  page.table({"application", "route", "action", "value"}, rows);
}

}  // namespace

sync::Plan mask(sync::Plan plan) {
  for (sync::PlannedContact& contact : plan.contacts) {
    contact.application = ApplicationId(mask_id(contact.application.text()));
    contact.name = mask_name(contact.name);
    contact.email = mask_email(contact.email);
  }
  for (sync::PlannedWrite& write : plan.writes) {
    write.application = ApplicationId(mask_id(write.application.text()));
    write.value.clear();
  }
  return plan;
}

std::string plan_markdown(const sync::Plan& plan, std::size_t limit) {
  Markdown page(limit);
  page.block(head_of(plan));
  routes(page, plan);
  held(page, plan);
  problems(page, plan);
  contacts(page, plan);
  writes(page, plan);
  if (plan.contacts.empty() && plan.writes.empty()) page.block("Nothing to do.");
  return std::move(page).text();
}

}  // namespace praxisync::report
