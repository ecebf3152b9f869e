/// Ashby's JSON: answers in, request bodies out, and nothing else. Whoever reads an answer here has
/// no need to know how a field is spelt. Nothing of a document gets into an error text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "connector/connector.h"
#include "domain/application.h"
#include "domain/result.h"
#include "json/reader.h"

namespace praxisync::ashby {

/// An answer that says no.
struct Refusal {
  std::string code;        ///< "invalid_input"; empty where it gives none that can be shown
  std::string request_id;  ///< for the vendor's support; empty where it gives none
};

class Answer {
 public:
  /// Malformed where it is no JSON, or says neither yes nor no.
  static Result<Answer> parse(std::string_view body);

  const std::optional<Refusal>& refusal() const { return refusal_; }  ///< nullopt: it says yes
  const json::Value& document() const { return document_; }

 private:
  Answer(json::Value document, std::optional<Refusal> refusal)
      : document_(std::move(document)), refusal_(std::move(refusal)) {}

  json::Value document_;
  std::optional<Refusal> refusal_;
};

struct Stage {
  connector::Named named;
  std::string type;  ///< an open list: "Active", "Offer", "Archived" …
  std::string plan;  ///< the interview plan that it is of
};

struct Job {
  connector::Named named;
  std::vector<std::string> plans;  ///< the default one first
};

/// The value of a custom field. What praxisync writes none of (lists, amounts) is a Foreign one: it
/// stands there, and equals nothing.
struct Foreign {
  friend bool operator==(const Foreign&, const Foreign&) { return false; }
};
using FieldValue = std::variant<bool, double, std::string, Foreign>;
using FieldValues = std::map<std::string, FieldValue>;  ///< by the field's id; without empty ones

struct Field {
  connector::Named named;
  std::string object;  ///< "Application", "Candidate" …
  std::string type;    ///< an open list: "Number", "String", "Url" …
  struct Option {
    std::string label, value;
  };
  std::vector<Option> options{};
};

/// An application, read for itself.
struct Candidacy {
  std::string status{};  ///< "Active", "Hired", "Archived", "Lead"
  std::string candidate{};
  Stage stage{};
  FieldValues fields{};
};

struct Candidate {
  std::vector<std::string> tags{};  ///< titles
  FieldValues fields{};
};

/// One row of application.list.
struct Row {
  Application application;
  std::string status;
};

/// Where a list goes on.
struct Paging {
  bool more = false;
  std::string next_cursor;  ///< with more
  std::string sync_token;   ///< on the last page
};

struct NotePage {
  std::vector<std::string> texts;
  Paging paging;
};

struct RowPage {
  std::vector<Row> rows;
  std::vector<SetAside> set_aside;
  Paging paging;
};

// All of them: Malformed, with the path, where the answer breaks its documentation.
Result<RowPage> read_rows(const Answer& answer);
Result<Candidacy> read_application(const Answer& answer);
Result<Candidate> read_candidate(const Answer& answer);
Result<Paging> read_jobs(const Answer& answer, std::vector<Job>& into);
Result<Paging> read_fields(const Answer& answer, std::vector<Field>& into);
Result<NotePage> read_notes(const Answer& answer);
Result<std::vector<Stage>> read_stages(const Answer& answer);
Result<std::vector<connector::Named>> read_reasons(const Answer& answer);
Result<std::string> read_tag(const Answer& answer);  ///< its id
Result<std::vector<std::string>> read_scopes(const Answer& answer);

struct PageOf {
  std::string cursor{}, sync_token{};
  int limit = 100;
};
std::string list_body(const PageOf& page);
std::string open_jobs_body(const PageOf& page);
std::string notes_body(const std::string& candidate, const PageOf& page);
/// {KEY: VALUE}, or {} without a key.
std::string body_of(std::string_view key = {}, const std::string& value = {});
std::string note_body(const std::string& candidate, const std::string& text);
std::string tagging_body(const std::string& candidate, const std::string& tag);
std::string value_body(const Field& field, const std::string& object, const FieldValue& value);
/// The reason with a stage of type Archived, and with no other.
std::string stage_body(const std::string& application, const std::string& stage,
                       const std::string& reason = {});

}  // namespace praxisync::ashby
