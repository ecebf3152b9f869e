#include "assess/wire_resource.h"

namespace praxisync::assess::wire {
namespace {

/// The description is in the newer document alone (001).
Task task_of(const json::Reader& json) {
  Task task;
  task.id = json.id("id");
  task.title = json.text_or_empty("title");
  task.description = json.text_or_empty("description");
  task.type = json.text_or_empty("type");
  task.case_type = json.text_or_empty("case_type");
  task.difficulty = json.text_or_empty("difficulty");
  task.order = json.integer("order", 0, kMaxInt);
  task.points = json.integer("points", 0, kMaxInt);
  return task;
}

/// All fields in a list of the newer document (000), four in the older (002), two after a change.
Case case_of(const json::Reader& json) {
  Case found;
  found.id = CaseId(json.id("id"));
  found.title = json.text_or_empty("title");
  found.description = json.text_or_empty("description");
  found.question = json.text_or_empty("question");
  found.case_type = json.text_or_empty("case_type");
  found.difficulty = json.text_or_empty("difficulty");
  found.language = json.text_or_empty("language");
  found.starter_code = json.text_or_empty("starter_code");
  found.expected_output = json.text_or_empty("expected_output");
  found.rubric = json.text_or_empty("rubric");
  found.points = json.integer("points", 0, kMaxInt);
  found.time_limit_minutes = json.integer("time_limit_minutes", 0, kMaxInt);
  found.allow_multiple = json.flag("allow_multiple");
  found.created_at = json.time("created_at");
  return found;
}

}  // namespace

Result<Page<Task>> read_tasks(const Answer& answer, const PageToken& asked) {
  return read_page<Task>(answer, asked, task_of);
}

Result<Page<Case>> read_cases(const Answer& answer, const PageToken& asked) {
  return read_page<Case>(answer, asked, case_of);
}

Result<Case> read_created_case(const Answer& answer) {
  return read_resource<Case>(answer, case_of);
}

Result<Case> read_case(const Answer& answer, const CaseId& asked) {
  return read_resource<Case>(answer, [&](const json::Reader& root) {
    Case found = case_of(root);
    if (!same_id(found.id.text(), asked.text())) root.note("id", "not the one asked for");
    return found;
  });
}

}  // namespace praxisync::assess::wire
