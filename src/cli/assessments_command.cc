#include "cli/list_output.h"

namespace praxisync::cli {
namespace {

using assess::Assessment;
using assess::PageToken;
using assess::Task;

int list_assessments(ByHand& hand) {
  const ListView<Assessment> view{{{"slug"},
                                   {"title"},
                                   {"status"},
                                   {"tasks", Align::Right},
                                   {"pass %", Align::Right},
                                   {"minutes", Align::Right},
                                   {"invited", Align::Right}},
                                  [](const Assessment& row) -> std::vector<std::string> {
                                    return {row.slug.text(),
                                            row.title,
                                            row.status,
                                            cell(row.case_count),
                                            cell(row.passing_score),
                                            cell(row.time_limit_minutes),
                                            cell(row.invitation_count)};
                                  }};
  const std::string status = hand.options.get("status"), search = hand.options.get("search");
  return print_list(hand, view, [&](const PageToken& page) {
    return hand.api().list_assessments(page, status, search);
  });
}

int show_assessment(ByHand& hand) {
  const AssessmentSlug slug(hand.argument(0));
  const auto found = hand.api().get_assessment(slug);
  if (!found) return fail_for_assessment(hand, found.failure(), slug.text());
  if (hand.printed_json(found->raw)) return kDone;
  Fields fields;
  fields.add("slug", found->slug.text());
  fields.add("title", found->title);
  fields.add("description", cell(found->description));
  fields.add("status", cell(found->status));
  fields.add("tasks", cell(found->case_count));
  fields.add("passing score", cell(found->passing_score));
  fields.add("minutes", found->time_limit_minutes ? cell(found->time_limit_minutes) : "no limit");
  fields.add("invited", cell(found->invitation_count));
  fields.add("id", cell(found->id));
  hand.app.out << fields.render();
  return kDone;
}

int tasks(ByHand& hand) {
  const ListView<Task> view{
      {{"order", Align::Right},
       {"title"},
       {"kind"},
       {"difficulty"},
       {"points", Align::Right},
       {"source"},
       {"id"}},
      [](const Task& row) -> std::vector<std::string> {
        return {
            cell(row.order), row.title, cell(row.case_type), cell(row.difficulty), cell(row.points),
            cell(row.type),  row.id};
      }};
  const AssessmentSlug slug(hand.argument(0));
  return print_list(
      hand, view, [&](const PageToken& page) { return hand.api().list_tasks(slug, page); },
      [&](const assess::ApiError& failure) {
        return fail_for_assessment(hand, failure, slug.text());
      });
}

const PositionalSpec kAssessmentSlug{.name = "SLUG", .help = "of the assessment"};

}  // namespace

std::vector<Command> assessments_commands() {
  return {{{.name = "assessments list",
            .summary = "The organisation's assessments",
            .options = list_options({{.name = "status",
                                      .argument = "STATUS",
                                      .help = "only these",
                                      .fallback = "active",
                                      .choices = {"active", "draft", "archived"}},
                                     {.name = "search",
                                      .argument = "TEXT",
                                      .help = "only those whose title holds it, in any case"}}),
            .examples = {{"praxisync assessments list", "those that take invitations"},
                         {"praxisync assessments list --status draft --search backend --all",
                          "filtered by the API"}},
            .exit_codes = list_exit_codes()},
           run_by_hand<list_assessments>},
          {{.name = "assessments show",
            .summary = "One assessment with its settings",
            .positionals = {kAssessmentSlug},
            .examples = {{"praxisync assessments show senior-backend-screen", "its settings"}},
            .exit_codes = by_hand_exit_codes()},
           run_by_hand<show_assessment>},
          {{.name = "assessments tasks",
            .summary = "The tasks of one assessment",
            .options = list_options(),
            .positionals = {kAssessmentSlug},
            .examples = {{"praxisync assessments tasks senior-backend-screen", "in their order"}},
            .exit_codes = list_exit_codes()},
           run_by_hand<tasks>}};
}

}  // namespace praxisync::cli
