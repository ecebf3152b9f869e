#include <algorithm>

#include "assess/wire_resource.h"
#include "domain/text.h"

namespace praxisync::assess::wire {
namespace {

PipelineStage stage_of(const json::Reader& json) {
  json.require({"order"});
  PipelineStage stage;
  stage.order = json.integer("order", 0, kMaxInt).value_or(0);
  stage.assessment = AssessmentSlug(json.id("assessment_slug"));
  stage.title = json.text_or_empty("assessment_title");
  return stage;
}

Pipeline pipeline_of(const json::Reader& json) {
  Pipeline pipeline;
  pipeline.id = json.id_or_empty("id");
  pipeline.slug = PipelineSlug(json.id_or_empty("slug"));
  pipeline.title = json.text_or_empty("title");
  pipeline.stage_count = json.integer("stage_count", 0, kMaxInt);
  return pipeline;
}

EnrollmentStatus enrollment_status(std::string_view text) {
  const std::string status = fold(text);
  if (status == "active") return EnrollmentStatus::Active;
  if (status == "completed") return EnrollmentStatus::Completed;
  if (status == "rejected") return EnrollmentStatus::Rejected;
  return EnrollmentStatus::Unknown;
}

/// All but its id, which is named `enrollment_id` in one answer and `id` in the other: 002.
Enrollment enrollment_of(const json::Reader& json) {
  Enrollment enrollment;
  enrollment.status_text = json.text_or_empty("status");
  enrollment.status = enrollment_status(enrollment.status_text);
  enrollment.current_stage = json.integer("current_stage", 0, kMaxInt).value_or(0);
  for (const auto& [value, path] : json.array("history")) {
    const json::Reader event(*value, path, json.fault());
    if (event.text_or_empty("event") != "stage_completed") continue;
    event.require({"stage"});
    const std::optional<int> stage = event.integer("stage", 0, kMaxInt);
    const std::optional<double> score = event.number("score", 0, 100);
    if (stage && score) enrollment.scores.push_back({*stage, *score});
  }
  return enrollment;
}

}  // namespace

Result<Page<Pipeline>> read_pipelines(const Answer& answer, const PageToken& asked) {
  return read_page<Pipeline>(answer, asked, [](const json::Reader& row) {
    row.require({"slug"});
    return pipeline_of(row);
  });
}

Result<Pipeline> read_pipeline(const Answer& answer, const PipelineSlug& asked) {
  return read_resource<Pipeline>(answer, [&](const json::Reader& root) {
    root.require({"stages"});
    Pipeline pipeline = pipeline_of(root);
    if (pipeline.slug.empty()) pipeline.slug = asked;
    pipeline.stages = read_all<PipelineStage>(root, "stages", stage_of);
    const auto earlier = [](const PipelineStage& a, const PipelineStage& b) {
      return a.order < b.order;
    };
    std::stable_sort(pipeline.stages.begin(), pipeline.stages.end(), earlier);
    return pipeline;
  });
}

Result<Enrollment> read_enrolled(const Answer& answer) {
  return read_resource<Enrollment>(answer, [](const json::Reader& root) {
    Enrollment enrollment = enrollment_of(root);
    enrollment.id = EnrollmentId(root.id("enrollment_id"));
    return enrollment;
  });
}

Result<Enrollment> read_enrollment(const Answer& answer, const EnrollmentId& asked) {
  return read_resource<Enrollment>(answer, [&](const json::Reader& root) {
    root.require({"status"});
    Enrollment enrollment = enrollment_of(root);
    enrollment.id = EnrollmentId(root.id("id"));
    if (!same_id(enrollment.id.text(), asked.text())) root.note("id", "not the one asked for");
    return enrollment;
  });
}

}  // namespace praxisync::assess::wire
