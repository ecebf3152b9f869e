#include "cli/demo_files.h"

#include <fmt/format.h>

#include <fstream>

#include "domain/random.h"
#include "sandbox/demo_people.h"

namespace praxisync::cli {

Result<void> write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{ErrorKind::Fatal, "cannot write " + path.string()};
  return {};
}

std::string demo_export() {
  std::string csv =
      "Application ID,Candidate ID,Candidate Name,Candidate Email,Job,Stage,Last Activity\r\n";
  SeededRandom random(20260105);
  int number = 0;
  for (const sandbox::DemoApplicant& who : sandbox::demo_applicants()) {
    csv += fmt::format("{},{},\"{}, {}\",{},{},{},2026-01-{:02}T{:02}:{:02}:00Z\r\n",
                       48000 + number * 7, 91000 + number, who.family, who.given, who.email,
                       who.opening.job, who.opening.stage, 1 + random.below(5), random.below(24),
                       random.below(60));
    ++number;
  }
  return csv;
}

std::string demo_file_connector() {
  return R"toml([[connector]]
name = "ats"
type = "file"
path = "export.csv"
results = "results.csv"
columns = { application_id = "Application ID", candidate_id = "Candidate ID", name = "Candidate Name", email = "Candidate Email", job = "Job", stage = "Stage", updated_at = "Last Activity" }
)toml";
}

std::string demo_config(const std::string& base_url, const std::string& connector) {
  return fmt::format(R"toml([assess]
base_url = "{}"
api_key = {{ env = "PRAXICRAFT_API_KEY" }}

[state]
path = "praxisync.db"

{}
[[route]]
name = "backend"
connector = "ats"
job = "*Backend*"
stage = "Technical Test"
assessment = "senior-backend-screen"
send_email = true
role = "{{job}}"
remind_after = "72h"
max_reminders = 1
on_passed = {{ note = true, tag = "assessment-passed", move_to = "Onsite" }}
on_failed = {{ note = true, tag = "assessment-failed" }}
on_expired = {{ note = true }}

[[route]]
name = "analyst"
connector = "ats"
job = "Data Analyst"
stage = "Skills Test"
assessment = "data-analyst-screen"
send_email = true
on_passed = {{ note = true, tag = "assessment-passed" }}
on_failed = {{ note = true, tag = "assessment-failed" }}
on_expired = {{ note = true }}

[[route]]
name = "graduate"
connector = "ats"
job = "Graduate*"
stage = "Assessment"
pipeline = "grad-2025"
on_passed = {{ note = true, tag = "pipeline-passed" }}
on_failed = {{ note = true, tag = "pipeline-failed" }}
on_expired = {{ note = true }}

[safety]
max_invites_per_run = 300
)toml",
                     base_url, connector);
}

}  // namespace praxisync::cli
