// What is written.
#include <algorithm>
#include <utility>

#include "sandbox/ats/ashby/desk.h"
#include "sandbox/ats/ashby/wire.h"

namespace praxisync::sandbox::ats {

using ashby::Outcome;
using ashby::Refusal;
using nlohmann::ordered_json;

namespace ashby {
namespace {

/// The value as the world keeps it; nullopt where it is none of the field's type.
std::optional<std::string> kept_value(const Ashby& ashby, const Field& field,
                                      const nlohmann::json& value) {
  const std::string type = type_of(ashby, field);
  if (type == "Number") return value.is_number() ? std::optional(value.dump()) : std::nullopt;
  if (type == "Boolean") {
    if (!value.is_boolean()) return std::nullopt;
    return std::string(value.get<bool>() ? "true" : "false");
  }
  if (!value.is_string()) return std::nullopt;
  std::string text = value.get<std::string>();
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  if (type == "Url" && !web) return std::nullopt;
  if (type != "ValueSelect") return text;
  const auto& options = ashby.options.at(field.id);
  const bool offered =
      std::any_of(options.begin(), options.end(),
                  [&](const Ashby::Option& option) { return option.value == text; });
  return offered ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace
}  // namespace ashby

Outcome AshbyDesk::application_change_stage() {
  const std::string id = input_.uuid("applicationId"), stage_id = input_.uuid("interviewStageId"),
                    reason_id = input_.uuid_or_empty("archiveReasonId");
  if (auto refusal = wrong()) return *std::move(refusal);  // archiveEmail is not played
  const Candidacy* const found = application(id);
  if (found == nullptr) return Refusal{"application_not_found", "Application not found"};
  const Stage* const stage = world_.stage(stage_id);
  const bool of_plan =
      stage != nullptr && world_.plan_of_stage(stage_id) == world_.plan_of_stage(found->stage);
  if (!of_plan || !stage->active)
    return Refusal{"interview_stage_not_found", "Interview stage not found"};
  if (stage->archived && reason_id.empty())
    return Refusal{"invalid_input", "Archive reason ID is required for archive stages"};
  if (!stage->archived && !reason_id.empty())
    return Refusal{"invalid_input", "Archive fields are not allowed for non-archive stages"};
  if (stage->archived) {
    if (world_.reason(reason_id) == nullptr)
      return Refusal{"archive_reason_not_found", "Archive reason not found"};
    world_.write_reject(id, reason_id);
  } else {
    if (found->status != ApplicationStatus::Active) world_.reactivate(id);
    world_.write_move(id, stage_id);
  }
  return ordered_json{{"results", ashby::application_json(ashby_, *world_.application(id))}};
}

Outcome AshbyDesk::candidate_create_note() {
  const std::string id = input_.uuid("candidateId");
  const bool tells = input_.flag("sendNotifications"), is_private = input_.flag("isPrivate");
  std::string text, type = "text/plain";
  if (const nlohmann::json* note = input_.any("note")) {
    if (note->is_string()) {
      text = note->get<std::string>();
    } else if (note->is_object()) {
      ashby::Input inner(*note);
      type = inner.one_of("type", {"text/plain", "text/html"});
      text = inner.text("value");
      if (type.empty()) inner.blame("type is missing");
      if (const auto why = inner.wrong()) input_.blame("note: " + *why);
    } else {
      input_.blame("note is neither a string nor an object");
    }
  }
  if (auto refusal = wrong()) return *std::move(refusal);
  if (candidate(id) == nullptr) return Refusal{"candidate_not_found", "Candidate not found"};
  if (is_private)
    return Refusal{"missing_endpoint_permission", "The key may not write private notes", 403};
  ashby_.notifications_ += tells ? 1 : 0;
  world_.write_note({.person = id, .text = std::move(text), .author = ashby_.author_});
  return ordered_json{{"results", ashby::note_json(world_.notes().back(), ashby_.author_)}};
}

Outcome AshbyDesk::candidate_add_tag() {
  const std::string id = input_.uuid("candidateId"), tag_id = input_.uuid("tagId");
  if (auto refusal = wrong()) return *std::move(refusal);
  if (candidate(id) == nullptr) return Refusal{"candidate_not_found", "Candidate not found"};
  const Tag* const tag = world_.tag(tag_id);
  if (tag == nullptr) return Refusal{"tag_not_found", "Tag not found"};
  world_.write_tag({}, id, tag->name);
  return ordered_json{{"results", ashby::candidate_json(ashby_, *candidate(id))}};
}

Outcome AshbyDesk::candidate_tag_create() {
  const std::string title = input_.text("title");
  if (auto refusal = wrong()) return *std::move(refusal);
  if (world_.tag_named(title) == nullptr) world_.write_new_tag(title);
  return ordered_json{{"results", ashby::tag_json(*world_.tag_named(title))}};
}

Outcome AshbyDesk::custom_field_set_value() {
  const std::string object = input_.uuid("objectId"), field_id = input_.uuid("fieldId");
  const std::string type =
      input_.one_of("objectType", {"Application", "Candidate", "Job", "Opening"});
  const nlohmann::json* const value = input_.any("fieldValue");
  if (type.empty()) input_.blame("objectType is missing");
  if (auto refusal = wrong()) return *std::move(refusal);
  const Field* const field = world_.field(field_id);
  if (field == nullptr || !field->active)
    return Refusal{"custom_field_not_found", "Custom field not found"};
  if (type != (field->of_application ? "Application" : "Candidate"))
    return Refusal{"invalid_input", "The field is of another type of object"};
  const auto kept = ashby::kept_value(ashby_, *field, *value);
  if (!kept) return Refusal{"invalid_input", "fieldValue is none of the field's type"};
  std::string written = object;
  if (field->of_application) {
    if (application(object) == nullptr)
      return Refusal{"application_not_found", "Application not found"};
  } else {
    const auto applications = world_.applications_of(object);
    if (candidate(object) == nullptr || applications.empty())
      return Refusal{"candidate_not_found", "Candidate not found"};
    written = applications.front()->id;
  }
  world_.write_field(written, field_id, *kept);
  return ordered_json{{"results", ashby::value_json(ashby_, *field, *kept)}};
}

}  // namespace praxisync::sandbox::ats
