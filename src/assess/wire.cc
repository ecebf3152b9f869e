#include "assess/wire.h"

#include <nlohmann/json.hpp>

#include "json/reader.h"

namespace praxisync::assess::wire {
namespace {

nlohmann::json candidate_json(const Candidate& candidate) {
  nlohmann::json out{{"email", candidate.email}};
  if (!candidate.name.empty()) out["name"] = candidate.name;
  if (!candidate.role.empty()) out["role"] = candidate.role;
  return out;
}

std::string dumped(const nlohmann::json& body) {
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string text_at(const json::Value& object, std::string_view key) {
  const json::Value* const value = object.find(key);
  if (value == nullptr) return {};
  if (const auto* text = value->get<std::string>()) return *text;
  if (const auto* number = value->get<json::Value::Number>()) return number->spelling;
  return {};
}

void collect(const json::Value& object, std::vector<std::string>& found) {
  for (const std::string_view key : {"email", "name", "url"}) {
    if (std::string text = text_at(object, key); !text.empty()) found.push_back(std::move(text));
  }
}

}  // namespace

std::string bulk_body(const std::vector<Candidate>& candidates, SendInvitationEmail send) {
  nlohmann::json people = nlohmann::json::array();
  for (const Candidate& candidate : candidates) people.push_back(candidate_json(candidate));
  return dumped({{"candidates", people}, {"send_email", send == SendInvitationEmail::Yes}});
}

std::string invite_body(const Candidate& candidate, SendInvitationEmail send) {
  nlohmann::json body = candidate_json(candidate);
  body["send_email"] = send == SendInvitationEmail::Yes;
  return dumped(body);
}

std::string enroll_body(const std::string& email, const std::string& name) {
  return dumped(candidate_json({email, name, ""}));
}

std::string case_body(const NewCase& fresh) {
  return dumped({{"title", fresh.title},
                 {"description", fresh.description},
                 {"question", fresh.question},
                 {"case_type", fresh.case_type}});
}

std::string case_body(const CaseChanges& changes) {
  nlohmann::json body = nlohmann::json::object();
  if (changes.title) body["title"] = *changes.title;
  if (changes.question) body["question"] = *changes.question;
  return dumped(body);
}

std::string webhook_body(const NewWebhook& fresh) {
  nlohmann::json body{{"url", fresh.url}, {"event_types", fresh.event_types}};
  if (!fresh.description.empty()) body["description"] = fresh.description;
  return dumped(body);
}

ErrorBody read_error(std::string_view body) {
  const Result<json::Value> root = json::Value::parse(body);
  if (!root) return {};
  ErrorBody said;
  const json::Value* const error = root->find("error");
  if (error != nullptr && error->get<json::Value::Object>() != nullptr) {
    said.code = text_at(*error, "code");
    said.message = text_at(*error, "message");
    said.enrollment = EnrollmentId(text_at(*error, "enrollment_id"));
  } else {
    said.code = text_at(*root, "code");
    said.message = text_at(*root, "error");
    if (said.message.empty()) said.message = text_at(*root, "detail");
    if (said.message.empty()) said.message = text_at(*root, "message");
  }
  if (said.enrollment.empty()) said.enrollment = EnrollmentId(text_at(*root, "enrollment_id"));
  return said;
}

std::vector<std::string> confidential_in(std::string_view request_body) {
  std::vector<std::string> found;
  const Result<json::Value> root = json::Value::parse(request_body);
  if (!root) return found;
  collect(*root, found);
  if (const json::Value* const list = root->find("candidates")) {
    if (const auto* rows = list->get<json::Value::Array>()) {
      for (const json::Value& row : *rows) collect(row, found);
    }
  }
  return found;
}

}  // namespace praxisync::assess::wire
