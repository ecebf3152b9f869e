#include "report/junit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/checks.h"
#include "report/xml_text.h"

namespace praxisync::report {
namespace {

using Standing = Check::Standing;

std::string seconds(Milliseconds span) {
  return fmt::format("{:.3f}", static_cast<double>(span.count()) / 1000);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

struct Totals {
  std::ptrdiff_t tests = 0, failures = 0, skipped = 0;
  Milliseconds took{};

  std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{}\"",
                       tests, failures, skipped, seconds(took));
  }
};

Totals totals_of(const std::vector<Check>& checks, const std::string& group) {
  Totals totals;
  for (const Check& check : checks) {
    if (!group.empty() && check.group != group) continue;
    ++totals.tests;
    totals.failures += check.standing == Standing::Failed ? 1 : 0;
    totals.skipped += check.standing == Standing::Skipped ? 1 : 0;
    totals.took += check.took;
  }
  return totals;
}

std::string body_of(const Check& check) {
  const std::string text = xml_text(check.text);
  switch (check.standing) {
    case Standing::Failed:
      return fmt::format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n",
                         xml_text(first_line(check.text)), xml_text(check.group), text);
    case Standing::Skipped:
      return fmt::format("      <skipped message=\"{}\"/>\n", xml_text(first_line(check.text)));
    case Standing::Passed:
      return text.empty() ? "" : fmt::format("      <system-out>{}</system-out>\n", text);
  }
  return "";
}

std::string case_of(const Check& check) {
  const std::string head =
      fmt::format("    <testcase classname=\"praxisync.{}\" name=\"{}\" time=\"{}\"",
                  xml_text(check.group), xml_text(check.name), seconds(check.took));
  const std::string body = body_of(check);
  return body.empty() ? head + "/>\n" : head + ">\n" + body + "    </testcase>\n";
}

}  // namespace

std::string junit_report(const RunReport& report) {
  const std::vector<Check> checks = checks_of(report);
  Totals whole = totals_of(checks, "");
  whole.took = report.took();
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"praxisync\" {}>\n",
      whole.attributes());
  // Without a zone and a fraction, as the usual schema has it; it is UTC.
  const std::string began = format_timestamp(report.run.started_at).substr(0, 19);
  for (const char* group : {"connectors", "routes", "evidence", "run"}) {
    xml += fmt::format("  <testsuite name=\"praxisync.{}\" {} timestamp=\"{}\">\n", group,
                       totals_of(checks, group).attributes(), began);
    for (const Check& check : checks) {
      if (check.group == group) xml += case_of(check);
    }
    xml += "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace praxisync::report
