// Opportunities: which are listed, in which order, and how they read.
#include <algorithm>

#include "sandbox/ats/lever/lever.h"

namespace praxisync::sandbox::ats::lever {

namespace {

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

std::optional<Outcome> wrong_expand(const Call& call) {
  static const std::vector<std::string> known{"applications", "stage",     "owner",
                                              "followers",    "sourcedBy", "contact"};
  for (const std::string& what : call.all("expand")) {
    if (!has(known, what)) return bad_request("expand is unknown");
  }
  return std::nullopt;
}

/// The bounds NAME_start and NAME_end, both inclusive. What has no time is in no range.
struct Range {
  Range(const Call& call, const std::string& name)
      : from(time_of(call, name + "_start")), to(time_of(call, name + "_end")) {}
  bool takes(std::optional<Timestamp> at) const {
    if (!from && !to) return true;
    return at && (!from || *at >= *from) && (!to || *at <= *to);
  }
  std::optional<Timestamp> from, to;
};

std::optional<bool> flag_of(const Call& call, std::string_view name) {
  const auto text = call.parameter(name);
  return text ? std::optional(*text == "true") : std::nullopt;
}

bool takes(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || has(wanted, value);
}

}  // namespace

/// The filters of one request, read once for all rows.
struct LeverPeer::Filter {
  explicit Filter(const Call& call)
      : confidentiality(call.parameter("confidentiality").value_or("non-confidential")),
        stages(call.all("stage_id")),
        postings(call.all("posting_id")),
        contacts(call.all("contact_id")),
        archived(flag_of(call, "archived")),
        only_snoozed(flag_of(call, "snoozed")),
        created_at(call, "created_at"),
        advanced_at(call, "advanced_at"),
        updated_at(call, "updated_at") {}
  std::string confidentiality;
  std::vector<std::string> stages, postings, contacts;
  std::optional<bool> archived, only_snoozed;
  Range created_at, advanced_at, updated_at;
};

const Candidacy* LeverPeer::find(const std::string& id) const { return world_.application(id); }

bool LeverPeer::may_see(const Candidacy& candidacy) const {
  return !candidacy.confidential || may("confidential:access");
}

/// Leads without a job are in the first stage.
const std::string& LeverPeer::stage_of(const Candidacy& candidacy) const {
  const bool nowhere = candidacy.stage.empty() && !world_.plans().empty();
  return nowhere ? world_.plans().front().stages.front().id : candidacy.stage;
}

std::optional<Timestamp> LeverPeer::updated(const Candidacy& candidacy) const {
  if (undated.contains(candidacy.id)) return std::nullopt;
  return std::max(candidacy.updated, world_.person(candidacy.person)->updated);
}

bool LeverPeer::passes(const Filter& filter, const Candidacy& candidacy) const {
  const bool archived = candidacy.status != ApplicationStatus::Active;
  return (filter.confidentiality == "all" ||
          (filter.confidentiality == "confidential") == candidacy.confidential) &&
         filter.archived.value_or(archived) == archived &&
         takes(filter.stages, stage_of(candidacy)) && takes(filter.postings, candidacy.job) &&
         takes(filter.contacts, candidacy.person) &&
         (!filter.only_snoozed || *filter.only_snoozed == snoozed.contains(candidacy.id)) &&
         filter.created_at.takes(candidacy.created) &&
         filter.advanced_at.takes(candidacy.in_stage_since) &&
         filter.updated_at.takes(updated(candidacy));
}

Outcome LeverPeer::list_opportunities(const Call& call) {
  if (auto wrong = wrong_expand(call)) return *wrong;
  for (const std::string& id : call.all("stage_id")) {
    if (world_.stage(id) == nullptr) return bad_request("stage_id is not valid");
  }
  for (const std::string& id : call.all("posting_id")) {
    if (world_.job(id) == nullptr) return bad_request("posting_id is not valid");
  }
  std::optional<Place> after;
  if (call.parameter("offset")) {
    after = offsets_.find(call, world_.now(), offset_life);
    if (!after) return bad_request("offset is not valid");
  }
  std::map<std::string, std::size_t, std::less<>> ranks;
  for (const Plan& plan : world_.plans()) {
    for (const Stage& stage : plan.stages) ranks.emplace(stage.id, ranks.size());
  }
  const Filter filter(call);
  std::vector<std::pair<Place, const Candidacy*>> found;
  for (const Candidacy* candidacy : world_.applications()) {
    if (!passes(filter, *candidacy)) continue;
    Place place{ranks[stage_of(*candidacy)], candidacy->created, candidacy->id};
    if (!after || place > *after) found.emplace_back(std::move(place), candidacy);
  }
  const int asked = std::stoi(call.parameter("limit").value_or("100"));
  const std::size_t size =
      std::min(found.size(), static_cast<std::size_t>(std::min(asked, page_cap)));
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(size), found.end());

  const std::vector<std::string> expand = call.all("expand");
  Outcome outcome = success(Json::array());
  for (std::size_t i = 0; i < size; ++i)
    outcome.body["data"].push_back(json_of(*found[i].second, expand, Contact::Shown));
  outcome.body["hasNext"] = size < found.size();
  if (size < found.size())
    outcome.body["next"] = offsets_.issue(call, found[size - 1].first, world_.now());
  return outcome;
}

Outcome LeverPeer::get_opportunity(const Call& call) {
  if (auto wrong = wrong_expand(call)) return *wrong;
  const Candidacy* candidacy = find(call.path[1]);
  if (candidacy == nullptr) return not_found("opportunities", call.path[1]);
  if (!may_see(*candidacy)) return refusal(403, "ForbiddenError", "It is confidential.");
  return success(json_of(*candidacy, call.all("expand"), Contact::Shown));
}

Json LeverPeer::application_json(const Candidacy& candidacy) const {
  const Person& person = *world_.person(candidacy.person);
  std::string email = person.emails.empty() ? "" : person.emails.front();
  if (const auto given = application_emails.find(candidacy.id); given != application_emails.end())
    email = given->second;
  return {{"id", "a" + candidacy.id},
          {"opportunityId", candidacy.id},
          {"type", "posting"},
          {"posting", candidacy.job},
          {"name", person.anonymised ? Json() : Json(person.name())},
          {"email", email.empty() ? Json() : Json(email)},
          {"createdAt", milliseconds(candidacy.created)}};
}

Json LeverPeer::archived_json(const Candidacy& candidacy) const {
  if (candidacy.status == ApplicationStatus::Active) return nullptr;
  std::string reason = candidacy.reason;
  if (candidacy.status == ApplicationStatus::Hired) {
    const auto hired = std::ranges::find_if(world_.reasons(), &Reason::hired);
    if (hired != world_.reasons().end()) reason = hired->id;
  }
  return {{"reason", reason}, {"archivedAt", milliseconds(candidacy.updated)}};
}

Json LeverPeer::json_of(const Candidacy& candidacy, const std::vector<std::string>& expand,
                        Contact contact) const {
  const Person& person = *world_.person(candidacy.person);
  const bool shown = contact == Contact::Shown && !person.anonymised;
  const std::string name = shown ? person.name() : "";
  const Json emails = shown ? Json(person.emails) : Json::array();
  const std::string& stage_id = stage_of(candidacy);
  const Stage* stage = world_.stage(stage_id);
  Json applications = Json::array();
  if (!candidacy.job.empty()) {
    applications.push_back(has(expand, "applications") ? application_json(candidacy)
                                                       : Json("a" + candidacy.id));
  }
  const auto at = updated(candidacy);
  Json protection;
  if (!person.may_be_contacted) {
    protection = {{"store", {{"allowed", true}, {"expiresAt", nullptr}}},
                  {"contact", {{"allowed", false}, {"expiresAt", nullptr}}}};
  }
  return {{"id", candidacy.id},
          {"name", name},
          {"contact", has(expand, "contact")
                          ? Json{{"id", person.id}, {"name", name}, {"emails", emails}}
                          : Json(person.id)},
          {"emails", emails},
          {"phones", Json::array()},
          {"links", shown ? Json(person.links) : Json::array()},
          {"stage", has(expand, "stage") && stage != nullptr
                        ? Json{{"id", stage_id}, {"text", stage->name}}
                        : Json(stage_id)},
          {"archived", archived_json(candidacy)},
          {"confidentiality", candidacy.confidential ? "confidential" : "non-confidential"},
          {"tags", candidacy.tags},
          {"origin", "applied"},
          {"applications", std::move(applications)},
          {"createdAt", milliseconds(candidacy.created)},
          {"updatedAt", at ? milliseconds(*at) : Json()},
          {"lastAdvancedAt", milliseconds(candidacy.in_stage_since)},
          {"snoozedUntil", snoozed.contains(candidacy.id)
                               ? milliseconds(world_.now() + std::chrono::hours{24})
                               : Json()},
          {"dataProtection", std::move(protection)},
          {"isAnonymized", person.anonymised},
          {"urls", {{"show", "https://hire.lever.co/candidates/" + candidacy.id}}}};
}

}  // namespace praxisync::sandbox::ats::lever
