#include "sandbox/ats/recruiting.h"

#include <algorithm>
#include <utility>

#include "domain/uuid.h"

namespace praxisync::sandbox::ats {

std::string Person::name() const {
  const bool both = !first_name.empty() && !last_name.empty();
  return first_name + (both ? " " : "") + last_name;
}

Recruiting::Recruiting(const Clock& clock, IdStyle ids, std::uint64_t seed)
    : clock_(clock), ids_(ids), random_(seed), last_number_((1ULL << 53) - 1) {}

Timestamp Recruiting::now() const { return clock_.now(); }

std::string Recruiting::new_id() {
  if (ids_ == IdStyle::Uuids) return make_uuid(random_);
  last_number_ += 2 * (1 + random_.below(50));
  return std::to_string(last_number_);
}

std::string Recruiting::add_plan(std::string name, const std::vector<std::string>& stages) {
  Plan plan{.id = new_id(), .name = std::move(name), .stages = {}};
  for (const std::string& stage : stages) {
    plan.stages.push_back({.id = new_id(), .name = stage});
    plan_of_stage_.emplace(plan.stages.back().id, plan.id);
  }
  return plans_.add(std::move(plan));
}

std::string Recruiting::add_job(std::string name, std::string plan, JobStatus status) {
  PRAXISYNC_CHECK(plans_.find(plan), "a job has a plan");
  return jobs_.add({.id = new_id(),
                    .name = std::move(name),
                    .plan = std::move(plan),
                    .status = status,
                    .updated = now()});
}

std::string Recruiting::add_person(std::string first_name, std::string last_name,
                                   std::vector<std::string> emails) {
  Person person{.id = new_id(),
                .first_name = std::move(first_name),
                .last_name = std::move(last_name),
                .emails = std::move(emails)};
  person.created = person.updated = now();
  return people_.add(std::move(person)).id;
}

std::string Recruiting::apply(const std::string& person, const std::string& job,
                              std::string_view stage) {
  PRAXISYNC_CHECK(people_.find(person), "somebody applies");
  Candidacy application{.id = new_id(), .person = person, .job = job};
  application.created = now();
  if (const Job* opening = jobs_.find(job)) {
    application.confidential = opening->confidential;
    const std::string id = stage_id(job, stage);
    PRAXISYNC_CHECK(!id.empty(), "the job's plan has a stage of that name");
    enter(application, id);
  } else {
    PRAXISYNC_CHECK(job.empty(), "the job is there");
  }
  changed(application);
  applied_[person].push_back(application.id);
  return applications_.add(std::move(application)).id;
}

std::string Recruiting::add_tag(std::string name) {
  const std::string id = tags_.add({.id = new_id(), .name = name});
  tag_ids_.emplace(std::move(name), id);
  return id;
}

std::string Recruiting::add_reason(std::string name, bool hired) {
  return reasons_.add({.id = new_id(), .name = std::move(name), .hired = hired});
}

std::string Recruiting::add_field(std::string name, FieldType type, bool of_application) {
  std::string key;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z',
               word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    key += capital ? static_cast<char>(c - 'A' + 'a') : word ? c : '_';
  }
  return fields_.add({.id = new_id(),
                      .name = std::move(name),
                      .key = std::move(key),
                      .type = type,
                      .of_application = of_application});
}

void Recruiting::make_private(const std::string& person) { people_.at(person).is_private = true; }

void Recruiting::forbid_contact(const std::string& person) {
  people_.at(person).may_be_contacted = false;
}

void Recruiting::make_confidential(const std::string& job) {
  jobs_.at(job).confidential = true;
  for (const Candidacy* application : applications_.all()) {
    if (application->job == job) application_row(application->id).confidential = true;
  }
}

void Recruiting::make_archive(const std::string& plan, std::string_view stage) {
  for (Stage& row : plans_.at(plan).stages) row.archived = row.archived || row.name == stage;
}

void Recruiting::set_stage_id(const std::string& plan, std::string_view stage, std::string id) {
  for (Stage& row : plans_.at(plan).stages) {
    if (row.name != stage) continue;
    plan_of_stage_.erase(row.id);
    row.id = std::move(id);
    plan_of_stage_.emplace(row.id, plan);
    return;
  }
  PRAXISYNC_CHECK(false, "the plan has a stage of that name");
}

const Job* Recruiting::job(std::string_view id) const { return jobs_.find(id); }
const Plan* Recruiting::plan(std::string_view id) const { return plans_.find(id); }
const Person* Recruiting::person(std::string_view id) const { return people_.find(id); }
const Candidacy* Recruiting::application(std::string_view id) const {
  return applications_.find(id);
}
const Tag* Recruiting::tag(std::string_view id) const { return tags_.find(id); }
const Reason* Recruiting::reason(std::string_view id) const { return reasons_.find(id); }
const Field* Recruiting::field(std::string_view id) const { return fields_.find(id); }

const Tag* Recruiting::tag_named(std::string_view name) const {
  const auto found = tag_ids_.find(name);
  return found == tag_ids_.end() ? nullptr : tags_.find(found->second);
}

const Plan* Recruiting::plan_of_stage(std::string_view stage_id) const {
  const auto found = plan_of_stage_.find(stage_id);
  return found == plan_of_stage_.end() ? nullptr : plans_.find(found->second);
}

const Stage* Recruiting::stage(std::string_view id) const {
  const Plan* plan = plan_of_stage(id);
  if (plan == nullptr) return nullptr;
  const auto found = std::find_if(plan->stages.begin(), plan->stages.end(),
                                  [&](const Stage& stage) { return stage.id == id; });
  return found == plan->stages.end() ? nullptr : &*found;
}

std::string Recruiting::stage_id(const std::string& job, std::string_view name) const {
  const Job* opening = jobs_.find(job);
  if (opening == nullptr) return {};
  for (const Stage& stage : plans_.find(opening->plan)->stages) {
    if (stage.name == name) return stage.id;
  }
  return {};
}

std::vector<const Candidacy*> Recruiting::applications_of(std::string_view person) const {
  std::vector<const Candidacy*> rows;
  const auto found = applied_.find(person);
  if (found == applied_.end()) return rows;
  for (const std::string& id : found->second) rows.push_back(applications_.find(id));
  return rows;
}

const std::vector<Plan>& Recruiting::plans() const { return plans_.all(); }
const std::vector<Job>& Recruiting::jobs() const { return jobs_.all(); }
std::vector<const Person*> Recruiting::people() const { return people_.all(); }
std::vector<const Candidacy*> Recruiting::applications() const { return applications_.all(); }
const std::vector<Tag>& Recruiting::tags() const { return tags_.all(); }
const std::vector<Reason>& Recruiting::reasons() const { return reasons_.all(); }
const std::vector<Field>& Recruiting::fields() const { return fields_.all(); }
const std::vector<Note>& Recruiting::notes() const { return notes_; }
const std::vector<Deletion>& Recruiting::deletions() const { return deletions_; }
const std::vector<Effect>& Recruiting::effects() const { return effects_; }

}  // namespace praxisync::sandbox::ats
