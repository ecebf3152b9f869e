// Sections are those of the reference sheet «Ashby API»; OpenAPI is the vendor's own document.
#include "connectors/ashby/wire.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "connector/names.h"
#include "json/reader.h"

namespace praxisync::ashby {
namespace {

using json::Fault;
using json::Reader;
using json::Value;

constexpr std::size_t kLongestId = 200, kLongestEmail = 320, kLongestWord = 80,
                      kLongestToken = 4000;

/// A code or id as it may stand in an error text; empty where it is free text.
std::string word(const std::string& text) {
  const bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return plain && text.size() <= kLongestWord ? text : std::string();
}

std::string text_at(const Value& object, std::string_view key) {
  const Value* const value = object.find(key);
  const auto* const text = value == nullptr ? nullptr : value->get<std::string>();
  return text == nullptr ? std::string() : *text;
}

// errors[] holds texts, or objects with a code: «1. Response envelope»; refusal_old.json,
// refusal_objects.json.
std::string old_code(const Value& document) {
  const Value* const errors = document.find("errors");
  const auto* const all = errors == nullptr ? nullptr : errors->get<Value::Array>();
  if (all == nullptr || all->empty()) return {};
  const auto* const text = all->front().get<std::string>();
  return word(text != nullptr ? *text : text_at(all->front(), "code"));
}

// «3. Pagination»: syncToken on the last page alone; page_1.json, page_last.json.
Result<Paging> paging_of(const Answer& answer) {
  Fault fault;
  const Reader reader(answer.document(), "", fault);
  Paging paging{.more = reader.flag("moreDataAvailable").value_or(false),
                .next_cursor = reader.text_or_empty("nextCursor"),
                .sync_token = reader.text_or_empty("syncToken")};
  if (paging.more) reader.require({"nextCursor"});
  if (paging.next_cursor.size() > kLongestToken) reader.note("nextCursor", "too long");
  if (paging.sync_token.size() > kLongestToken) reader.note("syncToken", "too long");
  if (fault) return fault.error();
  return paging;
}

/// Each of the `results`: a row and its path.
template <typename Read>
Result<void> read_each(const Answer& answer, Read&& read) {
  Fault fault;
  const Reader reader(answer.document(), "", fault);
  reader.require({"results"});
  for (const auto& [row, path] : reader.array("results")) read(*row, path, fault);
  if (fault) return fault.error();
  return {};
}

std::string id_of(const Reader& row, std::string_view key) {
  std::string id = row.id(key);
  if (id.size() > kLongestId) row.note(key, "too long");
  return id;
}

// «4. Jobs, plans, stages»; stages.json.
Stage stage_of(const Reader& row) {
  return {.named = {id_of(row, "id"), connector::person_name(row.text("title"))},
          .type = row.text_or_empty("type"),
          .plan = row.text_or_empty("interviewPlanId")};
}

FieldValue value_of(const Reader& row) {
  const Value& value = *row.find("value");
  if (const auto* flag = value.get<bool>()) return *flag;
  if (const auto* text = value.get<std::string>()) return *text;
  Fault odd;
  const auto number = Reader(row.value(), "", odd).number("value", -1e300, 1e300);
  return number ? FieldValue(*number) : FieldValue(Foreign{});
}

// customFields: {id, title, value, valueLabel}: OpenAPI 'application'; application.json.
FieldValues values_of(const Reader& object) {
  FieldValues values;
  for (const auto& [item, path] : object.array("customFields")) {
    const Reader row(*item, path, object.fault());
    if (!row.has("value")) continue;
    FieldValue value = value_of(row);
    const auto* const text = std::get_if<std::string>(&value);
    if (text == nullptr || !text->empty()) values.insert_or_assign(row.text("id"), value);
  }
  return values;
}

// «5. Applications»: the address is an object, absent or null: page_1.json.
std::string email_of(const Reader& candidate) {
  const auto address = candidate.object("primaryEmailAddress");
  std::string email = address ? address->text_or_empty("value") : std::string();
  if (email.size() > kLongestEmail) candidate.note("primaryEmailAddress", "too long");
  return email;
}

/// All that a departure needs; of whoever is active all that an invitation does too.
Row row_of(const Reader& row) {
  Row read;
  read.status = row.text("status");
  read.application.id = ApplicationId(id_of(row, "id"));
  const auto stage = row.object("currentInterviewStage");
  if (read.status != "Active") {
    if (stage) read.application.stage = connector::person_name(stage->text_or_empty("title"));
    return read;
  }
  row.require({"candidate", "currentInterviewStage", "job"});
  const auto candidate = row.object("candidate"), job = row.object("job");
  if (!candidate || !stage || !job) return read;
  Application& application = read.application;
  application.candidate = CandidateId(id_of(*candidate, "id"));
  application.name = connector::person_name(candidate->text_or_empty("name"));
  application.email = email_of(*candidate);
  application.job_id = id_of(*job, "id");
  application.job = connector::person_name(job->text("title"));
  application.stage_id = id_of(*stage, "id");
  application.stage = connector::person_name(stage->text("title"));
  application.updated_at = row.time("updatedAt");
  return read;
}

/// Its id where it has one that can be shown, otherwise its place.
std::string record_of(const Value& row, const std::string& path) {
  const std::string id = word(text_at(row, "id"));
  return id.empty() ? path : id;
}

template <typename Read>
auto read_one(const Answer& answer, Read&& read)
    -> Result<decltype(read(std::declval<const Reader&>()))> {
  Fault fault;
  const Reader reader(answer.document(), "", fault);
  reader.require({"results"});
  const std::optional<Reader> results = reader.object("results");
  if (!results) return fault.error();
  auto found = read(*results);
  if (fault) return fault.error();
  return found;
}

/// The rows that are not archived.
template <typename Thing, typename Read>
Result<void> read_all(const Answer& answer, std::vector<Thing>& into, Read&& read) {
  return read_each(answer, [&](const Value& item, const std::string& path, Fault& fault) {
    const Reader row(item, path, fault);
    if (!row.flag("isArchived").value_or(false)) into.push_back(read(row));
  });
}

template <typename Thing, typename Read>
Result<Paging> read_page(const Answer& answer, std::vector<Thing>& into, Read&& read) {
  const Result<void> rows = read_all(answer, into, read);
  return rows ? paging_of(answer) : Result<Paging>(rows.error());
}

std::string dump(const nlohmann::ordered_json& body) {
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

nlohmann::ordered_json page_of(const PageOf& page) {
  nlohmann::ordered_json body{{"limit", page.limit}};
  if (!page.cursor.empty()) body["cursor"] = page.cursor;
  if (!page.sync_token.empty()) body["syncToken"] = page.sync_token;
  return body;
}

}  // namespace

// `success` decides, whatever the status: «1. Response envelope»; refusal.json.
Result<Answer> Answer::parse(std::string_view body) {
  Result<Value> document = Value::parse(body);
  if (!document) return std::move(document).error();
  const Value* const said = document->find("success");
  const auto* const success = said == nullptr ? nullptr : said->get<bool>();
  if (success == nullptr) return Error{ErrorKind::Malformed, "success: missing"};
  if (*success) return Answer(*std::move(document), std::nullopt);
  const Value* const info = document->find("errorInfo");
  Refusal refusal;
  if (info != nullptr) refusal = {word(text_at(*info, "code")), word(text_at(*info, "requestId"))};
  if (refusal.code.empty()) refusal.code = old_code(*document);
  return Answer(*std::move(document), std::move(refusal));
}

Result<RowPage> read_rows(const Answer& answer) {
  RowPage page;
  const Result<void> read =
      read_each(answer, [&](const Value& item, const std::string& path, Fault&) {
        Fault flaw;
        Row row = row_of(Reader(item, "", flaw));
        if (flaw) {
          page.set_aside.push_back({record_of(item, path), flaw.what()});
        } else {
          page.rows.push_back(std::move(row));
        }
      });
  if (!read) return read.error();
  Result<Paging> paging = paging_of(answer);
  if (!paging) return std::move(paging).error();
  page.paging = *std::move(paging);
  return page;
}

Result<Candidacy> read_application(const Answer& answer) {
  return read_one(answer, [](const Reader& row) {
    row.require({"candidate", "currentInterviewStage"});
    Candidacy read{.status = row.text("status"), .fields = values_of(row)};
    if (const auto candidate = row.object("candidate")) read.candidate = id_of(*candidate, "id");
    if (const auto stage = row.object("currentInterviewStage")) read.stage = stage_of(*stage);
    return read;
  });
}

// «5. Applications», the full candidate; candidate.json.
Result<Candidate> read_candidate(const Answer& answer) {
  return read_one(answer, [](const Reader& row) {
    Candidate read{.fields = values_of(row)};
    for (const auto& [item, path] : row.array("tags"))
      read.tags.push_back(Reader(*item, path, row.fault()).text("title"));
    return read;
  });
}

// «4. Jobs, plans, stages»; jobs.json.
Result<Paging> read_jobs(const Answer& answer, std::vector<Job>& into) {
  return read_page(answer, into, [](const Reader& row) {
    Job job{.named = {id_of(row, "id"), connector::person_name(row.text("title"))},
            .plans = row.texts("interviewPlanIds")};
    const std::string first = row.text_or_empty("defaultInterviewPlanId");
    std::erase(job.plans, first);
    if (!first.empty()) job.plans.insert(job.plans.begin(), first);
    return job;
  });
}

// «6. Write-back», customField.list; fields.json. A fieldType that OpenAPI does not list (Url) is
// taken too.
Result<Paging> read_fields(const Answer& answer, std::vector<Field>& into) {
  return read_page(answer, into, [](const Reader& row) {
    Field field{.named = {id_of(row, "id"), row.text("title")},
                .object = row.text("objectType"),
                .type = row.text("fieldType")};
    for (const auto& [item, path] : row.array("selectableValues")) {
      const Reader option(*item, path, row.fault());
      if (option.flag("isArchived").value_or(false)) continue;
      field.options.push_back({option.text_or_empty("label"), option.text("value")});
    }
    return field;
  });
}

// «6. Write-back», the note's text is `content`, which OpenAPI does not require; notes.json.
Result<NotePage> read_notes(const Answer& answer) {
  NotePage page;
  Result<Paging> paging =
      read_page(answer, page.texts, [](const Reader& row) { return row.text_or_empty("content"); });
  if (!paging) return std::move(paging).error();
  page.paging = *std::move(paging);
  return page;
}

// «4. Jobs, plans, stages»: moreDataAvailable is told, but a request has no room for a cursor.
Result<std::vector<Stage>> read_stages(const Answer& answer) {
  std::vector<Stage> stages;
  const Result<void> read = read_all(answer, stages, stage_of);
  if (!read) return read.error();
  return stages;
}

// «6. Write-back», archiveReason.list: its name is `text`; reasons.json.
Result<std::vector<connector::Named>> read_reasons(const Answer& answer) {
  std::vector<connector::Named> reasons;
  const Result<void> read = read_all(answer, reasons, [](const Reader& row) {
    return connector::Named{id_of(row, "id"), row.text("text")};
  });
  if (!read) return read.error();
  return reasons;
}

Result<std::string> read_tag(const Answer& answer) {
  return read_one(answer, [](const Reader& row) { return id_of(row, "id"); });
}

// «2. Permissions»; key.json.
Result<std::vector<std::string>> read_scopes(const Answer& answer) {
  return read_one(answer, [](const Reader& row) {
    row.require({"scopes"});
    return row.texts("scopes");
  });
}

std::string list_body(const PageOf& page) { return dump(page_of(page)); }

// `status` is an array here, and a text in application.list: «11. Gotchas» 3.
std::string open_jobs_body(const PageOf& page) {
  nlohmann::ordered_json body = page_of(page);
  body["status"] = {"Open"};
  return dump(body);
}

std::string notes_body(const std::string& candidate, const PageOf& page) {
  nlohmann::ordered_json body = page_of(page);
  body["candidateId"] = candidate;
  return dump(body);
}

std::string body_of(std::string_view key, const std::string& value) {
  nlohmann::ordered_json body = nlohmann::ordered_json::object();
  if (!key.empty()) body[std::string(key)] = value;
  return dump(body);
}

std::string note_body(const std::string& candidate, const std::string& text) {
  return dump({{"candidateId", candidate},
               {"note", {{"type", "text/plain"}, {"value", text}}},
               {"sendNotifications", false}});
}

std::string tagging_body(const std::string& candidate, const std::string& tag) {
  return dump({{"candidateId", candidate}, {"tagId", tag}});
}

std::string value_body(const Field& field, const std::string& object, const FieldValue& value) {
  nlohmann::ordered_json body{
      {"objectId", object}, {"objectType", field.object}, {"fieldId", field.named.id}};
  if (const auto* flag = std::get_if<bool>(&value)) body["fieldValue"] = *flag;
  if (const auto* number = std::get_if<double>(&value)) {
    const bool whole = std::abs(*number) < 1e15 && std::floor(*number) == *number;
    if (whole) body["fieldValue"] = static_cast<std::int64_t>(*number);
    if (!whole) body["fieldValue"] = *number;
  }
  if (const auto* text = std::get_if<std::string>(&value)) body["fieldValue"] = *text;
  return dump(body);
}

std::string stage_body(const std::string& application, const std::string& stage,
                       const std::string& reason) {
  nlohmann::ordered_json body{{"applicationId", application}, {"interviewStageId", stage}};
  if (!reason.empty()) body["archiveReasonId"] = reason;
  return dump(body);
}

}  // namespace praxisync::ashby
