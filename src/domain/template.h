/// Texts with `{variables}` from a fixed list: no code, no nesting. "{{" and "}}" stand for braces.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace praxisync {

/// Rejected, with the name and a 'did you mean', when `text` uses a variable that is not in
/// `known`.
Result<void> check_template(std::string_view text, const std::vector<std::string>& known);

/// Whether `text` uses `{variable}`.
bool uses_variable(std::string_view text, std::string_view variable);

/// `text` with each `{variable}` replaced by what `value` gives for it. The text was checked
/// before.
std::string expand_template(std::string_view text,
                            const std::function<std::string(std::string_view)>& value);

/// The variables of a route's `role`: job, stage, name.
const std::vector<std::string>& role_variables();
/// The variables of a write-back's text: score, passed, verdict, assessment, route, job, stage,
/// violations, time_spent, completed_at, report_url, cases.
const std::vector<std::string>& outcome_variables();

}  // namespace praxisync
