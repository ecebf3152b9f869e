#include "domain/text.h"
#include "sandbox/endpoints.h"

namespace praxisync::sandbox::endpoints {

Outcome list_assessments(const Call& call) {
  const std::string wanted = call.target.parameter("status").value_or("active");
  const std::optional<AssessmentStatus> status = parse_assessment_status(wanted);
  if (!status)
    return Refusal{400, "VALIDATION_ERROR", "status must be one of active, draft, archived."};
  const std::string search = to_lower(call.target.parameter("search").value_or(""));

  std::vector<Number> rows;
  for (Number number = 0; number < call.world.assessments.size(); ++number) {
    const Assessment& assessment = call.world.assessments[number];
    const bool fits = assessment.status == *status &&
                      to_lower(assessment.title).find(search) != std::string::npos;
    if (fits) rows.push_back(number);
  }
  const auto page =
      slice({.size = rows.size(), .key = [&](std::size_t place) { return rows[place]; }},
            call.target, call.options);
  if (const auto* refusal = std::get_if<Refusal>(&page)) return *refusal;
  return Answer{200, call.write().assessments(std::get<Slice>(page), rows)};
}

Outcome get_assessment(const Call& call) {
  const auto number = call.world.find_assessment(call.argument);
  if (!number) return not_found("Assessment");
  return Answer{200, call.write().assessment(call.world.assessments[*number])};
}

Outcome list_tasks(const Call& call) {
  const auto number = call.world.find_assessment(call.argument);
  if (!number) return not_found("Assessment");
  const Assessment& assessment = call.world.assessments[*number];
  const auto page = slice({.size = assessment.tasks.size()}, call.target, call.options);
  if (const auto* refusal = std::get_if<Refusal>(&page)) return *refusal;
  return Answer{200, call.write().tasks(std::get<Slice>(page), assessment)};
}

Outcome list_results(const Call& call) {
  const auto number = call.world.find_assessment(call.argument);
  if (!number) return not_found("Assessment");
  const Assessment& assessment = call.world.assessments[*number];
  const auto page = slice({.size = assessment.completed.size(), .order = Order::NewestFirst},
                          call.target, call.options);
  if (const auto* refusal = std::get_if<Refusal>(&page)) return *refusal;
  return Answer{200, call.write().results(std::get<Slice>(page), assessment)};
}

}  // namespace praxisync::sandbox::endpoints
