// What is read.
#include "sandbox/ats/ashby/desk.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "sandbox/ats/ashby/wire.h"
#include "sandbox/sandbox_transport.h"

namespace praxisync::sandbox::ats {

using ashby::Asked;
using ashby::Item;
using ashby::Outcome;
using ashby::Refusal;
using nlohmann::ordered_json;

const AshbyDesk::Call* AshbyDesk::find(std::string_view name) {
  static constexpr Call kCalls[] = {
      {"apiKey.info", "apiKeys:read", &AshbyDesk::api_key_info},
      {"application.changeStage", "candidates:write", &AshbyDesk::application_change_stage},
      {"application.info", "candidates:read", &AshbyDesk::application_info},
      {"application.list", "candidates:read", &AshbyDesk::application_list},
      {"archiveReason.list", "hiringProcessMetadata:read", &AshbyDesk::archive_reason_list},
      {"candidate.addTag", "candidates:write", &AshbyDesk::candidate_add_tag},
      {"candidate.createNote", "candidates:write", &AshbyDesk::candidate_create_note},
      {"candidate.info", "candidates:read", &AshbyDesk::candidate_info},
      {"candidate.listNotes", "candidates:read", &AshbyDesk::candidate_list_notes},
      {"candidateTag.create", "hiringProcessMetadata:write", &AshbyDesk::candidate_tag_create},
      {"customField.list", "hiringProcessMetadata:read", &AshbyDesk::custom_field_list},
      {"customField.setValue", "candidates:write", &AshbyDesk::custom_field_set_value},
      {"interviewStage.list", "interviews:read", &AshbyDesk::interview_stage_list},
      {"job.list", "jobs:read", &AshbyDesk::job_list}};
  const auto* const found = std::find_if(std::begin(kCalls), std::end(kCalls),
                                         [&](const Call& call) { return call.name == name; });
  return found == std::end(kCalls) ? nullptr : found;
}

std::optional<Refusal> AshbyDesk::wrong() const {
  const auto why = input_.wrong();
  return why ? std::optional(Refusal{"invalid_input", *why}) : std::nullopt;
}

Asked AshbyDesk::asked(std::string list) {
  return {.list = std::move(list),
          .cursor = input_.text_or_empty("cursor"),
          .sync_token = input_.text_or_empty("syncToken"),
          .limit = input_.limit()};
}

Outcome AshbyDesk::page(Asked asked, const ashby::Lists::All& all, const ashby::Lists::Show& show) {
  if (auto refusal = wrong()) return *std::move(refusal);
  return ashby_.lists_->page(asked, world_.now(), all, show);
}

bool AshbyDesk::shows(const Candidacy& application) const {
  return !application.job.empty() && (ashby_.sees_confidential || !application.confidential);
}

const Candidacy* AshbyDesk::application(const std::string& id) const {
  const Candidacy* const found = world_.application(id);
  return found != nullptr && shows(*found) ? found : nullptr;
}

const Person* AshbyDesk::candidate(const std::string& id) const {
  const auto all = world_.applications_of(id);
  const bool hidden =
      !all.empty() &&
      std::none_of(all.begin(), all.end(), [&](const Candidacy* one) { return shows(*one); });
  return hidden ? nullptr : world_.person(id);
}

Item AshbyDesk::item_of(const Candidacy& application) const {
  const Person& person = *world_.person(application.person);
  std::string seen = application.stage + ashby::status_of(application.status).data() +
                     application.person + '\n' + application.reason + '\n' + person.first_name +
                     '\n' + person.last_name + '\n' +
                     (person.emails.empty() ? "" : person.emails.front()) + '\n' +
                     std::to_string(application.updated.time_since_epoch().count());
  for (const auto& [field, value] : application.fields) seen += '\n' + field + '=' + value;
  return {application.id, fnv1a(seen)};
}

Outcome AshbyDesk::api_key_info() {
  if (auto refusal = wrong()) return *std::move(refusal);
  return ordered_json{{"results",
                       {{"title", "praxisync"},
                        {"createdAt", "2026-01-05T08:00:00.000Z"},
                        {"scopes", ashby_.scopes}}}};
}

Outcome AshbyDesk::application_list() {
  const std::string status = input_.one_of("status", {"Hired", "Archived", "Active", "Lead"});
  const std::string job = input_.uuid_or_empty("jobId");
  const auto after = input_.integer("createdAfter");
  input_.some_of("expand", {"openings"});
  const std::string filters = status + job + (after ? std::to_string(*after) : "");
  Asked pass = asked("application.list " + filters);
  // Whether the two go together is not documented: here they do not.
  if (!filters.empty() && !pass.sync_token.empty()) input_.blame("syncToken beside a filter");
  const auto all = [&] {
    std::vector<Item> items;
    for (const Candidacy* one : world_.applications()) {
      const bool fits = (status.empty() || ashby::status_of(one->status) == status) &&
                        (job.empty() || one->job == job) &&
                        (!after || one->created >= Timestamp(Milliseconds{*after}));
      if (fits && shows(*one)) items.push_back(item_of(*one));
    }
    return items;
  };
  return page(std::move(pass), all, [&](const std::string& id) -> std::optional<ordered_json> {
    const Candidacy* const found = application(id);
    if (found == nullptr) return std::nullopt;
    return ashby::application_json(ashby_, *found);
  });
}

Outcome AshbyDesk::application_info() {
  const std::string id = input_.uuid("applicationId");
  input_.some_of("expand", {"openings", "applicationFormSubmissions", "referrals"});
  if (auto refusal = wrong()) return *std::move(refusal);
  const Candidacy* const found = application(id);
  if (found == nullptr) return Refusal{"application_not_found", "Application not found"};
  ordered_json row = ashby::application_json(ashby_, *found);
  row["applicationHistory"] = ordered_json::array();
  return ordered_json{{"results", std::move(row)}};
}

Outcome AshbyDesk::archive_reason_list() {
  const bool archived = input_.flag("includeArchived");
  if (auto refusal = wrong()) return *std::move(refusal);
  ordered_json rows = ordered_json::array();
  for (const Reason& reason : world_.reasons()) {
    if (!reason.hired && (reason.active || archived)) rows.push_back(ashby::reason_json(reason));
  }
  return ordered_json{{"results", std::move(rows)}};
}

Outcome AshbyDesk::candidate_info() {
  const std::string id = input_.uuid("id");
  if (auto refusal = wrong()) return *std::move(refusal);
  const Person* const found = candidate(id);
  if (found == nullptr) return Refusal{"candidate_not_found", "Candidate not found"};
  return ordered_json{{"results", ashby::candidate_json(ashby_, *found)}};
}

Outcome AshbyDesk::candidate_list_notes() {
  const std::string id = input_.uuid("candidateId");
  Asked pass = asked("candidate.listNotes " + id);
  if (auto refusal = wrong()) return *std::move(refusal);
  if (candidate(id) == nullptr) return Refusal{"candidate_not_found", "Candidate not found"};
  const auto all = [&] {
    std::vector<Item> items;
    for (const Note& note : world_.notes()) {
      if (note.person == id) items.push_back({note.id, 0});
    }
    return items;
  };
  return page(std::move(pass), all, [&](const std::string& note) -> std::optional<ordered_json> {
    const auto& notes = world_.notes();
    const auto found =
        std::find_if(notes.begin(), notes.end(), [&](const Note& one) { return one.id == note; });
    if (found == notes.end()) return std::nullopt;
    return ashby::note_json(*found, ashby_.author_);
  });
}

Outcome AshbyDesk::custom_field_list() {
  const bool archived = input_.flag("includeArchived");
  const auto all = [&] {
    std::vector<Item> items;
    for (const Field& field : world_.fields()) {
      if (field.active || archived) items.push_back({field.id, field.active ? 1U : 0U});
    }
    return items;
  };
  return page(asked(archived ? "customField.list archived" : "customField.list"), all,
              [&](const std::string& id) -> std::optional<ordered_json> {
                return ashby::field_json(ashby_, *world_.field(id));
              });
}

Outcome AshbyDesk::interview_stage_list() {
  const std::string id = input_.uuid("interviewPlanId");
  if (auto refusal = wrong()) return *std::move(refusal);
  const Plan* const plan = world_.plan(id);
  if (plan == nullptr) return Refusal{"interview_plan_not_found", "Interview plan not found"};
  ordered_json rows = ordered_json::array();
  for (const Stage& stage : plan->stages) {
    if (stage.active) rows.push_back(ashby::stage_json(*plan, stage));
  }
  return ordered_json{{"results", std::move(rows)}, {"moreDataAvailable", false}};
}

Outcome AshbyDesk::job_list() {
  std::set<std::string> statuses =
      input_.some_of("status", {"Draft", "Open", "Closed", "Archived"});
  // Drafts come only when they are asked for.
  if (statuses.empty()) statuses = {"Open", "Closed", "Archived"};
  std::string list = "job.list";
  for (const std::string& status : statuses) list += ' ' + status;
  const auto all = [&] {
    std::vector<Item> items;
    for (const Job& job : world_.jobs()) {
      const bool fits = statuses.contains(std::string(ashby::status_of(job.status)));
      const bool seen = ashby_.sees_confidential || !job.confidential;
      if (fits && seen)
        items.push_back({job.id, fnv1a(job.name + ashby::status_of(job.status).data())});
    }
    return items;
  };
  return page(asked(std::move(list)), all,
              [&](const std::string& id) -> std::optional<ordered_json> {
                return ashby::job_json(*world_.job(id));
              });
}

}  // namespace praxisync::sandbox::ats
