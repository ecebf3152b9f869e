#include "domain/route.h"

#include "domain/text.h"

namespace praxisync {
namespace {

bool names(std::string_view pattern, std::string_view id, std::string_view name) {
  return (!id.empty() && pattern == id) || matches_glob(trim(pattern), trim(name));
}

}  // namespace

std::string_view to_string(TargetKind kind) {
  return kind == TargetKind::Assessment ? "assessment" : "pipeline";
}

std::optional<TargetKind> parse_target_kind(std::string_view text) {
  if (text == "assessment") return TargetKind::Assessment;
  if (text == "pipeline") return TargetKind::Pipeline;
  return std::nullopt;
}

const Policy& Route::on(Verdict verdict) const {
  switch (verdict) {
    case Verdict::Passed:
      return on_passed;
    case Verdict::Failed:
      return on_failed;
    case Verdict::Expired:
      return on_expired;
    case Verdict::Cancelled:
      return on_cancelled;
    case Verdict::Withdrawn:
      return on_withdrawn;
  }
  return on_failed;
}

bool StageFilter::takes_job(std::string_view id, std::string_view name) const {
  return names(job, id, name);
}

bool StageFilter::takes_stage(std::string_view id, std::string_view name) const {
  return names(stage, id, name);
}

bool StageFilter::takes(const Application& application) const {
  return takes_stage(application.stage_id, application.stage) &&
         takes_job(application.job_id, application.job);
}

}  // namespace praxisync
