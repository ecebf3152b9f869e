#include "report/html_report.h"

#include <fmt/format.h>

#include "report/content_policy.h"
#include "report/html.h"
#include "report/html_assets.h"
#include "report/html_sections.h"
#include "report/xml_text.h"

namespace praxisync::report {
namespace {

const char* style_of(Tone tone) {
  switch (tone) {
    case Tone::Good:
      return "good";
    case Tone::Warning:
      return "warn";
    case Tone::Bad:
      return "bad";
    case Tone::Quiet:
      return "quiet";
  }
  return "quiet";
}

std::string utc(Timestamp at) {
  const std::string text = format_timestamp(at);
  return text.substr(0, 10) + " " + text.substr(11, 8) + " UTC";
}

std::string header(const RunReport& report) {
  std::string facts =
      element("p",
              utc(report.run.started_at) + ", took " + format_duration(report.took()) +
                  ", exit code " + std::to_string(sync::exit_code(report.run.ending)),
              "soft");
  if (report.run.resume_at)
    facts += element("p", "Going on makes sense from " + utc(*report.run.resume_at) + ".", "soft");
  return fmt::format(
      "<header class=\"top\"><div class=\"brand\"><span class=\"mark\" "
      "aria-hidden=\"true\">⇄</span>"
      "<div><h1>praxisync: {}</h1>{}</div></div>{}</header>\n",
      xml_text(report.title()), facts,
      element("p", ending_in_words(report.run.ending),
              std::string("verdict ") + style_of(tone_of(report.run.ending))));
}

std::string footer(const RunReport& report) {
  return element(
      "footer",
      report.persons == Persons::Masked
          ? "Names and addresses are masked: this may be shown to whoever may see numbers."
          : "This report names people: treat it as the personal data that it is.",
      "foot");
}

}  // namespace

std::string html_report(const RunReport& report) {
  const std::string css = std::string(kPaletteCss) + std::string(kReportCss);
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<title>praxisync: {}, {}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n",
      policy_source(css), xml_text(report.title()), ending_in_words(report.run.ending), css);
  html += header(report) + "<main class=\"board\">\n";
  for (const auto section : {attention_section, outcome_section, funnel_section, scores_section,
                             times_section, dropped_section, blocked_section}) {
    html += section(report);
  }
  html += "<div class=\"stack-of-cards\">" + requests_section(report) +
          "</div><div class=\"stack-of-cards\">" + steps_section(report) +
          evidence_section(report) + "</div>\n";
  return html + "</main>\n" + footer(report) + "\n</body>\n</html>\n";
}

}  // namespace praxisync::report
