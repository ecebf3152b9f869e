/// The JSON of Harvest v3: answers in, bodies out. Every list is a bare array; a row that cannot be
/// read is set aside by its id, or its place where it has none, and the others go on.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connector/connector.h"
#include "domain/application.h"
#include "domain/result.h"

namespace praxisync::greenhouse {

struct Job {
  std::string id, name;
  bool open = false;  ///< templates are not
};

struct Stage {
  std::string id, job, name;
  int order = 0;
};

/// The value of a custom field of one application or candidate.
struct FieldValue {
  std::string type;  ///< "short_text"
  std::string json;  ///< as it was read
  std::string text;  ///< likewise, for comparing and showing; empty where it is null
};
using FieldValues = std::map<std::string, FieldValue>;  ///< by name_key

struct ApplicationRow {
  std::string id, candidate;
  std::string job{};         ///< empty: a prospect without one
  std::string stage{};       ///< job_interview_stage_id; empty where Greenhouse leaves it out
  std::string stage_name{};  ///< may be empty
  std::string stage_row{};   ///< stage_id: the row of this application in this stage
  std::string status{};      ///< in_process, rejected, hired, converted
  bool prospect = false;
  std::optional<Timestamp> updated_at{};
  FieldValues fields{};

  bool in_process() const { return status == "in_process" && !prospect; }
};

struct CandidateRow {
  std::string id, first_name, last_name;
  std::string email;  ///< the first personal one, else the first
  bool can_email = true;
  FieldValues fields{};

  /// As Greenhouse leaves people whose data was erased.
  bool anonymised() const { return first_name == "Anonymized" && email.empty(); }
};

struct Field {
  std::string id, name, key, type;
};

struct FieldOption {
  std::string id, field, name;
};

template <typename Row>
struct Rows {
  std::vector<Row> rows;
  std::vector<SetAside> flawed;
};

// Malformed where the answer is no list.
Result<Rows<Job>> read_jobs(std::string_view body);
Result<Rows<Stage>> read_stages(std::string_view body);
Result<Rows<ApplicationRow>> read_applications(std::string_view body);
/// Without the rows that hold nothing but a message: stubs of people whom the user may not see.
Result<Rows<CandidateRow>> read_candidates(std::string_view body);
Result<Rows<Field>> read_fields(std::string_view body);
Result<Rows<FieldOption>> read_options(std::string_view body);
/// Tags and rejection reasons.
Result<Rows<connector::Named>> read_named(std::string_view body);
/// What stands in each note.
Result<Rows<std::string>> read_notes(std::string_view body);
/// The ids of any list.
Result<Rows<std::string>> read_ids(std::string_view body);

/// The id of what a 201 says was made. OutcomeUnknown where it does not say.
Result<std::string> read_made(std::string_view body);
/// Whether it is any JSON document, as an answer of the API is.
bool is_document(std::string_view body);

/// The parameters that a 422 names, where it does.
std::vector<std::string> refused_parameters(std::string_view body);

/// What the introspection of a token tells.
struct Grant {
  bool active = false;
  std::vector<std::string> scopes;
  std::string role;  ///< may be empty
};
Result<Grant> read_grant(std::string_view body);

/// Whether it can stand as an id in a body: Harvest's are whole numbers.
bool is_id(std::string_view text);
/// Whether it was given out before the other one: they grow.
bool precedes(std::string_view a, std::string_view b);

// Bodies. Ids must be is_id.
std::string note_body(std::string_view candidate, std::string_view application,
                      std::string_view text);
std::string tag_body(std::string_view name);
std::string applied_tag_body(std::string_view candidate, std::string_view tag);
std::string move_body(std::string_view from, std::string_view to);
std::string reject_body(std::string_view reason);
/// All fields of one application or candidate; the JSON of the values as it stands.
std::string fields_body(const std::map<std::string, std::string>& json_by_key);

/// The JSON of a text for a field of that type; nullopt: the type takes no such text.
std::optional<std::string> json_of_text(std::string_view type, std::string_view text);
/// Of the options' ids, in their order.
std::string json_of_ids(std::span<const std::string> ids);
/// The texts of a value that is a list of them; one that is not, is its only one.
std::vector<std::string> texts_of(const FieldValue& value);

}  // namespace praxisync::greenhouse
