#include "sandbox/ats/hiring.h"

#include <algorithm>
#include <map>

#include "domain/check.h"
#include "sandbox/demo_people.h"

namespace praxisync::sandbox::ats {
namespace {

using Names = std::vector<std::string>;

void append_new(Names& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

/// The stages that all of these jobs need, in their order.
Names stages_of(const Names& jobs) {
  Names stages{"Application Review", "Phone Screen"};
  for (const DemoOpening& opening : demo_openings()) {
    const bool ours = std::find(jobs.begin(), jobs.end(), opening.job) != jobs.end();
    if (ours && !opening.target.empty()) append_new(stages, opening.stage);
  }
  stages.insert(stages.end(), {"Onsite", "Offer"});
  return stages;
}

std::string add_shared_plan(Recruiting& world, std::string name, const Names& jobs) {
  Names stages = stages_of(jobs);
  stages.emplace_back("Archived");
  std::string plan = world.add_plan(std::move(name), stages);
  world.make_archive(plan, "Archived");
  return plan;
}

std::string add_only_plan(Recruiting& world, const Names& jobs) {
  Names stages = stages_of(jobs);
  stages.insert(stages.begin(), {"New lead", "Reached out", "Responded"});
  std::string plan = world.add_plan("Pipeline", stages);
  const std::pair<const char*, const char*> words[] = {{"New lead", "lead-new"},
                                                       {"Reached out", "lead-reached-out"},
                                                       {"Responded", "lead-responded"},
                                                       {"Application Review", "applicant-new"},
                                                       {"Offer", "offer"}};
  for (const auto& [stage, id] : words) world.set_stage_id(plan, stage, id);
  return plan;
}

/// job's name -> id
std::map<std::string, std::string, std::less<>> add_jobs(Recruiting& world, PlanShape shape) {
  Names jobs;
  for (const DemoOpening& opening : demo_openings()) append_new(jobs, opening.job);
  const auto half = jobs.begin() + static_cast<std::ptrdiff_t>(jobs.size() / 2);
  std::vector<std::string> plans;
  if (shape == PlanShape::OneForAll) {
    plans.assign(jobs.size(), add_only_plan(world, jobs));
  } else if (shape == PlanShape::Shared) {
    plans.assign(jobs.size(), add_shared_plan(world, "Technical hiring", {jobs.begin(), half}));
    std::fill(plans.begin() + (half - jobs.begin()), plans.end(),
              add_shared_plan(world, "General hiring", {half, jobs.end()}));
  } else {
    for (const std::string& job : jobs) plans.push_back(world.add_plan(job, stages_of({job})));
  }
  std::map<std::string, std::string, std::less<>> ids;
  for (std::size_t i = 0; i < jobs.size(); ++i) ids[jobs[i]] = world.add_job(jobs[i], plans[i]);
  return ids;
}

}  // namespace

PlanShape plan_shape(std::string_view type) {
  if (type == "lever") return PlanShape::OneForAll;
  if (type == "ashby") return PlanShape::Shared;
  return PlanShape::OnePerJob;
}

std::vector<Due> start_hiring(Recruiting& world, PlanShape shape) {
  for (const char* tag : {"referred", "relocates"}) world.add_tag(tag);
  for (const char* reason : {"Not enough experience", "Withdrew"}) world.add_reason(reason);
  world.add_reason("Hired", true);
  world.add_field(kScoreField, FieldType::Number);
  world.add_field(kReportField, FieldType::Url);

  const auto jobs = add_jobs(world, shape);
  std::vector<Due> due;
  for (const DemoApplicant& who : demo_applicants()) {
    const std::string person =
        world.add_person(std::string(who.given), std::string(who.family), {who.email});
    const std::string application =
        world.apply(person, jobs.find(who.opening.job)->second, who.opening.stage);
    if (who.opening.target.empty()) continue;
    due.push_back({.application = application,
                   .target = std::string(who.opening.target),
                   .people = {person},
                   .addresses = {who.email}});
  }
  return due;
}

void add_crowd(Recruiting& world, int people) {
  const auto job = std::find_if(world.jobs().begin(), world.jobs().end(), [](const Job& one) {
    return one.name == "Senior Backend Engineer";
  });
  PRAXISYNC_CHECK(job != world.jobs().end(), "start_hiring opened it");
  for (int i = 0; i < people; ++i) {
    const std::string number = std::to_string(i);
    world.apply(world.add_person("Applicant", number, {"applicant" + number + "@example.net"}),
                job->id, "Technical Test");
  }
}

}  // namespace praxisync::sandbox::ats
