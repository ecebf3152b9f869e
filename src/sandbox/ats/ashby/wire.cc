#include "sandbox/ats/ashby/wire.h"

#include <algorithm>

namespace praxisync::sandbox::ats::ashby {
namespace {

/// With milliseconds, as all times of Ashby have them.
std::string time_text(Timestamp at) {
  std::string text = format_timestamp(at);
  if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000");
  return text;
}

ordered_json email_json(const std::string& address, bool primary) {
  return {{"value", address}, {"type", "Personal"}, {"isPrimary", primary}};
}

ordered_json values_json(Ashby& ashby, const std::map<std::string, std::string>& values) {
  ordered_json all = ordered_json::array();
  for (const auto& [id, value] : values) {
    const Field* const field = ashby.world().field(id);
    if (field != nullptr && field->active) all.push_back(value_json(ashby, *field, value));
  }
  return all;
}

}  // namespace

std::string_view status_of(JobStatus status) {
  if (status == JobStatus::Draft) return "Draft";
  return status == JobStatus::Open ? "Open" : "Closed";
}

std::string_view status_of(ApplicationStatus status) {
  if (status == ApplicationStatus::Active) return "Active";
  return status == ApplicationStatus::Hired ? "Hired" : "Archived";
}

std::string type_of(const Ashby& ashby, const Field& field) {
  if (ashby.options.contains(field.id)) return "ValueSelect";
  switch (field.type) {
    case FieldType::Number:
      return "Number";
    case FieldType::Url:
      return "Url";
    case FieldType::Boolean:
      return "Boolean";
    case FieldType::Text:
      break;
  }
  return "String";
}

ordered_json value_json(const Ashby& ashby, const Field& field, const std::string& value) {
  ordered_json row{{"id", field.id}, {"title", field.name}, {"isPrivate", false}};
  const std::string type = type_of(ashby, field);
  if (type == "Number") {
    row["value"] = ordered_json::parse(value, nullptr, false);
  } else if (type == "Boolean") {
    row["value"] = value == "true";
  } else {
    row["value"] = value;
  }
  if (type == "ValueSelect") {
    for (const Ashby::Option& option : ashby.options.at(field.id)) {
      if (option.value == value) row["valueLabel"] = option.label;
    }
  }
  return row;
}

ordered_json stage_json(const Plan& plan, const Stage& stage) {
  const auto place = std::find_if(plan.stages.begin(), plan.stages.end(),
                                  [&](const Stage& other) { return other.id == stage.id; });
  const char* const type = stage.archived ? "Archived" : stage.name == "Offer" ? "Offer" : "Active";
  return {{"id", stage.id},
          {"title", stage.name},
          {"type", type},
          {"orderInInterviewPlan", 1000 + (place - plan.stages.begin())},
          {"interviewPlanId", plan.id}};
}

ordered_json application_json(Ashby& ashby, const Candidacy& application) {
  const Recruiting& world = ashby.world();
  const Person& person = *world.person(application.person);
  ordered_json candidate{{"id", person.id}, {"name", person.name()}};
  if (!person.emails.empty())
    candidate["primaryEmailAddress"] = email_json(person.emails.front(), true);
  ordered_json row{{"id", application.id},
                   {"createdAt", time_text(application.created)},
                   {"updatedAt", time_text(application.updated)},
                   {"status", status_of(application.status)},
                   {"customFields", values_json(ashby, application.fields)},
                   {"candidate", std::move(candidate)},
                   {"currentInterviewStage", stage_json(*world.plan_of_stage(application.stage),
                                                        *world.stage(application.stage))},
                   {"job", {{"id", application.job}, {"title", world.job(application.job)->name}}},
                   {"hiringTeam", ordered_json::array()}};
  if (const Reason* reason = world.reason(application.reason)) {
    row["archiveReason"] = reason_json(*reason);
    row["archiveReason"]["customFields"] = ordered_json::array();
    row["archivedAt"] = time_text(application.in_stage_since);
  }
  return row;
}

ordered_json candidate_json(Ashby& ashby, const Person& person) {
  const Recruiting& world = ashby.world();
  ordered_json row{{"id", person.id},
                   {"createdAt", time_text(person.created)},
                   {"updatedAt", time_text(person.updated)},
                   {"name", person.name()},
                   {"emailAddresses", ordered_json::array()},
                   {"phoneNumbers", ordered_json::array()},
                   {"socialLinks", ordered_json::array()},
                   {"tags", ordered_json::array()},
                   {"applicationIds", ordered_json::array()},
                   {"fileHandles", ordered_json::array()},
                   {"customFields", values_json(ashby, person.fields)},
                   {"profileUrl", "https://app.ashbyhq.com/candidates/" + person.id}};
  for (const std::string& address : person.emails)
    row["emailAddresses"].push_back(email_json(address, address == person.emails.front()));
  if (!person.emails.empty()) row["primaryEmailAddress"] = row["emailAddresses"].front();
  for (const std::string& name : person.tags)
    row["tags"].push_back(tag_json(*world.tag_named(name)));
  for (const Candidacy* application : world.applications_of(person.id))
    row["applicationIds"].push_back(application->id);
  return row;
}

ordered_json job_json(const Job& job) {
  return {{"id", job.id},
          {"title", job.name},
          {"confidential", job.confidential},
          {"status", status_of(job.status)},
          {"employmentType", "FullTime"},
          {"updatedAt", time_text(job.updated)},
          {"defaultInterviewPlanId", job.plan},
          {"interviewPlanIds", {job.plan}},
          {"customFields", ordered_json::array()},
          {"jobPostingIds", ordered_json::array()},
          {"hiringTeam", ordered_json::array()}};
}

ordered_json field_json(const Ashby& ashby, const Field& field) {
  ordered_json row{{"id", field.id},
                   {"isPrivate", false},
                   {"title", field.name},
                   {"objectType", field.of_application ? "Application" : "Candidate"},
                   {"isArchived", !field.active},
                   {"fieldType", type_of(ashby, field)},
                   {"isRequired", false}};
  if (const auto found = ashby.options.find(field.id); found != ashby.options.end()) {
    row["selectableValues"] = ordered_json::array();
    for (const Ashby::Option& option : found->second) {
      row["selectableValues"].push_back(
          {{"label", option.label}, {"value", option.value}, {"isArchived", false}});
    }
  }
  return row;
}

ordered_json note_json(const Note& note, const std::string& author) {
  return {{"id", note.id},
          {"createdAt", time_text(note.created)},
          {"isPrivate", false},
          {"content", note.text},
          {"author", {{"id", author}, {"firstName", "Sandbox"}, {"lastName", "Key"}}}};
}

ordered_json tag_json(const Tag& tag) {
  return {{"id", tag.id}, {"title", tag.name}, {"isArchived", false}};
}

ordered_json reason_json(const Reason& reason) {
  return {{"id", reason.id},
          {"text", reason.name},
          {"reasonType", "RejectedByOrg"},
          {"isArchived", !reason.active}};
}

}  // namespace praxisync::sandbox::ats::ashby
