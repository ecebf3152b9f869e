#include <algorithm>
#include <initializer_list>

#include "sandbox/ats/greenhouse/harvest.h"

namespace praxisync::sandbox::ats::harvest {
namespace {

using Keys = std::initializer_list<std::string_view>;

/// The fields of a body, checked one by one.
class Body {
 public:
  Body(const http::Request& request, Keys known)
      : json_(Json::parse(request.body, nullptr, false)) {
    if (http::header(request.headers, "Content-Type") != "application/json" || !json_.is_object()) {
      json_ = Json::object();
      refuse("", "The body is no JSON object.");
    }
    for (const auto& [key, value] : json_.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) refuse(key, "is not allowed");
    }
  }

  bool has(std::string_view key) const { return json_.contains(key); }
  /// A whole number, as text; empty where it is missing.
  std::string id(std::string_view key) {
    const auto found = json_.find(key);
    if (found == json_.end()) return {};
    if (found->is_number_integer()) return found->dump();
    refuse(key, "must be an integer");
    return {};
  }
  std::string needed_id(std::string_view key) {
    if (!has(key)) refuse(key, "is missing");
    return id(key);
  }
  std::string needed_text(std::string_view key) {
    const auto found = json_.find(key);
    if (found != json_.end() && found->is_string() && !found->get<std::string>().empty())
      return found->get<std::string>();
    refuse(key, "must be filled");
    return {};
  }
  void one_of(std::string_view key, Keys words) {
    const auto found = json_.find(key);
    if (found == json_.end()) return;
    const std::string word = found->is_string() ? found->get<std::string>() : std::string();
    if (std::find(words.begin(), words.end(), word) == words.end())
      refuse(key, "is not one of those allowed");
  }
  const Json& list(std::string_view key) {
    static const Json none = Json::array();
    const auto found = json_.find(key);
    if (found != json_.end() && found->is_array()) return *found;
    refuse(key, "must be an array");
    return none;
  }

  void refuse(std::string_view key, std::string why) {
    if (!refused_) refused_ = Refused{std::string(key), std::move(why)};
  }
  const std::optional<Refused>& refused() const { return refused_; }

 private:
  Json json_;
  std::optional<Refused> refused_;
};

http::Response no_content() { return {204, {}, ""}; }

http::Response create_note(const Call& call, const http::Request& request) {
  Body body(request, {"candidate_id", "application_id", "user_id", "note_type", "visibility",
                      "body", "subject", "email_from", "email_to", "email_cc"});
  const std::string person = body.needed_id("candidate_id");
  const std::string application = body.id("application_id"), user = body.id("user_id");
  const std::string text = body.needed_text("body");
  body.one_of("note_type", {"NOTE", "ACTIVITY"});
  body.one_of("visibility", {"public", "private", "admin_only"});
  for (const char* mail : {"subject", "email_from", "email_to", "email_cc"}) {
    if (body.has(mail)) body.refuse(mail, "is for an EMAIL alone");
  }
  const Candidacy* const its = call.world.application(application);
  if (call.world.person(person) == nullptr) body.refuse("candidate_id", "does not exist");
  if (!application.empty() && (its == nullptr || its->person != person))
    body.refuse("application_id", "does not belong to the candidate");
  if (body.refused()) return refusal(*body.refused());
  const std::string id = call.world.write_note({.id = {},
                                                .person = person,
                                                .application = application,
                                                .text = text,
                                                .author = user.empty() ? call.user : user});
  return answer(201, {{"id", number(id)},
                      {"candidate_id", number(person)},
                      {"application_id", number(application)},
                      {"body", text},
                      {"visibility", "publicly_visible"}});
}

http::Response create_tag(const Call& call, const http::Request& request) {
  Body body(request, {"name"});
  const std::string name = body.needed_text("name");
  if (call.world.tag_named(name) != nullptr) body.refuse("name", "has already been taken");
  if (body.refused()) return refusal(*body.refused());
  const std::string id = call.world.write_new_tag(name);
  return answer(201, {{"id", number(id)}, {"name", name}});
}

http::Response apply_tag(const Call& call, const http::Request& request) {
  Body body(request, {"candidate_id", "candidate_tag_id"});
  const std::string person = body.needed_id("candidate_id"),
                    tag = body.needed_id("candidate_tag_id");
  const Person* const who = call.world.person(person);
  const Tag* const what = call.world.tag(tag);
  if (who == nullptr) body.refuse("candidate_id", "does not exist");
  if (what == nullptr) body.refuse("candidate_tag_id", "does not exist");
  const bool there = who != nullptr && what != nullptr &&
                     std::find(who->tags.begin(), who->tags.end(), what->name) != who->tags.end();
  if (there && call.peer.tag_twice_is_refused)
    body.refuse("candidate_tag_id", "has already been taken");
  if (body.refused()) return refusal(*body.refused());
  call.world.write_tag("", person, what->name);
  return answer(201, {{"id", number(call.world.new_id())},
                      {"candidate_id", number(person)},
                      {"candidate_tag_id", number(tag)}});
}

/// The text that a value is kept as; nullopt: the field does not take it.
std::optional<std::string> text_for(const Call& call, const Field& field, const Json& value) {
  if (value.is_null()) return std::string();
  if (const auto select = call.peer.selects.find(field.id); select != call.peer.selects.end()) {
    for (const auto& [id, name] : select->second) {
      if (value.is_number_integer() && value.dump() == id) return name;
    }
    return std::nullopt;
  }
  if (field.type == FieldType::Number)
    return value.is_number() ? std::optional(value.dump()) : std::nullopt;
  if (field.type == FieldType::Boolean)
    return value.is_boolean() ? std::optional(value.dump()) : std::nullopt;
  return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

/// All or none of them.
http::Response set_fields(const Call& call, const Endpoint& endpoint,
                          const http::Request& request) {
  const bool of_application = endpoint.list == "applications";
  const Candidacy* application = call.world.application(endpoint.id);
  const Person* const person = call.world.person(endpoint.id);
  if (of_application ? application == nullptr : person == nullptr) return refusal({"", "", 404});
  Body body(request, {"custom_fields"});
  std::map<std::string, std::string> texts;
  for (const Json& entry : body.list("custom_fields")) {
    const bool shaped = entry.is_object() && entry.size() == 2 && entry.contains("value") &&
                        entry.contains("name_key") != entry.contains("custom_field_id");
    if (!shaped) {
      body.refuse("custom_fields", "has an entry that is not a name and a value");
      continue;
    }
    const std::string name = entry.contains("name_key") ? entry["name_key"].get<std::string>()
                                                        : entry["custom_field_id"].dump();
    const Field* found = nullptr;
    for (const Field& field : call.world.fields()) {
      const bool named = entry.contains("name_key") ? field.key == name : field.id == name;
      if (named && field.active && field.of_application == of_application) found = &field;
    }
    const auto text = found == nullptr ? std::nullopt : text_for(call, *found, entry["value"]);
    if (text) {
      texts[found->id] = *text;
    } else {
      body.refuse("custom_fields", "has an unknown field or a wrong value");
    }
  }
  if (body.refused()) return refusal(*body.refused());
  // The world sets a person's fields by way of an application.
  const auto all = call.world.applications_of(endpoint.id);
  const std::string way = of_application ? endpoint.id
                          : all.empty()  ? std::string()
                                         : all.front()->id;
  if (way.empty()) return refusal({"", "the candidate has no application"});
  const std::map<std::string, std::string> before =
      of_application ? application->fields : person->fields;
  for (const auto& [field, text] : texts) {
    const auto was = before.find(field);
    if (was == before.end() || was->second != text) call.world.write_field(way, field, text);
  }
  for (const auto& [field, text] : before) {
    if (!call.peer.unlisted_fields_stay && !texts.contains(field))
      call.world.set_field(way, field, "");
  }
  return answer(200, of_application ? row_of(call, *call.world.application(endpoint.id))
                                    : row_of(call, *call.world.person(endpoint.id)));
}

http::Response move(const Call& call, const Endpoint& endpoint, const http::Request& request) {
  const Candidacy* const row = call.world.application(endpoint.id);
  if (row == nullptr || !shown(call.world, *row)) return refusal({"", "", 404});
  Body body(request, {"from_stage_id", "to_stage_id", "to_job_id", "email_from_user_id"});
  const std::string from = body.needed_id("from_stage_id"), to = body.id("to_stage_id");
  if (body.has("to_job_id")) body.refuse("to_job_id", "is not played");
  if (!body.has("to_stage_id")) body.refuse("to_stage_id", "an advance is not played");
  if (row->status != ApplicationStatus::Active || row->job.empty())
    body.refuse("", "The application is not active.");
  const std::string& current =
      call.peer.from == GreenhousePeer::From::Stage ? row->stage : row->stage_row;
  if (from != current) body.refuse("from_stage_id", "is not the current stage");
  const Plan* const plan = call.world.plan_of_stage(to);
  const Stage* const stage = call.world.stage(to);
  if (plan == nullptr || row->job.empty() || plan->id != call.world.job(row->job)->plan ||
      !stage->active)
    body.refuse("to_stage_id", "is no stage of the job");
  if (body.refused()) return refusal(*body.refused());
  call.world.write_move(endpoint.id, to);
  return no_content();
}

http::Response reject(const Call& call, const Endpoint& endpoint, const http::Request& request) {
  const Candidacy* const row = call.world.application(endpoint.id);
  if (row == nullptr || !shown(call.world, *row)) return refusal({"", "", 404});
  Body body(request, {"rejection_reason_id", "notes", "rejection_email", "custom_fields"});
  const std::string reason = body.needed_id("rejection_reason_id");
  if (call.world.reason(reason) == nullptr) body.refuse("rejection_reason_id", "does not exist");
  if (row->status != ApplicationStatus::Active) body.refuse("", "The application is not active.");
  if (body.refused()) return refusal(*body.refused());
  call.world.write_reject(endpoint.id, reason);
  return no_content();
}

}  // namespace

std::string Endpoint::scope() const {
  return std::string("harvest:").append(list).append(":").append(action);
}

std::optional<Endpoint> endpoint_of(http::Method method, std::string_view path) {
  static constexpr std::string_view kLists[] = {
      "jobs",          "job_interview_stages", "applications",      "candidates",
      "notes",         "candidate_tags",       "rejection_reasons", "applied_candidate_tags",
      "custom_fields", "custom_field_options"};
  const std::size_t slash = path.find('/');
  const std::string_view name = path.substr(0, slash);
  const auto* const list = std::find(std::begin(kLists), std::end(kLists), name);
  if (list == std::end(kLists)) return std::nullopt;
  if (slash == std::string_view::npos) {
    if (method == http::Method::Get) return Endpoint{method, *list, "list"};
    const bool made =
        name == "notes" || name == "candidate_tags" || name == "applied_candidate_tags";
    if (method == http::Method::Post && made) return Endpoint{method, *list, "create"};
    return std::nullopt;
  }
  const std::string_view rest = path.substr(slash + 1);
  const std::string id(rest.substr(0, rest.find('/')));
  const std::string_view action = rest.size() > id.size() ? rest.substr(id.size() + 1) : "";
  const bool whose = name == "applications" || name == "candidates";
  if (method == http::Method::Patch && rest == id && whose)
    return Endpoint{method, *list, "update", id};
  if (method == http::Method::Post && name == "applications" && action == "move")
    return Endpoint{method, *list, "move", id};
  if (method == http::Method::Post && name == "applications" && action == "reject")
    return Endpoint{method, *list, "reject", id};
  return std::nullopt;
}

http::Response write(const Call& call, const Endpoint& endpoint, const http::Request& request) {
  if (request.url.find('?') != std::string::npos)
    return refusal({"", "A write takes no query parameters."});
  if (endpoint.action == "update") return set_fields(call, endpoint, request);
  if (endpoint.action == "move") return move(call, endpoint, request);
  if (endpoint.action == "reject") return reject(call, endpoint, request);
  if (endpoint.list == "notes") return create_note(call, request);
  if (endpoint.list == "candidate_tags") return create_tag(call, request);
  return apply_tag(call, request);
}

}  // namespace praxisync::sandbox::ats::harvest
