#include "integration/workplace.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

constexpr const char* kConfig = R"toml([assess]
base_url = "{}"
api_key = {{ env = "PRAXICRAFT_API_KEY" }}

[state]
path = "praxisync.db"

[[connector]]
name = "ats"
type = "file"
path = "export.csv"

[[route]]
name = "backend"
connector = "ats"
job = "Senior Backend*"
stage = "Technical Test"
assessment = "senior-backend-screen"
send_email = true
on_passed = {{ note = true, tag = "assessment-passed" }}
on_failed = {{ note = true, tag = "assessment-failed" }}

[[route]]
name = "graduate"
connector = "ats"
job = "Graduate*"
stage = "Technical Test"
pipeline = "grad-2025"
on_passed = {{ note = true, move_to = "Interview" }}
on_failed = {{ note = true }}

[safety]
max_invites_per_run = 500
)toml";

std::string id_of(const std::string& name) { return "app-" + name; }

}  // namespace

std::string address_of(const std::string& name) { return name + "@example.com"; }

std::vector<Person> crowd(const std::string& prefix, int count, const std::string& job) {
  std::vector<Person> people;
  for (int i = 0; i < count; ++i)
    people.push_back({.name = fmt::format("{}{:03}", prefix, i), .job = job});
  return people;
}

Workplace::Workplace(sandbox::Options options)
    : assess_(clock_, std::move(options)), server_(assess_, clock_, {}, &webhooks) {
  sandbox::build_demo_world(assess_);
  EXPECT_THAT(server_.start(), IsOk());
  folder.write("praxisync.toml", fmt::format(fmt::runtime(kConfig), server_.origin()));
  exports({});
}

void Workplace::exports(const std::vector<Person>& people) const {
  std::string csv = "application_id,candidate_id,email,name,job,stage,updated_at\r\n";
  for (const Person& person : people) {
    csv += fmt::format("{},cand-{},{},{},{},{},2026-01-05T09:00:00Z\r\n", id_of(person.name),
                       person.name, address_of(person.name), person.name, person.job, person.stage);
  }
  folder.write("export.csv", csv);
}

void Workplace::edit_config(std::string_view part, std::string_view by) const {
  std::string config = folder.read("praxisync.toml");
  const std::size_t at = config.find(part);
  ASSERT_NE(at, std::string::npos) << "the config has no " << part;
  folder.write("praxisync.toml", config.replace(at, part.size(), by));
}

Environment Workplace::environment() const {
  return {{"PRAXICRAFT_API_KEY", key},
          {"PRAXISYNC_CLOCK_AHEAD", fmt::format("{}ms", (clock_.now() - system_.now()).count())}};
}

Process::Start Workplace::start(const Arguments& arguments) const {
  return {.program = PRAXISYNC_BINARY,
          .arguments = arguments,
          .environment = environment(),
          .folder = folder.path()};
}

Ended Workplace::run(const Arguments& arguments, const Environment& more) const {
  Process::Start start = this->start(arguments);
  for (const auto& [name, value] : more) start.environment[name] = value;
  return Process(start).wait();
}

void Workplace::fault(sandbox::Fault fault) {
  server_.between_requests(
      [&](sandbox::AssessSandbox& sandbox) { sandbox.faults().add(std::move(fault)); });
}

void Workplace::everybody_finishes(double score) {
  server_.between_requests([&](sandbox::AssessSandbox& sandbox) {
    sandbox.catch_up();
    std::vector<std::string> open;
    for (const sandbox::Invitation& invitation : sandbox.world().invitations) {
      const bool pending =
          invitation.status == sandbox::InvitationStatus::Pending && !invitation.cancelled;
      if (pending) open.push_back(invitation.token);
    }
    for (const std::string& token : open) EXPECT_THAT(sandbox.finish(token, score), IsOk());
  });
}

std::map<std::string, int> Workplace::invitations() {
  return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
    std::map<std::string, int> made;
    for (const sandbox::Invitation& invitation : sandbox.world().invitations) {
      ++made[invitation.email_key + " " + sandbox.world().assessments[invitation.assessment].slug];
    }
    return made;
  });
}

std::map<std::string, int> Workplace::enrollments() {
  return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
    std::map<std::string, int> made;
    for (const sandbox::Enrollment& enrollment : sandbox.world().enrollments) {
      ++made[enrollment.email_key + " " + sandbox.world().pipelines[enrollment.pipeline].slug];
    }
    return made;
  });
}

std::vector<std::string> Workplace::tokens() {
  return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
    std::vector<std::string> all;
    for (const sandbox::Invitation& invitation : sandbox.world().invitations)
      all.push_back(invitation.token);
    return all;
  });
}

int Workplace::calls(sandbox::Endpoint endpoint) {
  return server_.between_requests(
      [&](const sandbox::AssessSandbox& sandbox) { return sandbox.requests().of(endpoint); });
}

int Workplace::writes() {
  return server_.between_requests(
      [](const sandbox::AssessSandbox& sandbox) { return sandbox.requests().writes; });
}

int Workplace::requests() {
  return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
    const sandbox::RequestCounts& counts = sandbox.requests();
    return counts.reads + counts.writes + counts.throttled + counts.unauthorized;
  });
}

bool Workplace::reaches(int requests) {
  return eventually([&] { return this->requests() >= requests; });
}

std::map<std::string, int> Workplace::results() const {
  std::map<std::string, int> rows;
  std::istringstream file(folder.read("results.csv"));
  std::string line;
  std::getline(file, line);  // the names
  while (std::getline(file, line)) ++rows[line.substr(0, line.find(','))];
  return rows;
}

}  // namespace praxisync::testing_support
