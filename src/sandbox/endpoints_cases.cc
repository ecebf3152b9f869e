#include "sandbox/endpoints.h"

namespace praxisync::sandbox::endpoints {

Outcome list_cases(const Call& call) {
  std::vector<Number> rows;
  for (Number number = 0; number < call.world.cases.size(); ++number) {
    if (!call.world.cases[number].deleted) rows.push_back(number);
  }
  const auto page = slice({.size = rows.size(),
                           .order = Order::NewestFirst,
                           .key = [&](std::size_t place) { return rows[place]; }},
                          call.target, call.options);
  if (const auto* refusal = std::get_if<Refusal>(&page)) return *refusal;
  return Answer{200, call.write().cases(std::get<Slice>(page), rows)};
}

Outcome create_case(const Call& call) {
  auto parsed = wire::read_case(call.body);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return *refusal;
  auto& body = std::get<wire::CaseBody>(parsed);
  OwnCase row{call.lifecycle.uuid(),    std::move(body.title),     std::move(body.description),
              std::move(body.question), std::move(body.case_type), call.now};
  call.world.case_by_id[row.id] = call.world.cases.size();
  call.world.cases.push_back(std::move(row));
  return Answer{201, call.write().case_title(call.world.cases.back())};
}

Outcome get_case(const Call& call) {
  const auto number = call.world.find_case(call.argument);
  if (!number) return not_found("Case");
  return Answer{200, call.write().own_case(call.world.cases[*number])};
}

Outcome patch_case(const Call& call) {
  const auto number = call.world.find_case(call.argument);
  if (!number) return not_found("Case");
  const auto parsed = wire::read_case_patch(call.body);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return *refusal;
  const auto& patch = std::get<wire::CasePatch>(parsed);
  OwnCase& row = call.world.cases[*number];
  if (patch.title) row.title = *patch.title;
  if (patch.question) row.question = *patch.question;
  return Answer{200, call.write().case_title(row)};
}

Outcome delete_case(const Call& call) {
  const auto number = call.world.find_case(call.argument);
  if (!number) return not_found("Case");
  call.world.cases[*number].deleted = true;
  return Answer{204};
}

}  // namespace praxisync::sandbox::endpoints
