#include "sandbox/demo_world.h"

namespace praxisync::sandbox {

void build_demo_world(AssessSandbox& sandbox) {
  sandbox.add_key(kDemoKey);
  sandbox.add_assessment("senior-backend-screen", "Senior Backend Engineer Screen",
                         AssessmentStatus::Active, 70, 3);
  sandbox.add_assessment("data-analyst-screen", "Data Analyst Screen", AssessmentStatus::Active, 65,
                         4);
  sandbox.add_assessment("initial-screen", "Initial Screen", AssessmentStatus::Active, 60, 2);
  sandbox.add_assessment("tech-deep-dive", "Technical Deep Dive", AssessmentStatus::Active, 70, 5);
  sandbox.add_assessment("culture-and-case", "Culture and Case", AssessmentStatus::Active, 50, 1);
  sandbox.add_assessment("platform-screen", "Platform Engineer Screen", AssessmentStatus::Draft, 70,
                         3);
  sandbox.add_assessment("frontend-2023", "Frontend Engineer Screen 2023",
                         AssessmentStatus::Archived, 70, 3);
  sandbox.add_pipeline("grad-2025", "Grad Program 2025",
                       {"initial-screen", "tech-deep-dive", "culture-and-case"});
}

void add_lesser_keys(AssessSandbox& sandbox) {
  std::vector<std::string> reading, without_candidates;
  for (const std::string& scope : all_scopes()) {
    if (scope.ends_with(":read")) reading.push_back(scope);
    if (scope != "candidates:read") without_candidates.push_back(scope);
  }
  sandbox.add_key(kReadOnlyKey, std::move(reading));
  sandbox.add_key(kNoCandidatesKey, std::move(without_candidates));
}

}  // namespace praxisync::sandbox
