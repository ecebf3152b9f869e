#include <fmt/format.h>

#include "cli/list_output.h"
#include "domain/email.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

using assess::PageToken;
using assess::Pipeline;

int list_pipelines(ByHand& hand) {
  const ListView<Pipeline> view{
      {{"slug"}, {"title"}, {"stages", Align::Right}, {"id"}},
      [](const Pipeline& row) -> std::vector<std::string> {
        return {row.slug.text(), row.title, cell(row.stage_count), cell(row.id)};
      }};
  return print_list(hand, view,
                    [&](const PageToken& page) { return hand.api().list_pipelines(page); });
}

int fail_for_pipeline(ByHand& hand, const assess::ApiError& failure, const PipelineSlug& slug) {
  const int code = hand.fail(failure);
  if (failure.refusal != assess::Refusal::NotFound) return code;
  std::vector<std::string> known;
  if (const auto page = hand.session.assess().list_pipelines({})) {
    for (const Pipeline& row : page->rows) known.push_back(row.slug.text());
  }
  const std::string meant = did_you_mean(slug.text(), known);
  hand.app.err << "  -> "
               << (meant.empty() ? "'praxisync pipelines list' names them all"
                                 : "did you mean " + meant + "?")
               << "\n";
  return code;
}

int show_pipeline(ByHand& hand) {
  const PipelineSlug slug(hand.argument(0));
  const auto found = hand.api().get_pipeline(slug);
  if (!found) return fail_for_pipeline(hand, found.failure(), slug);
  if (hand.printed_json(found->raw)) return kDone;
  Fields fields;
  fields.add("slug", found->slug.text());
  fields.add("title", found->title);
  fields.add("id", cell(found->id));
  Table table({{"stage", Align::Right}, {"assessment"}, {"title"}});
  for (const assess::PipelineStage& stage : found->stages)
    table.add({std::to_string(stage.order), stage.assessment.text(), stage.title});
  hand.app.out << fields.render() << "\n" << table.render(hand.app.out_terminal);
  return kDone;
}

void print_enrollment(ByHand& hand, const assess::Enrollment& enrollment) {
  Fields fields;
  fields.add("enrollment", enrollment.id.text());
  fields.add("status", cell(enrollment.status_text));
  fields.add("stage", std::to_string(enrollment.current_stage));
  for (const assess::StageScore& score : enrollment.scores) {
    fields.add(fmt::format("score of stage {}", score.stage),
               cell(std::optional<double>(score.score)));
  }
  hand.app.out << fields.render();
}

int enroll(ByHand& hand) {
  const PipelineSlug slug(hand.argument(0));
  const Result<Email> email = Email::parse(hand.options.get("email"));
  if (!email) return hand.usage("--email ADDRESS is needed: " + email.error().what);
  const auto made = hand.api().enroll(slug, email->spelling(), hand.options.get("name"));
  if (!made) return fail_for_pipeline(hand, made.failure(), slug);
  if (!hand.printed_json(made->raw)) print_enrollment(hand, *made);
  return kDone;
}

int enrollment(ByHand& hand) {
  const auto found = hand.api().get_enrollment(EnrollmentId(hand.argument(0)));
  if (!found) return hand.fail(found.failure());
  if (!hand.printed_json(found->raw)) print_enrollment(hand, *found);
  return kDone;
}

const PositionalSpec kPipelineSlug{.name = "SLUG", .help = "of the pipeline"};

}  // namespace

std::vector<Command> pipelines_commands() {
  return {
      {{.name = "pipelines list",
        .summary = "The organisation's pipelines",
        .options = list_options(),
        .examples = {{"praxisync pipelines list", "their slugs"}},
        .exit_codes = list_exit_codes()},
       run_by_hand<list_pipelines>},
      {{.name = "pipelines show",
        .summary = "One pipeline with its stages",
        .positionals = {kPipelineSlug},
        .examples = {{"praxisync pipelines show grad-2025", "which assessments follow each other"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<show_pipeline>},
      {{.name = "pipelines enroll",
        .summary = "Enrolls a candidate, which sends the first stage's invitation",
        .usage = "Not known to be idempotent: after a lost answer look whether the first stage's\n"
                 "invitation is there before doing it again.",
        .options = {{.name = "email", .argument = "ADDRESS", .help = "of the candidate"},
                    {.name = "name", .argument = "NAME", .help = "of the candidate"}},
        .positionals = {kPipelineSlug},
        .examples =
            {{"praxisync pipelines enroll grad-2025 --email ada@example.com --name 'Ada L.'",
              "prints the enrollment's id"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<enroll>},
      {{.name = "pipelines enrollment",
        .summary = "How far an enrollment is",
        .positionals = {{.name = "ID", .help = "of the enrollment, as 'enroll' printed it"}},
        .examples = {{"praxisync pipelines enrollment e1f2a3b4-1234-5678-abcd-ef0123456789",
                      "status, stage and scores"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<enrollment>}};
}

}  // namespace praxisync::cli
