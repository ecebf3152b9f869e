#include "report/forms.h"

#include "domain/text.h"
#include "report/html_report.h"
#include "report/junit_report.h"
#include "report/markdown_report.h"
#include "report/run_report_document.h"

namespace praxisync::report {

std::optional<Form> form_of(std::string_view file) {
  const std::string name = to_lower(file);
  if (name.ends_with(".html")) return Form::Html;
  if (name.ends_with(".md")) return Form::Markdown;
  if (name.ends_with(".json")) return Form::Json;
  if (name.ends_with(".xml")) return Form::JUnit;
  return std::nullopt;
}

std::string render(const RunReport& report, Form form) {
  switch (form) {
    case Form::Html:
      return html_report(report);
    case Form::Markdown:
      return markdown_report(report);
    case Form::Json:
      return run_report_document(report);
    case Form::JUnit:
      return junit_report(report);
  }
  return html_report(report);
}

}  // namespace praxisync::report
