#include "cli/demo_people.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "domain/random.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::array<std::string_view, 40> kGiven{
    "Amara",  "Bruno", "Chloe", "Daniel", "Elif",  "Farid", "Grace",   "Hugo",  "Ines",  "Jonas",
    "Kaito",  "Lena",  "Mateo", "Nadia",  "Oskar", "Priya", "Quentin", "Rosa",  "Samir", "Tessa",
    "Umar",   "Vera",  "Wei",   "Ximena", "Yusuf", "Zoe",   "Anouk",   "Ben",   "Carla", "Dmitri",
    "Esther", "Felix", "Gita",  "Hana",   "Ivan",  "Julia", "Kofi",    "Leyla", "Marco", "Noor"};
constexpr std::array<std::string_view, 40> kFamily{
    "Adeyemi", "Baker",  "Costa",    "Dubois", "Eriksson", "Fischer",   "Garcia", "Haddad",
    "Ivanova", "Jensen", "Kim",      "Lopez",  "Moreau",   "Nguyen",    "Okafor", "Petrov",
    "Quinn",   "Rossi",  "Silva",    "Tanaka", "Ueda",     "Vargas",    "Weber",  "Xu",
    "Yilmaz",  "Zhang",  "Andersen", "Brown",  "Chen",     "Diaz",      "Evans",  "Ferrari",
    "Gupta",   "Horvat", "Ito",      "Jones",  "Kaya",     "Lindqvist", "Mensah", "Novak"};

struct Opening {
  std::string_view job, stage;
  int people;
};
constexpr std::array<Opening, 6> kOpenings{{{"Senior Backend Engineer", "Technical Test", 110},
                                            {"Data Analyst", "Skills Test", 80},
                                            {"Graduate Programme", "Assessment", 60},
                                            {"Senior Backend Engineer", "Phone Screen", 25},
                                            {"Data Analyst", "Offer", 10},
                                            {"Office Manager", "Interview", 15}}};

}  // namespace

std::string demo_export() {
  std::string csv =
      "Application ID,Candidate ID,Candidate Name,Candidate Email,Job,Stage,Last Activity\r\n";
  SeededRandom random(20260105);
  int number = 0;
  for (const Opening& opening : kOpenings) {
    for (int i = 0; i < opening.people; ++i, ++number) {
      // Every pair of names once, in an order that looks like none.
      const auto place = static_cast<std::size_t>(number * 611 % 1600);
      const std::string_view given = kGiven[place % 40], family = kFamily[place / 40];
      csv += fmt::format(
          "{},{},\"{}, {}\",{}.{}@example.com,{},{},2026-01-{:02}T{:02}:{:02}:00Z\r\n",
          48000 + number * 7, 91000 + number, family, given, to_lower(given), to_lower(family),
          opening.job, opening.stage, 1 + random.below(5), random.below(24), random.below(60));
    }
  }
  return csv;
}

std::string demo_config(const std::string& base_url) {
  return fmt::format(R"toml([assess]
base_url = "{}"
api_key = {{ env = "PRAXICRAFT_API_KEY" }}

[state]
path = "praxisync.db"

[[connector]]
name = "ats"
type = "file"
path = "export.csv"
results = "results.csv"
columns = {{ application_id = "Application ID", candidate_id = "Candidate ID", name = "Candidate Name", email = "Candidate Email", job = "Job", stage = "Stage", updated_at = "Last Activity" }}

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
                     base_url);
}

}  // namespace praxisync::cli
