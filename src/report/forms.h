/// The forms of a report, told by the ending of a file's name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/run_report.h"

namespace praxisync::report {

enum class Form { Html, Markdown, Json, JUnit };

/// ".html", ".md", ".json" or ".xml", in any case; nullopt: another.
std::optional<Form> form_of(std::string_view file);

std::string render(const RunReport& report, Form form);

}  // namespace praxisync::report
