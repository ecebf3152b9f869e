// What API clients write. A body with a key that Lever does not know is refused.
#include <algorithm>

#include "sandbox/ats/lever/lever.h"

namespace praxisync::sandbox::ats::lever {

namespace {

/// The texts of a list that is not empty, and has no empty ones; empty where it is anything else.
std::vector<std::string> texts_of(const Json& body, const char* key) {
  std::vector<std::string> texts;
  if (!body.contains(key) || !body[key].is_array()) return {};
  for (const Json& one : body[key]) {
    if (!one.is_string() || one.get_ref<const std::string&>().empty()) return {};
    texts.push_back(one.get<std::string>());
  }
  return texts;
}

bool is_flag_or_missing(const Json& body, const char* key) {
  return !body.contains(key) || body[key].is_boolean();
}

}  // namespace

std::optional<Outcome> LeverPeer::wrong_author(const Call& call) const {
  const auto user = call.parameter("perform_as");
  if (!user || *user == kLeverUser) return std::nullopt;
  return not_found("users", *user);
}

Outcome LeverPeer::add_note(const Call& call) {
  const Json body = object_of(call, {"value", "secret", "score", "notifyFollowers", "createdAt"});
  if (body.is_discarded() || !body.contains("value") || !body["value"].is_string() ||
      body["value"].get_ref<const std::string&>().empty() || !is_flag_or_missing(body, "secret") ||
      !is_flag_or_missing(body, "notifyFollowers")) {
    return bad_request("the note is not valid");
  }
  const std::string id = world_.write_note({.application = call.path[1],
                                            .text = body["value"].get<std::string>(),
                                            .author = call.parameter("perform_as").value_or("")});
  return success({{"id", id}, {"noteId", id}, {"createdAt", milliseconds(world_.now())}}, 201);
}

Outcome LeverPeer::add_tags(const Call& call) {
  const auto tags = texts_of(object_of(call, {"tags"}), "tags");
  if (tags.empty()) return bad_request("tags are not valid");
  for (const std::string& tag : tags) world_.write_tag(call.path[1], {}, tag);
  return success(json_of(*find(call.path[1]), {}, Contact::Blank));
}

Outcome LeverPeer::add_links(const Call& call) {
  const auto links = texts_of(object_of(call, {"links"}), "links");
  if (links.empty()) return bad_request("links are not valid");
  for (const std::string& link : links) world_.write_link(call.path[1], {}, link);
  return success(json_of(*find(call.path[1]), {}, Contact::Shown));
}

Outcome LeverPeer::put_stage(const Call& call) {
  const Json body = object_of(call, {"stage"});
  if (body.is_discarded() || !body.contains("stage") || !body["stage"].is_string())
    return bad_request("stage is not valid");
  const auto id = body["stage"].get<std::string>();
  const Stage* stage = world_.stage(id);
  if (stage == nullptr || !stage->active) return not_found("stages", id);
  world_.write_move(call.path[1], id);
  return success(json_of(*find(call.path[1]), {}, Contact::Blank));
}

Outcome LeverPeer::put_archived(const Call& call) {
  const Json body = object_of(call, {"reason", "cleanInterviews", "requisitionId"});
  if (body.is_discarded() || !body.contains("reason") ||
      !is_flag_or_missing(body, "cleanInterviews"))
    return bad_request("reason is needed");
  const std::string& id = call.path[1];
  if (body["reason"].is_null()) {
    world_.reactivate(id);
  } else {
    if (!body["reason"].is_string()) return bad_request("reason is not valid");
    const auto reason_id = body["reason"].get<std::string>();
    const Reason* reason = world_.reason(reason_id);
    if (reason == nullptr) return not_found("archive_reasons", reason_id);
    if (!reason->active) return bad_request("the reason is not active");
    if (reason->hired) {
      world_.hire(id);
    } else {
      world_.write_reject(id, reason_id);
    }
  }
  return success(json_of(*find(id), {}, Contact::Blank));
}

}  // namespace praxisync::sandbox::ats::lever
