#include "connectors/greenhouse/wire.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "domain/text.h"
#include "json/reader.h"

namespace praxisync::greenhouse {
namespace {

using Json = nlohmann::ordered_json;
using json::Fault;
using json::Reader;
using json::Value;

constexpr std::size_t kLongestEmail = 320, kLongestName = 1000;

/// Ids exceed 2^32 and are 64 bits wide: Harvest v3 'rules common to all lists'; fixture
/// applications_page.json has one above 2^53.
std::string id_of(const Reader& row, std::string_view key) {
  std::string id = row.id(key);
  if (!id.empty() && !is_id(id)) row.note(key, "not a whole number");
  return id;
}

std::string id_or_empty(const Reader& row, std::string_view key) {
  return row.has(key) ? id_of(row, key) : std::string();
}

std::string name_of(const Reader& row, std::string_view key) {
  std::string name = row.text_or_empty(key);
  if (name.size() > kLongestName) row.note(key, "longer than 1000 bytes");
  return name;
}

/// Reads a list with `read(Reader)`; `what` names a row that has no id.
template <typename Row, typename Read>
Result<Rows<Row>> read_list(std::string_view body, const std::string& what, Read read) {
  const Result<Value> document = Value::parse(body);
  if (!document) return document.error();
  const auto* const list = document->get<Value::Array>();
  if (list == nullptr) return Error{ErrorKind::Malformed, what + ": not a list"};
  Rows<Row> all;
  for (std::size_t i = 0; i < list->size(); ++i) {
    Fault fault;
    const Reader reader((*list)[i], what + "[" + std::to_string(i) + "]", fault);
    Row row = read(reader);
    if (!fault) {
      all.rows.push_back(std::move(row));
      continue;
    }
    Fault no_id;
    const std::string id = Reader((*list)[i], "", no_id).id_or_empty("id");
    all.flawed.push_back(
        {.record = is_id(id) ? id : what + "[" + std::to_string(i) + "]", .reason = fault.what()});
  }
  return all;
}

std::string text_of(const Value& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  return value.null() ? std::string() : value.compact();
}

/// A map by name_key of {name, type, value}: Harvest v3 'custom fields', fixture
/// application_with_fields.json.
FieldValues fields_of(const Reader& row) {
  FieldValues fields;
  const auto map = row.object("custom_fields");
  if (!map) return fields;
  const auto* const object = map->value().get<Value::Object>();
  for (std::size_t i = 0; object != nullptr && i < object->keys.size(); ++i) {
    const Reader field(object->values[i], "custom_fields", row.fault());
    const Value* const value = field.find("value");
    fields[object->keys[i]] = {field.text_or_empty("type"), value ? value->compact() : "null",
                               value ? text_of(*value) : ""};
  }
  return fields;
}

/// No e-mail is marked as the primary one: Harvest v3 'candidates', fixture candidates.json.
std::string email_of(const Reader& row) {
  std::string first, personal;
  for (const auto& [value, path] : row.array("email_addresses")) {
    const Reader address(*value, path, row.fault());
    const std::string email(trim(address.text_or_empty("value")));
    if (email.empty()) continue;
    if (email.size() > kLongestEmail) address.note("value", "longer than 320 bytes");
    if (first.empty()) first = email;
    if (personal.empty() && address.text_or_empty("type") == "personal") personal = email;
  }
  return personal.empty() ? first : personal;
}

std::int64_t number_of(std::string_view id) {
  std::int64_t number = 0;
  std::from_chars(id.data(), id.data() + id.size(), number);
  return number;
}

std::string text_of(const Json& body) {
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

bool is_id(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end == text.data() + text.size() && number > 0 &&
         std::all_of(text.begin(), text.end(), is_digit);
}

bool precedes(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// Harvest v3 'jobs'; fixture jobs.json.
Result<Rows<Job>> read_jobs(std::string_view body) {
  return read_list<Job>(body, "jobs", [](const Reader& row) {
    return Job{
        .id = id_of(row, "id"),
        .name = name_of(row, "name"),
        .open = row.text_or_empty("status") == "open" && !row.flag("is_template").value_or(false)};
  });
}

// Harvest v3 'job_interview_stages'; fixture stages.json.
Result<Rows<Stage>> read_stages(std::string_view body) {
  return read_list<Stage>(body, "job_interview_stages", [](const Reader& row) {
    return Stage{.id = id_of(row, "id"),
                 .job = id_of(row, "job_id"),
                 .name = name_of(row, "name"),
                 .order = row.integer("sort_order", 0, 1'000'000).value_or(0)};
  });
}

// Harvest v3 'applications'; fixture applications_page.json. A row says in_process where a query
// says active.
Result<Rows<ApplicationRow>> read_applications(std::string_view body) {
  return read_list<ApplicationRow>(body, "applications", [](const Reader& row) {
    return ApplicationRow{.id = id_of(row, "id"),
                          .candidate = id_of(row, "candidate_id"),
                          .job = id_or_empty(row, "job_id"),
                          .stage = id_or_empty(row, "job_interview_stage_id"),
                          .stage_name = name_of(row, "stage_name"),
                          .stage_row = id_or_empty(row, "stage_id"),
                          .status = row.text("status"),
                          .prospect = row.flag("prospect").value_or(false),
                          .updated_at = row.time("updated_at"),
                          .fields = fields_of(row)};
  });
}

// Harvest v3 'candidates'; fixture candidates.json.
Result<Rows<CandidateRow>> read_candidates(std::string_view body) {
  Result<Rows<CandidateRow>> all =
      read_list<CandidateRow>(body, "candidates", [](const Reader& row) {
        const bool stub = !row.has("id") && row.has("message");
        return CandidateRow{.id = stub ? std::string() : id_of(row, "id"),
                            .first_name = row.text_or_empty("first_name"),
                            .last_name = row.text_or_empty("last_name"),
                            .email = email_of(row),
                            .can_email = row.flag("can_email").value_or(true),
                            .fields = fields_of(row)};
      });
  if (all) std::erase_if(all->rows, [](const CandidateRow& row) { return row.id.empty(); });
  return all;
}

// Harvest v3 'custom_fields'; fixture custom_fields.json.
Result<Rows<Field>> read_fields(std::string_view body) {
  return read_list<Field>(body, "custom_fields", [](const Reader& row) {
    return Field{.id = id_of(row, "id"),
                 .name = name_of(row, "name"),
                 .key = row.text("name_key"),
                 .type = row.text("value_type")};
  });
}

Result<Rows<FieldOption>> read_options(std::string_view body) {
  return read_list<FieldOption>(body, "custom_field_options", [](const Reader& row) {
    return FieldOption{.id = id_of(row, "id"),
                       .field = id_of(row, "custom_field_id"),
                       .name = name_of(row, "name")};
  });
}

Result<Rows<connector::Named>> read_named(std::string_view body) {
  return read_list<connector::Named>(body, "list", [](const Reader& row) {
    return connector::Named{.id = id_of(row, "id"), .name = name_of(row, "name")};
  });
}

// Harvest v3 'notes': `body` may be null; fixture notes.json.
Result<Rows<std::string>> read_notes(std::string_view body) {
  return read_list<std::string>(body, "notes",
                                [](const Reader& row) { return row.text_or_empty("body"); });
}

Result<Rows<std::string>> read_ids(std::string_view body) {
  return read_list<std::string>(body, "list", [](const Reader& row) { return id_of(row, "id"); });
}

Result<std::string> read_made(std::string_view body) {
  const Result<Value> document = Value::parse(body);
  Fault fault;
  std::string id = document ? id_of(Reader(*document, "", fault), "id") : std::string();
  if (document && !fault) return id;
  return Error{ErrorKind::OutcomeUnknown, "the answer does not say what was made"};
}

bool is_document(std::string_view body) { return Value::parse(body).has_value(); }

// Harvest v3 'errors': entries are texts, or objects of one key; fixture refused.json.
std::vector<std::string> refused_parameters(std::string_view body) {
  std::vector<std::string> names;
  const Result<Value> document = Value::parse(body);
  if (!document) return names;
  Fault fault;
  for (const auto& [value, path] : Reader(*document, "", fault).array("errors")) {
    const auto* const entry = value->get<Value::Object>();
    if (entry == nullptr) continue;
    for (const std::string& key : entry->keys) {
      const bool plain = key.size() <= 60 && std::all_of(key.begin(), key.end(), [](char c) {
                           return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z');
                         });
      if (plain) names.push_back(key);
    }
  }
  return names;
}

// Harvest v3 'verify credentials'; fixture introspection.json.
Result<Grant> read_grant(std::string_view body) {
  const Result<Value> document = Value::parse(body);
  if (!document) return document.error();
  Fault fault;
  const Reader reader(*document, "introspection", fault);
  Grant grant{.active = reader.flag("active").value_or(false), .scopes = {}, .role = {}};
  const std::string scopes = reader.text_or_empty("scope");
  for (std::size_t at = 0; at < scopes.size();) {
    const std::size_t end = std::min(scopes.find(' ', at), scopes.size());
    if (end > at) grant.scopes.push_back(scopes.substr(at, end - at));
    at = end + 1;
  }
  if (const auto claims = reader.object("https://auth.greenhouse.io/claims"))
    grant.role = claims->text_or_empty("user_role");
  if (fault) return fault.error();
  return grant;
}

std::string note_body(std::string_view candidate, std::string_view application,
                      std::string_view text) {
  return text_of(Json{{"candidate_id", number_of(candidate)},
                      {"application_id", number_of(application)},
                      {"note_type", "NOTE"},
                      {"visibility", "public"},
                      {"body", text}});
}

std::string tag_body(std::string_view name) { return text_of(Json{{"name", name}}); }

std::string applied_tag_body(std::string_view candidate, std::string_view tag) {
  return text_of(
      Json{{"candidate_id", number_of(candidate)}, {"candidate_tag_id", number_of(tag)}});
}

std::string move_body(std::string_view from, std::string_view to) {
  return text_of(Json{{"from_stage_id", number_of(from)}, {"to_stage_id", number_of(to)}});
}

std::string reject_body(std::string_view reason) {
  return text_of(Json{{"rejection_reason_id", number_of(reason)}});
}

std::string fields_body(const std::map<std::string, std::string>& json_by_key) {
  Json fields = Json::array();
  for (const auto& [key, value] : json_by_key)
    fields.push_back({{"name_key", key}, {"value", Json::parse(value, nullptr, false)}});
  return text_of(Json{{"custom_fields", std::move(fields)}});
}

std::optional<std::string> json_of_text(std::string_view type, std::string_view text) {
  if (is_one_of(type, {"short_text", "long_text", "url", "date"})) return text_of(Json(text));
  if (type == "number") {
    const Json number = Json::parse(trim(text), nullptr, false);
    if (number.is_number()) return std::string(trim(text));
  }
  if (type == "yes_no") {
    const std::string word = to_lower(trim(text));
    if (is_one_of(word, {"yes", "true"})) return "true";
    if (is_one_of(word, {"no", "false"})) return "false";
  }
  return std::nullopt;
}

std::string json_of_ids(std::span<const std::string> ids) {
  Json list = Json::array();
  for (const std::string& id : ids) list.push_back(number_of(id));
  return text_of(list);
}

std::vector<std::string> texts_of(const FieldValue& value) {
  const Result<Value> document = Value::parse(value.json);
  const auto* const list = document ? document->get<Value::Array>() : nullptr;
  if (list == nullptr) return {value.text};
  std::vector<std::string> texts;
  for (const Value& one : *list) texts.push_back(text_of(one));
  return texts;
}

}  // namespace praxisync::greenhouse
