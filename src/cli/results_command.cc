#include <fmt/format.h>

#include "cli/invite_lookup.h"
#include "cli/list_output.h"
#include "domain/outcome.h"

namespace praxisync::cli {
namespace {

using assess::PageToken;
using assess::ResultRow;

std::string duration_cell(const std::optional<Milliseconds>& span) {
  return span ? format_duration(*span) : "-";
}

std::string violations_cell(const std::optional<Violations>& violations) {
  if (!violations) return "-";
  return fmt::format("{} fullscreen, {} copy/paste", violations->fullscreen,
                     violations->copy_paste);
}

int list_results(ByHand& hand) {
  const ListView<ResultRow> view{{{"invitation"},
                                  {"email"},
                                  {"name"},
                                  {"score %", Align::Right},
                                  {"passed"},
                                  {"took", Align::Right},
                                  {"violations", Align::Right},
                                  {"completed"}},
                                 [&](const ResultRow& row) -> std::vector<std::string> {
                                   std::optional<int> violations;
                                   if (row.violations)
                                     violations =
                                         row.violations->fullscreen + row.violations->copy_paste;
                                   return {hand.token(row.token), cell(row.email),
                                           cell(row.name),        cell(row.score_percentage),
                                           cell(row.passed),      duration_cell(row.time_spent),
                                           cell(violations),      hand.time(row.completed_at)};
                                 }};
  const AssessmentSlug slug(hand.argument(0));
  return print_list(
      hand, view, [&](const PageToken& page) { return hand.api().list_results(slug, page); },
      [&](const assess::ApiError& failure) {
        return fail_for_assessment(hand, failure, slug.text());
      });
}

std::string points(const std::optional<double>& score, const std::optional<double>& most) {
  return fmt::format("{} of {}", cell(score), cell(most));
}

int show_result(ByHand& hand) {
  const auto invite = find_invite(hand);
  if (const int* code = std::get_if<int>(&invite)) return *code;
  const auto found = hand.api().get_result(std::get<InviteToken>(invite));
  if (!found) return hand.fail(found.failure());
  if (hand.printed_json(found->raw)) return kDone;
  const ResultRow& row = found->row;
  Fields fields;
  fields.add("email", cell(row.email));
  fields.add("name", cell(row.name));
  fields.add("assessment", cell(found->assessment_title));
  fields.add("status", cell(row.status_text));
  fields.add("score %", cell(row.score_percentage));
  fields.add("points", points(found->score, found->max_score));
  fields.add("passed",
             cell(row.passed) +
                 (found->passing_score ? fmt::format(" (from {} %)", *found->passing_score) : ""));
  fields.add("started", hand.time(row.started_at));
  fields.add("completed", hand.time(row.completed_at));
  fields.add("violations", violations_cell(row.violations));
  hand.app.out << fields.render();
  if (found->cases.empty()) return kDone;
  Table table({{"task", Align::Right},
               {"title"},
               {"points", Align::Right},
               {"status"},
               {"took", Align::Right}});
  for (const assess::CaseResult& task : found->cases) {
    table.add({std::to_string(task.order), task.title, points(task.score, task.max_score),
               cell(task.status), duration_cell(task.time_spent)});
  }
  hand.app.out << "\n" << table.render(hand.app.out_terminal);
  return kDone;
}

}  // namespace

std::vector<Command> results_commands() {
  return {{{.name = "results list",
            .summary = "The completed sessions of one assessment, newest first",
            .options = list_options({show_secrets_option()}),
            .positionals = {{.name = "SLUG", .help = "of the assessment"}},
            .examples = {{"praxisync results list senior-backend-screen", "the last 20"},
                         {"praxisync results list senior-backend-screen --all --output ndjson",
                          "all of them, for a script; the rows hold invite tokens"}},
            .exit_codes = list_exit_codes()},
           run_by_hand<list_results>},
          {{.name = "results show",
            .summary = "One candidate's result, task by task",
            .options = {invite_assessment_option()},
            .positionals = {invite_positional()},
            .examples = {{"praxisync results show ada@example.com --assessment data-analyst-screen",
                          "by address"}},
            .exit_codes = by_hand_exit_codes()},
           run_by_hand<show_result>}};
}

}  // namespace praxisync::cli
