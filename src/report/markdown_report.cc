#include "report/markdown_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/counts_in_words.h"
#include "report/markdown.h"

namespace praxisync::report {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const char* sign_of(Tone tone) {
  switch (tone) {
    case Tone::Good:
      return "✅";
    case Tone::Warning:
      return "⚠️";
    case Tone::Bad:
      return "❌";
    case Tone::Quiet:
      return "⏸️";
  }
  return "";
}

std::string head_of(const RunReport& report) {
  const sync::RunReport& run = report.run;
  std::string text = fmt::format("## {} praxisync, {}: {}\n\nBegan {}, took {}, exit code {}.",
                                 sign_of(tone_of(run.ending)), report.title(),
                                 ending_in_words(run.ending), format_timestamp(run.started_at),
                                 format_duration(report.took()), sync::exit_code(run.ending));
  if (run.resume_at)
    text += fmt::format(" Going on makes sense from {}.", format_timestamp(*run.resume_at));
  return text;
}

void counts(Markdown& page, const RunReport& report) {
  Rows rows;
  for (const CountInWords& one : counts_in_words(report.run.counts))
    rows.push_back({one.what, std::to_string(one.count)});
  page.table({"In this run", ">count"}, rows);
  if (rows.empty()) page.block("Nothing new.");
}

void attention(Markdown& page, const RunReport& report) {
  if (report.attention.empty()) return;
  page.block("### Needs a person");
  Rows rows;
  for (const Attention& entry : report.attention)
    rows.push_back({code(entry.where), code(entry.what, 300), std::to_string(entry.count),
                    code(entry.mend, 400)});
  page.table({"where", "what", ">count", "how to mend it"}, rows);
}

std::string median_score(const RunReport& report, const RouteName& route) {
  const auto found = std::ranges::find(report.scores, route, &store::ScoreSpread::route);
  return found == report.scores.end() ? "–" : format_score(found->median) + " %";
}

std::string median_time(const RunReport& report, const RouteName& route) {
  const auto found = std::ranges::find(report.times, route, &store::TimeSpread::route);
  return found == report.times.end() ? "–" : format_duration(found->median);
}

void funnel(Markdown& page, const RunReport& report) {
  if (report.funnel.empty()) return;
  page.block("### How far everybody has come");
  Rows rows;
  for (const store::RouteFunnel& route : report.funnel) {
    rows.push_back({code(route.route.text()), std::to_string(route.in_stage),
                    std::to_string(route.invited), std::to_string(route.started),
                    std::to_string(route.completed), std::to_string(route.passed),
                    std::to_string(route.written_back), median_score(report, route.route),
                    median_time(report, route.route)});
  }
  page.table({"route", ">in stage", ">invited", ">started", ">completed", ">passed",
              ">written back", ">median score", ">median time"},
             rows);
}

std::string requests(const RunReport& report) {
  const RequestTotals& sent = report.requests;
  std::string text =
      fmt::format("Requests: {} used, {} least possible.", sent.assess_reads + sent.assess_writes,
                  report.run.least.reads + report.run.least.writes);
  if (report.reads && report.writes) {
    text +=
        fmt::format(" Left this hour: {} reads, {} writes.", report.reads->left(http::Draw::Work),
                    report.writes->left(http::Draw::Work));
  }
  if (const auto& quota = report.run.quota; quota && quota->limit && quota->remaining) {
    text +=
        fmt::format(" Invitations left this month: {} of {}.", *quota->remaining, *quota->limit);
  }
  return text;
}

std::string evidence(const RunReport& report) {
  const sync::Evidence& evidence = report.run.evidence;
  const auto sum = [](const sync::Tally& tally) {
    return fmt::format("{} planned, {} done, {} left for later, {} failed", tally.planned,
                       tally.done, tally.skipped, tally.failed);
  };
  return fmt::format("Evidence: {} of {} streams read to their end; people: {}; write-backs: {}.",
                     evidence.streams.size() - evidence.unread().size(), evidence.streams.size(),
                     sum(evidence.contacts), sum(evidence.write_backs));
}

void blocked(Markdown& page, const RunReport& report) {
  if (report.blocked.empty()) return;
  page.block(report.persons == Persons::Masked ? "### Blocked people, masked"
                                               : "### Blocked people");
  Rows rows;
  for (const NeedsPerson& person : report.blocked) {
    rows.push_back({code(person.connector.text() + "/" + person.application.text()),
                    code(person.name), code(person.email), code(person.route.text()),
                    code(person.reason, 300)});
  }
  page.table({"application", "name", "address", "route", "why"}, rows,
             static_cast<std::size_t>(report.blocked_not_listed));
}

void dropped(Markdown& page, const RunReport& report) {
  if (!report.run.planned) return;
  page.block(fmt::format(
      "### The plan: {} actions, {} dropped", *report.run.planned,
      report.run.dropped.size() + static_cast<std::size_t>(report.run.dropped_not_listed)));
  Rows rows;
  for (const sync::Dropped& action : report.run.dropped) {
    rows.push_back({code(action.connector.text() + "/" + action.application.text()),
                    code(action.route.text()), action.action, code(action.reason, 300)});
  }
  page.table({"application", "route", "action", "why"}, rows,
             static_cast<std::size_t>(report.run.dropped_not_listed));
}

}  // namespace

std::string markdown_report(const RunReport& report, std::size_t limit) {
  Markdown page(limit);
  page.block(head_of(report));
  attention(page, report);
  counts(page, report);
  funnel(page, report);
  page.block(requests(report));
  page.block(evidence(report));
  dropped(page, report);
  blocked(page, report);
  return std::move(page).text();
}

}  // namespace praxisync::report
