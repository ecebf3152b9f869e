// Sections are those of Lever's developer documentation, with the certainty of our notes on it:
// "recorded" means seen in recorded answers, not documented.
#include "connectors/lever/wire.h"

#include <nlohmann/json.hpp>

#include "connector/names.h"
#include "domain/text.h"
#include "json/reader.h"

namespace praxisync::lever {
namespace {

using json::Fault;
using json::Reader;
using json::Value;

constexpr std::size_t kLongestId = 200, kLongestEmail = 320, kLongestToken = 1000;
constexpr double kLastMillisecond = 253'402'300'799'999;  // of the year 9999

std::string bounded(const Reader& row, std::string_view key, std::string text, std::size_t most) {
  if (text.size() > most) row.note(key, "longer than " + std::to_string(most) + " bytes");
  return text;
}

std::string id_of(const Reader& row) { return bounded(row, "id", row.id("id"), kLongestId); }

std::string name_of(const Reader& row, std::string_view key) {
  return connector::person_name(row.text_or_empty(key));
}

/// Something referred to: its id, or an object that holds it where it was expanded
/// ('Opportunities', 'expand').
std::string reference(const Reader& row, std::string_view key) {
  const Value* const value = row.find(key);
  if (value == nullptr) return {};
  if (value->get<Value::Object>() != nullptr) return id_of(*row.object(key));
  return bounded(row, key, row.id_or_empty(key), kLongestId);
}

/// Times are milliseconds since 1970 ('Opportunities', fixture opportunities.json).
std::optional<Timestamp> time_of(const Reader& row, std::string_view key) {
  const std::optional<double> count = row.number(key, 0, kLastMillisecond);
  if (!count) return std::nullopt;
  return Timestamp(Milliseconds{static_cast<Milliseconds::rep>(*count)});
}

/// The candidacy's one application says for which job, and which address was given for it
/// ('Opportunities', 'expand=applications', fixture opportunities.json).
void read_application(const Reader& row, Opportunity& into) {
  for (const auto& [value, path] : row.array("applications")) {
    const Reader application(*value, path, row.fault());
    into.posting = reference(application, "posting");
    into.email = bounded(application, "email", application.text_or_empty("email"), kLongestEmail);
    return;
  }
}

Opportunity opportunity_of(const Reader& row) {
  Opportunity read;
  read.id = id_of(row);
  read.contact = reference(row, "contact");
  if (read.contact.empty()) read.contact = read.id;
  read.name = name_of(row, "name");
  read.stage = reference(row, "stage");
  read_application(row, read);
  const std::vector<std::string> emails = row.texts("emails");
  // No address is called the primary one: that of the application, or else the first.
  if (read.email.empty() && !emails.empty())
    read.email = bounded(row, "emails[0]", emails.front(), kLongestEmail);
  read.tags = row.texts("tags");
  read.links = row.texts("links");
  if (const auto archived = row.object("archived")) {
    read.archived = true;
    read.archive_reason = archived->id_or_empty("reason");
  }
  read.anonymised = row.flag("isAnonymized").value_or(false);
  // Null where the account has no such policy ('Opportunities', 'dataProtection').
  if (const auto protection = row.object("dataProtection")) {
    if (const auto contact = protection->object("contact"))
      read.may_be_contacted = contact->flag("allowed").value_or(true);
  }
  read.updated_at = time_of(row, "updatedAt");
  return read;
}

Posting posting_of(const Reader& row) {
  const std::string state = row.text_or_empty("state");
  // "internal" is "unlisted" in the web pages, and still open ('Postings').
  return {id_of(row), name_of(row, "text"), state == "published" || state == "internal"};
}

/// 'Archive reasons', fixture archive_reasons.json.
Reason reason_of(const Reader& row) {
  return {id_of(row), name_of(row, "text"), row.text_or_empty("type") == "hired",
          row.text_or_empty("status") != "inactive"};
}

/// The text is in `fields` ('Notes', fixture notes.json): one field of a plain note, more of one
/// with comments.
std::string note_of(const Reader& row) {
  std::string text;
  for (const auto& [value, path] : row.array("fields"))
    text += Reader(*value, path, row.fault()).text_or_empty("value") + "\n";
  return text;
}

/// Whether a list may end without saying so. It may where a list is short; not where somebody's
/// absence from it means something.
enum class End { Said, Tacit };

/// An envelope as every list has: {"data": […], "hasNext": true, "next": "…"} ('Pagination').
/// Recorded last pages have no `next`.
template <typename Row, typename Read>
Result<Listing<Row>> read_list(std::string_view body, End end, Read&& read) {
  const Result<Value> document = Value::parse(body);
  if (!document) return document.error();
  Fault fault;
  const Reader envelope(*document, "", fault);
  envelope.require({"data"});
  if (end == End::Said) envelope.require({"hasNext"});
  Listing<Row> listing;
  if (envelope.flag("hasNext").value_or(false))
    listing.next = bounded(envelope, "next", envelope.text("next"), kLongestToken);
  for (const auto& [value, path] : envelope.array("data")) read(*value, path, fault, listing.rows);
  if (fault) return fault.error();
  return listing;
}

/// The same, of rows none of which may be wrong.
template <typename Row, typename Read>
Result<Listing<Row>> read_rows(std::string_view body, End end, Read&& read) {
  return read_list<Row>(
      body, end,
      [&](const Value& value, const std::string& path, Fault& fault, std::vector<Row>& rows) {
        rows.push_back(read(Reader(value, path, fault)));
      });
}

SetAside set_aside(const Value& row, const std::string& path, const Fault& fault) {
  const Value* const id = row.find("id");
  const auto* const text = id == nullptr ? nullptr : id->get<std::string>();
  const bool named = text != nullptr && !text->empty() && text->size() <= kLongestId;
  return {named ? "opportunity " + printable(*text, kLongestId) : "opportunity at " + path,
          fault.what()};
}

std::string text_of(const nlohmann::json& document) {
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Result<OpportunityPage> read_opportunities(std::string_view body) {
  OpportunityPage page;
  Result<Listing<Opportunity>> listing = read_list<Opportunity>(
      body, End::Said,
      [&](const Value& value, const std::string& path, Fault&, std::vector<Opportunity>& rows) {
        Fault fault;  // of this row alone: the others go on
        Opportunity row = opportunity_of(Reader(value, path, fault));
        if (fault) {
          page.unread.push_back(set_aside(value, path, fault));
        } else {
          rows.push_back(std::move(row));
        }
      });
  if (!listing) return std::move(listing).error();
  page.listing = *std::move(listing);
  return page;
}

Result<Opportunity> read_opportunity(std::string_view body) {
  const Result<Value> document = Value::parse(body);
  if (!document) return document.error();
  Fault fault;
  const Reader envelope(*document, "", fault);
  envelope.require({"data"});
  Opportunity read;
  if (const auto row = envelope.object("data")) read = opportunity_of(*row);
  if (fault) return fault.error();
  return read;
}

Result<Listing<std::string>> read_deleted(std::string_view body) {
  return read_rows<std::string>(body, End::Said, id_of);
}

Result<Listing<std::string>> read_notes(std::string_view body) {
  return read_rows<std::string>(body, End::Said, note_of);
}

Result<Listing<Stage>> read_stages(std::string_view body) {
  return read_rows<Stage>(body, End::Tacit, [](const Reader& row) {
    return Stage{id_of(row), name_of(row, "text")};
  });
}

Result<Listing<Posting>> read_postings(std::string_view body) {
  return read_rows<Posting>(body, End::Tacit, posting_of);
}

Result<Listing<Reason>> read_reasons(std::string_view body) {
  return read_rows<Reason>(body, End::Tacit, reason_of);
}

Result<Listing<User>> read_users(std::string_view body) {
  return read_rows<User>(body, End::Tacit, [](const Reader& row) {
    return User{id_of(row), name_of(row, "name")};
  });
}

// 'Webhooks': `triggeredAt` is a number, in milliseconds since 1970; as a text it could begin with
// the last digit of a token. The test button sends an empty `data`.
Result<SignedEvent> read_signed_event(std::string_view body) {
  const Result<Value> document = Value::parse(body);
  if (!document) return document.error();
  Fault fault;
  const Reader root(*document, "", fault);
  SignedEvent event;
  event.token = root.text("token");
  event.signature = root.text("signature");
  event.triggered_at = root.id("triggeredAt");
  event.at = time_of(root, "triggeredAt").value_or(Timestamp());
  if (fault) return fault.error();
  const Value* const kind = root.find("event");
  if (kind != nullptr && kind->get<std::string>() != nullptr)
    event.kind = *kind->get<std::string>();
  const Value* const data = root.find("data");
  const auto* const members = data != nullptr ? data->get<Value::Object>() : nullptr;
  event.has_data = members == nullptr || !members->keys.empty();
  return event;
}

Refusal read_refusal(std::string_view body) {
  const Result<Value> document = Value::parse(body);
  if (!document) return {};
  Fault fault;
  const Reader refusal(*document, "", fault);
  // {"code": "ResourceNotFound", "message": "stages a80bbbe0-… was not found"} ('Errors').
  const std::string message = refusal.text_or_empty("message");
  const bool not_found = message.ends_with(" was not found");
  return {refusal.text_or_empty("code"), not_found ? message.substr(0, message.find(' ')) : ""};
}

bool is_answer(std::string_view body) {
  const Result<Value> document = Value::parse(body);
  return document && document->get<Value::Object>() != nullptr;
}

std::string note_body(const std::string& text) {
  return text_of({{"value", text}, {"secret", false}, {"notifyFollowers", false}});
}

std::string tags_body(const std::string& tag) {
  return text_of({{"tags", nlohmann::json::array({tag})}});
}

std::string links_body(const std::string& link) {
  return text_of({{"links", nlohmann::json::array({link})}});
}

std::string stage_body(const std::string& stage_id) { return text_of({{"stage", stage_id}}); }

// With a requisition and a reason to hire it would hire: neither is ever sent ('Archived').
std::string archive_body(const std::string& reason_id) {
  return text_of({{"reason", reason_id}, {"cleanInterviews", false}});
}

}  // namespace praxisync::lever
