// The lists of what an account has besides opportunities.
#include <algorithm>

#include "sandbox/ats/lever/lever.h"

namespace praxisync::sandbox::ats::lever {

/// One page of `rows`, which are always in the same order.
Outcome LeverPeer::list_of(const Call& call, std::vector<Json> rows) {
  std::size_t first = 0;
  if (call.parameter("offset")) {
    const auto place = offsets_.find(call, world_.now(), offset_life);
    if (!place) return bad_request("offset is not valid");
    first = std::min(place->rank, rows.size());
  }
  const int asked = std::stoi(call.parameter("limit").value_or("100"));
  const auto limit = static_cast<std::size_t>(std::min(asked, page_cap));
  const std::size_t end = std::min(rows.size(), first + limit);
  Outcome outcome = success(Json::array());
  for (std::size_t i = first; i < end; ++i) outcome.body["data"].push_back(std::move(rows[i]));
  outcome.body["hasNext"] = end < rows.size();
  if (end < rows.size()) outcome.body["next"] = offsets_.issue(call, {.rank = end}, world_.now());
  return outcome;
}

Outcome LeverPeer::list_stages(const Call& call) {
  std::vector<Json> rows;
  for (const Plan& plan : world_.plans()) {
    for (const Stage& stage : plan.stages) {
      if (stage.active) rows.push_back({{"id", stage.id}, {"text", stage.name}});
    }
  }
  return list_of(call, std::move(rows));
}

Outcome LeverPeer::list_postings(const Call& call) {
  const auto confidentiality = call.parameter("confidentiality").value_or("non-confidential");
  const auto states = call.all("state"), include = call.all("include");
  const auto since = time_of(call, "updated_at_start");
  std::vector<Json> rows;
  for (const Job& job : world_.jobs()) {
    const std::string state = job.status == JobStatus::Open     ? "published"
                              : job.status == JobStatus::Closed ? "closed"
                                                                : "draft";
    const std::string kind = job.confidential ? "confidential" : "non-confidential";
    if (confidentiality != "all" && confidentiality != kind) continue;
    if (!states.empty() && std::ranges::find(states, state) == states.end()) continue;
    if (since && job.updated < *since) continue;
    Json row{{"id", job.id},
             {"text", job.name},
             {"state", state},
             {"confidentiality", kind},
             {"categories", {{"team", "Engineering"}, {"location", "Berlin"}}},
             {"content", {{"descriptionHtml", "<p>" + job.name + "</p>"}}},
             {"createdAt", milliseconds(job.updated)},
             {"updatedAt", milliseconds(job.updated)}};
    Json kept = Json::object();
    for (const std::string& field : include) {
      if (row.contains(field)) kept[field] = row[field];
    }
    rows.push_back(include.empty() ? row : kept);
  }
  return list_of(call, std::move(rows));
}

Outcome LeverPeer::list_reasons(const Call& call) {
  const auto type = call.parameter("type");
  std::vector<Json> rows;
  for (const Reason& reason : world_.reasons()) {
    const std::string its = reason.hired ? "hired" : "non-hired";
    if (type && *type != its) continue;
    rows.push_back({{"id", reason.id},
                    {"text", reason.name},
                    {"status", reason.active ? "active" : "inactive"},
                    {"type", its}});
  }
  return list_of(call, std::move(rows));
}

Outcome LeverPeer::list_users(const Call& call) {
  const std::string email = "praxisync@acme.example";
  std::vector<Json> rows;
  if (call.parameter("email").value_or(email) == email) {
    rows.push_back({{"id", kLeverUser},
                    {"name", "Praxisync"},
                    {"email", email},
                    {"accessRole", "super admin"},
                    {"deactivatedAt", nullptr}});
  }
  return list_of(call, std::move(rows));
}

Outcome LeverPeer::list_tags(const Call& call) {
  std::vector<Json> rows;
  for (const Tag& tag : world_.tags()) rows.push_back({{"text", tag.name}});
  return list_of(call, std::move(rows));
}

Outcome LeverPeer::list_notes(const Call& call) {
  std::vector<Json> rows;
  for (const Note& note : world_.notes()) {
    if (note.application != call.path[1]) continue;
    rows.push_back(
        {{"id", note.id},
         {"text", "note"},
         {"fields", Json::array({{{"type", "note"}, {"text", "note"}, {"value", note.text}}})},
         {"user", note.author.empty() ? Json() : Json(note.author)},
         {"secret", false},
         {"createdAt", milliseconds(note.created)},
         {"deletedAt", nullptr}});
  }
  return list_of(call, std::move(rows));
}

Outcome LeverPeer::list_deleted(const Call& call) {
  if (!lists_deleted) return refusal(403, "ForbiddenError", "Not allowed.");
  const auto from = time_of(call, "deleted_at_start"), to = time_of(call, "deleted_at_end");
  if (!from || !to) return bad_request("deleted_at_start and deleted_at_end are needed");
  if (*to < *from || *to - *from > std::chrono::hours{24} * 30)
    return bad_request("the range is of thirty days at most");
  std::vector<Json> rows;
  for (const Deletion& deletion : world_.deletions()) {
    if (deletion.at < *from || deletion.at > *to) continue;
    rows.push_back({{"id", deletion.application},
                    {"deletedAt", milliseconds(deletion.at)},
                    {"deletedBy", kLeverUser}});
  }
  return list_of(call, std::move(rows));
}

}  // namespace praxisync::sandbox::ats::lever
