#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "domain/text.h"
#include "http/url.h"
#include "sandbox/address.h"
#include "sandbox/wire.h"

namespace praxisync::sandbox::wire {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxText = 255;
constexpr std::size_t kMaxUrl = 2048;

Refusal invalid(std::string message) { return {400, "VALIDATION_ERROR", std::move(message)}; }

/// A body without a byte is an empty object.
Parsed<json> read_object(std::string_view body) {
  if (trim(body).empty()) return json::object();
  json document = json::parse(body, nullptr, false);
  if (document.is_discarded()) return Refusal{400, "PARSE_ERROR", "The body is not valid JSON."};
  if (!document.is_object()) return invalid("The body must be a JSON object.");
  return document;
}

/// The text under `name` without outer space; nullopt where it is missing, null or blank.
Parsed<std::optional<std::string>> optional_text(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) return invalid(std::string(name) + " must be a string.");
  const std::string text{trim(found->get_ref<const std::string&>())};
  if (text.size() > kMaxText)
    return invalid(std::string(name) + " must have no more than 255 characters.");
  if (text.empty()) return std::nullopt;
  return text;
}

Parsed<std::string> required_text(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return invalid(std::string(name) + " is required");
  if (!found->is_string()) return invalid(std::string(name) + " must be a string.");
  const std::string text{trim(found->get_ref<const std::string&>())};
  if (text.empty()) return invalid(std::string(name) + " must not be blank.");
  return text;
}

Parsed<Mail> read_mail(const json& object) {
  const auto found = object.find("send_email");
  if (found == object.end()) return Mail::No;
  if (!found->is_boolean()) return invalid("send_email must be a boolean.");
  return found->get<bool>() ? Mail::Yes : Mail::No;
}

Refusal missing_email() { return {400, "MISSING_EMAIL", "email is required"}; }

Parsed<Invitee> read_invitee(const json& object) {
  const auto email = object.find("email");
  if (email == object.end() || email->is_null()) return missing_email();
  if (!email->is_string()) return invalid("email must be a string.");
  Invitee invitee{std::string(trim(email->get_ref<const std::string&>()))};
  if (invitee.email.empty()) return missing_email();
  if (!is_address(invitee.email)) return invalid("Enter a valid email address.");
  for (const auto& [name, field] :
       {std::pair{"name", &invitee.name}, std::pair{"role", &invitee.role}}) {
    auto text = optional_text(object, name);
    if (auto* refusal = std::get_if<Refusal>(&text)) return *refusal;
    *field = std::get<0>(std::move(text));
  }
  return invitee;
}

BulkCandidate read_candidate(const json& row) {
  BulkCandidate candidate;
  if (!row.is_object()) {
    candidate.fault = BulkCandidate::Fault::IllFormed;
    candidate.message = "Each candidate must be an object.";
    return candidate;
  }
  Parsed<Invitee> invitee = read_invitee(row);
  if (const auto* refusal = std::get_if<Refusal>(&invitee)) {
    const bool missing = refusal->code == "MISSING_EMAIL";
    candidate.fault =
        missing ? BulkCandidate::Fault::MissingEmail : BulkCandidate::Fault::IllFormed;
    candidate.message = refusal->message;
    const auto email = row.find("email");
    if (email != row.end() && email->is_string())
      candidate.invitee.email = email->get<std::string>();
    return candidate;
  }
  candidate.invitee = std::get<Invitee>(std::move(invitee));
  return candidate;
}

constexpr std::array kEvents = {"assessment.started", "assessment.completed", "candidate.passed",
                                "candidate.failed",   "candidate.violation",  "invitation.expired",
                                "webhook.test"};

}  // namespace

Parsed<InviteBody> read_invite(std::string_view body) {
  const Parsed<json> document = read_object(body);
  if (const auto* refusal = std::get_if<Refusal>(&document)) return *refusal;
  Parsed<Invitee> invitee = read_invitee(std::get<json>(document));
  if (const auto* refusal = std::get_if<Refusal>(&invitee)) return *refusal;
  const Parsed<Mail> mail = read_mail(std::get<json>(document));
  if (const auto* refusal = std::get_if<Refusal>(&mail)) return *refusal;
  return InviteBody{std::get<Invitee>(std::move(invitee)), std::get<Mail>(mail)};
}

Parsed<BulkBody> read_bulk(std::string_view body) {
  const Parsed<json> document = read_object(body);
  if (const auto* refusal = std::get_if<Refusal>(&document)) return *refusal;
  const json& object = std::get<json>(document);
  const Parsed<Mail> mail = read_mail(object);
  if (const auto* refusal = std::get_if<Refusal>(&mail)) return *refusal;
  const auto rows = object.find("candidates");
  if (rows == object.end() || rows->is_null()) return invalid("candidates is required");
  if (!rows->is_array()) return invalid("candidates must be an array.");
  if (rows->empty()) return invalid("candidates must not be empty.");
  BulkBody bulk{{}, std::get<Mail>(mail)};
  for (const json& row : *rows) bulk.candidates.push_back(read_candidate(row));
  return bulk;
}

Parsed<Invitee> read_enrollment(std::string_view body) {
  const Parsed<json> document = read_object(body);
  if (const auto* refusal = std::get_if<Refusal>(&document)) return *refusal;
  return read_invitee(std::get<json>(document));
}

Parsed<CaseBody> read_case(std::string_view body) {
  const Parsed<json> document = read_object(body);
  if (const auto* refusal = std::get_if<Refusal>(&document)) return *refusal;
  CaseBody result;
  for (const auto& [name, field] :
       {std::pair{"title", &result.title}, std::pair{"description", &result.description},
        std::pair{"question", &result.question}, std::pair{"case_type", &result.case_type}}) {
    Parsed<std::string> text = required_text(std::get<json>(document), name);
    if (const auto* refusal = std::get_if<Refusal>(&text)) return *refusal;
    *field = std::get<std::string>(std::move(text));
  }
  if (result.title.size() > kMaxText)
    return invalid("title must have no more than 255 characters.");
  constexpr std::array kTypes = {"coding", "sql", "multiple_choice"};
  if (std::find(kTypes.begin(), kTypes.end(), result.case_type) == kTypes.end()) {
    return invalid("case_type must be one of coding, sql, multiple_choice.");
  }
  return result;
}

Parsed<CasePatch> read_case_patch(std::string_view body) {
  const Parsed<json> document = read_object(body);
  if (const auto* refusal = std::get_if<Refusal>(&document)) return *refusal;
  const json& object = std::get<json>(document);
  CasePatch patch;
  for (const auto& [name, field] :
       {std::pair{"title", &patch.title}, std::pair{"question", &patch.question}}) {
    if (!object.contains(name)) continue;
    Parsed<std::string> text = required_text(object, name);
    if (const auto* refusal = std::get_if<Refusal>(&text)) return *refusal;
    *field = std::get<std::string>(std::move(text));
  }
  if (patch.title && patch.title->size() > kMaxText)
    return invalid("title must have no more than 255 characters.");
  return patch;
}

Parsed<WebhookBody> read_webhook(std::string_view body) {
  const Parsed<json> document = read_object(body);
  if (const auto* refusal = std::get_if<Refusal>(&document)) return *refusal;
  const json& object = std::get<json>(document);
  Parsed<std::string> url = required_text(object, "url");
  if (const auto* refusal = std::get_if<Refusal>(&url)) return *refusal;
  // http::parse_url takes plain http for loopback alone, where nothing can be overheard.
  if (std::get<std::string>(url).size() > kMaxUrl || !http::parse_url(std::get<std::string>(url)))
    return invalid("url must be an HTTPS URL.");
  Parsed<std::optional<std::string>> description = optional_text(object, "description");
  if (const auto* refusal = std::get_if<Refusal>(&description)) return *refusal;
  const auto events = object.find("event_types");
  if (events == object.end() || !events->is_array() || events->empty())
    return invalid("event_types is required");
  WebhookBody webhook{std::get<std::string>(url), std::get<0>(description).value_or(""), {}};
  for (const json& event : *events) {
    const bool known = event.is_string() && std::find(kEvents.begin(), kEvents.end(),
                                                      event.get<std::string>()) != kEvents.end();
    if (!known) return invalid("event_types holds an unknown event.");
    const auto& taken = webhook.event_types;
    if (std::find(taken.begin(), taken.end(), event.get<std::string>()) == taken.end())
      webhook.event_types.push_back(event.get<std::string>());
  }
  return webhook;
}

}  // namespace praxisync::sandbox::wire
