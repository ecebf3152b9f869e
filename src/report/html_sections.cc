#include "report/html_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/text.h"
#include "report/html.h"
#include "report/html_charts.h"
#include "report/spread_labels.h"

namespace praxisync::report {
namespace {

std::string share_of(long long part, long long whole) {
  return whole > 0 && part > 0 ? fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) /
                                                             static_cast<double>(whole))
                               : "";
}

std::string tile(long long number, const char* name, const char* style = "") {
  return fmt::format("<div class=\"{}\">{}{}</div>", style, element("dt", name),
                     element("dd", std::to_string(number)));
}

const char* style_of(Attention::Kind kind) {
  switch (kind) {
    case Attention::Kind::Run:
      return "bad";
    case Attention::Kind::Held:
    case Attention::Kind::Blocked:
    case Attention::Kind::Refused:
      return "warn";
    case Attention::Kind::SetAside:
      return "quiet";
  }
  return "quiet";
}

std::string name_of(Attention::Kind kind) {
  return kind == Attention::Kind::SetAside ? "set aside" : std::string(to_string(kind));
}

/// A picture for each route, side by side.
std::string gallery(const std::string& pictures) {
  return "<div class=\"gallery\">" + pictures + "</div>\n";
}

std::string picture(std::string_view title, std::string_view note, std::string_view inside) {
  return "<figure><figcaption>" + element("b", title) + element("span", note, "soft") +
         "</figcaption>" + std::string(inside) + "</figure>\n";
}

}  // namespace

std::string outcome_section(const RunReport& report) {
  const sync::Counts& counts = report.run.counts;
  std::string tiles;
  // The way of the work always; what is rarer only where it happened.
  const auto always = [&](int number, const char* name, const char* style = "") {
    tiles += tile(number, name, number > 0 ? style : "");
  };
  const auto if_any = [&](int number, const char* name, const char* style = "") {
    if (number > 0) tiles += tile(number, name, style);
  };
  tiles += tile(counts.pulled, "pulled");
  always(counts.invited, "invited");
  always(counts.enrolled, "enrolled");
  if_any(counts.already_invited, "invited before");
  if_any(counts.reminded, "reminded");
  if_any(counts.cancelled, "cancelled");
  always(counts.completed, "completed");
  always(counts.passed, "passed", "good");
  if_any(counts.failed, "failed");
  if_any(counts.expired, "expired");
  always(counts.written_back, "written back");
  always(counts.blocked, "blocked", "warn");
  if_any(counts.failed_writes, "writes refused", "bad");
  if_any(counts.set_aside, "set aside", "warn");
  const store::Backlog& backlog = report.run.backlog;
  const std::string left = tile(backlog.queued, "queued") +
                           tile(backlog.waiting, "wait for candidates") +
                           tile(backlog.to_write, "to write back") +
                           tile(backlog.blocked, "blocked", backlog.blocked > 0 ? "warn" : "") +
                           tile(backlog.unsettled, "to settle");
  return card("In this run", "<dl class=\"tiles\">" + tiles + "</dl>\n", "wide") +
         card("Left after it", "<dl class=\"tiles\">" + left + "</dl>\n", "wide");
}

std::string attention_section(const RunReport& report) {
  if (report.attention.empty())
    return card("Needs a person", "<p class=\"calm\">Nothing.</p>\n", "wide");
  std::string items = "<ul>\n";
  for (const Attention& entry : report.attention) {
    const std::string count = entry.count > 1 ? fmt::format(" × {}", entry.count) : "";
    items += "<li class=\"item\">" +
             element("span", name_of(entry.kind), std::string("chip ") + style_of(entry.kind)) +
             "<p>" + element("b", entry.where) + " " + element("span", entry.what + count) +
             "</p>" + element("p", entry.mend, "mend") + "</li>\n";
  }
  return card(fmt::format("Needs a person: {}", report.attention.size()), items + "</ul>\n",
              "wide");
}

std::string funnel_section(const RunReport& report) {
  if (report.funnel.empty()) return "";
  std::string pictures;
  std::vector<std::vector<std::string>> rows;
  for (const store::RouteFunnel& route : report.funnel) {
    const auto bar = [&](const char* label, int value, const char* style = "") {
      return Bar{label, value, value == route.in_stage ? "" : share_of(value, route.in_stage),
                 style};
    };
    pictures += picture(route.route.text(),
                        fmt::format("{} in the stage now, {} passed, {} failed", route.in_stage_now,
                                    route.passed, route.failed),
                        bars({bar("In stage", route.in_stage), bar("Invited", route.invited),
                              bar("Started", route.started), bar("Completed", route.completed),
                              bar("Written back", route.written_back, "good")},
                             route.in_stage));
    rows.push_back({route.route.text(), std::to_string(route.in_stage),
                    std::to_string(route.invited), std::to_string(route.started),
                    std::to_string(route.completed), std::to_string(route.passed),
                    std::to_string(route.failed), std::to_string(route.written_back)});
  }
  const auto number = [](const char* name) { return Column{name, Align::Right}; };
  return card("How far everybody has come",
              gallery(pictures) +
                  folded("As a table",
                         html_table("People by route, each counted at every step up to theirs",
                                    {{"Route"},
                                     number("In stage"),
                                     number("Invited"),
                                     number("Started"),
                                     number("Completed"),
                                     number("Passed"),
                                     number("Failed"),
                                     number("Written back")},
                                    rows)),
              "wide");
}

std::string scores_section(const RunReport& report) {
  if (report.scores.empty()) return "";
  std::string pictures;
  std::vector<std::vector<std::string>> rows;
  std::vector<Column> columns{{"Route"}};
  for (const std::string& label : ten_labels()) columns.push_back({label, Align::Right});
  for (const store::ScoreSpread& spread : report.scores) {
    std::vector<Pillar> all;
    rows.push_back({spread.route.text()});
    for (std::size_t i = 0; i < spread.people.size(); ++i) {
      all.push_back({ten_labels()[i], spread.people[i]});
      rows.back().push_back(std::to_string(spread.people[i]));
    }
    const std::string gist =
        fmt::format("{} people, median {} %", spread.count, format_score(spread.median));
    pictures += picture(spread.route.text(), gist,
                        pillars("Scores of " + spread.route.text() + ": " + gist, all));
  }
  return card("Scores, in percent",
              gallery(pictures) +
                  folded("As a table", html_table("People by route and score", columns, rows)),
              "wide");
}

std::string times_section(const RunReport& report) {
  if (report.times.empty()) return "";
  std::string pictures;
  std::vector<std::vector<std::string>> rows;
  std::vector<Column> columns{{"Route"}};
  for (const std::string& label : time_labels()) columns.push_back({label, Align::Right});
  for (const store::TimeSpread& spread : report.times) {
    std::vector<Pillar> all;
    rows.push_back({spread.route.text()});
    for (std::size_t i = 0; i < spread.people.size(); ++i) {
      all.push_back({time_labels()[i], spread.people[i]});
      rows.back().push_back(std::to_string(spread.people[i]));
    }
    const std::string gist =
        fmt::format("{} people, median {}", spread.count, format_duration(spread.median));
    pictures += picture(spread.route.text(), gist,
                        pillars("Time to complete, " + spread.route.text() + ": " + gist, all));
  }
  return card("From the invitation to completion",
              gallery(pictures) +
                  folded("As a table", html_table("People by route and time taken", columns, rows)),
              "wide");
}

std::string steps_section(const RunReport& report) {
  std::vector<StepTime> steps = report.steps;
  if (steps.empty()) return "";
  std::ranges::stable_sort(steps, std::ranges::greater{}, &StepTime::took);
  std::vector<Bar> rows;
  for (const StepTime& step : steps) {
    rows.push_back({printable(step.name, 80), step.took.count(),
                    step.times > 1 ? fmt::format("{} times", step.times) : "", "quiet",
                    format_duration(step.took)});
  }
  constexpr std::size_t kShown = 8;
  const long long most = rows.front().value;
  const auto split = rows.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, rows.size()));
  std::string inside = bars({rows.begin(), split}, most);
  if (split != rows.end())
    inside += folded(fmt::format("{} more", rows.end() - split), bars({split, rows.end()}, most));
  return card("Where the time went: " + format_duration(report.took()), inside);
}

std::string blocked_section(const RunReport& report) {
  if (report.blocked.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const NeedsPerson& person : report.blocked) {
    rows.push_back({person.connector.text() + "/" + person.application.text(), person.name,
                    person.email, person.route.text(), printable(person.reason, 300),
                    format_timestamp(person.since).substr(0, 10)});
  }
  std::string inside = html_table(
      report.persons == Persons::Masked ? "Names and addresses are masked" : "Personal data",
      {{"Application"}, {"Name"}, {"Address"}, {"Route"}, {"Why"}, {"Since"}}, rows);
  if (report.blocked_not_listed > 0)
    inside += element("p", fmt::format("and {} more", report.blocked_not_listed), "soft");
  return card(fmt::format("Blocked people: {}",
                          rows.size() + static_cast<std::size_t>(report.blocked_not_listed)),
              inside, "wide");
}

std::string dropped_section(const RunReport& report) {
  if (!report.run.planned) return "";
  std::vector<std::vector<std::string>> rows;
  for (const sync::Dropped& action : report.run.dropped) {
    rows.push_back({action.connector.text() + "/" + action.application.text(), action.route.text(),
                    action.action, action.reason});
  }
  const std::size_t dropped = rows.size() + static_cast<std::size_t>(report.run.dropped_not_listed);
  const std::string head =
      fmt::format("The plan: {} actions, {} dropped", *report.run.planned, dropped);
  if (rows.empty()) return card(head, "<p class=\"calm\">All of it stood.</p>\n", "wide");
  std::string inside =
      html_table("Dropped actions", {{"Application"}, {"Route"}, {"Action"}, {"Why"}}, rows);
  if (report.run.dropped_not_listed > 0)
    inside += element("p", fmt::format("and {} more", report.run.dropped_not_listed), "soft");
  return card(head, inside, "wide");
}

}  // namespace praxisync::report
