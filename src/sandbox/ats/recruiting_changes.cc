// What recruiters and admins do.
#include <algorithm>
#include <utility>

#include "sandbox/ats/recruiting.h"

namespace praxisync::sandbox::ats {
namespace {

/// Adds what is not there yet.
void unite(std::vector<std::string>& into, const std::vector<std::string>& more) {
  for (const std::string& one : more) {
    if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(one);
  }
}

}  // namespace

Stage& Recruiting::stage_at(std::string_view id) {
  const auto plan = plan_of_stage_.find(id);
  PRAXISYNC_CHECK(plan != plan_of_stage_.end(), "the world has a stage of that id");
  std::vector<Stage>& stages = plans_.at(plan->second).stages;
  return *std::find_if(stages.begin(), stages.end(),
                       [&](const Stage& stage) { return stage.id == id; });
}

void Recruiting::enter(Candidacy& application, const std::string& stage_id) {
  PRAXISYNC_CHECK(plan_of_stage_.contains(stage_id), "the world has a stage of that id");
  application.stage = stage_id;
  application.stage_row = new_id();
  application.in_stage_since = now();
}

void Recruiting::move(const std::string& application, const std::string& stage_id) {
  Candidacy& row = application_row(application);
  enter(row, stage_id);
  changed(row);
}

void Recruiting::reject(const std::string& application, const std::string& reason_id) {
  PRAXISYNC_CHECK(reasons_.find(reason_id), "a rejection has a reason");
  Candidacy& row = application_row(application);
  row.status = ApplicationStatus::Rejected;
  row.reason = reason_id;
  if (const Plan* plan = plan_of_stage(row.stage)) {
    const auto archive = std::find_if(plan->stages.begin(), plan->stages.end(),
                                      [](const Stage& stage) { return stage.archived; });
    if (archive != plan->stages.end()) enter(row, archive->id);
  }
  changed(row);
}

void Recruiting::reactivate(const std::string& application) {
  Candidacy& row = application_row(application);
  row.status = ApplicationStatus::Active;
  row.reason.clear();
  const Stage* current = stage(row.stage);
  if (current != nullptr && current->archived) enter(row, plan_of_stage(row.stage)->stages[0].id);
  changed(row);
}

void Recruiting::hire(const std::string& application) {
  Candidacy& row = application_row(application);
  row.status = ApplicationStatus::Hired;
  changed(row);
}

void Recruiting::rename(const std::string& person, std::string first_name, std::string last_name) {
  Person& row = people_.at(person);
  row.first_name = std::move(first_name);
  row.last_name = std::move(last_name);
  changed(row);
}

void Recruiting::change_emails(const std::string& person, std::vector<std::string> emails) {
  Person& row = people_.at(person);
  row.emails = std::move(emails);
  changed(row);
}

void Recruiting::merge(std::string winner, std::string loser) {
  PRAXISYNC_CHECK(winner != loser, "two people are merged");
  Person& stays = people_.at(winner);
  const Person& goes = people_.at(loser);
  unite(stays.emails, goes.emails);
  unite(stays.tags, goes.tags);
  unite(stays.links, goes.links);
  stays.fields.insert(goes.fields.begin(), goes.fields.end());
  for (Note& note : notes_) {
    if (note.person == loser) note.person = winner;
  }
  hand_over(winner, loser);
  people_.remove(loser);
  changed(stays);
}

void Recruiting::hand_over(const std::string& winner, const std::string& loser) {
  const std::vector<const Candidacy*> before = applications_of(winner);
  for (const Candidacy* application : applications_of(loser)) {
    const bool applied_too = !application->job.empty() &&
                             std::any_of(before.begin(), before.end(), [&](const Candidacy* other) {
                               return other->job == application->job;
                             });
    if (applied_too) {
      remove_application(std::string(application->id));
      continue;
    }
    Candidacy& row = application_row(application->id);
    row.person = winner;
    changed(row);
    applied_[winner].push_back(row.id);
  }
  applied_.erase(loser);
}

void Recruiting::anonymise(const std::string& person) {
  Person& row = people_.at(person);
  row.first_name = "Anonymized";
  row.last_name = row.id;
  row.emails.clear();
  row.tags.clear();
  row.links.clear();
  row.fields.clear();
  row.anonymised = true;
  std::erase_if(notes_, [&](const Note& note) { return note.person == person; });
  for (const Candidacy* application : applications_of(person)) {
    Candidacy& its = application_row(application->id);
    its.tags.clear();
    if (const Plan* plan = plan_of_stage(its.stage)) enter(its, plan->stages[0].id);
    changed(its);
  }
  changed(row);
}

void Recruiting::remove_person(const std::string& person) {
  for (const Candidacy* application : applications_of(person))
    remove_application(std::string(application->id));
  std::erase_if(notes_, [&](const Note& note) { return note.person == person; });
  applied_.erase(person);
  people_.remove(person);
}

void Recruiting::remove_application(const std::string& application) {
  std::erase(applied_[application_row(application).person], application);
  std::erase_if(notes_, [&](const Note& note) { return note.application == application; });
  applications_.remove(application);
  deletions_.push_back({application, now()});
}

void Recruiting::rename_stage(const std::string& stage_id, std::string name) {
  stage_at(stage_id).name = std::move(name);
}

void Recruiting::retire_stage(const std::string& stage_id) { stage_at(stage_id).active = false; }

void Recruiting::close_job(const std::string& job) {
  Job& row = jobs_.at(job);
  row.status = JobStatus::Closed;
  row.updated = now();
}

void Recruiting::set_field(const std::string& application, const std::string& field_id,
                           std::string value) {
  const Field* field = fields_.find(field_id);
  PRAXISYNC_CHECK(field != nullptr, "the world has a field of that id");
  Candidacy& row = application_row(application);
  if (field->of_application) {
    row.fields[field_id] = std::move(value);
    changed(row);
  } else {
    Person& person = people_.at(row.person);
    person.fields[field_id] = std::move(value);
    changed(person);
  }
}

void Recruiting::remove_tag(const std::string& person, const std::string& name) {
  Person& row = people_.at(person);
  if (std::erase(row.tags, name) > 0) changed(row);
  for (const Candidacy* application : applications_of(person)) {
    Candidacy& its = application_row(application->id);
    if (std::erase(its.tags, name) > 0) changed(its);
  }
}

}  // namespace praxisync::sandbox::ats
