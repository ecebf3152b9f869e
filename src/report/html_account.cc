// What the run used and what it proves: the second half of html_sections.h.
#include <fmt/format.h>

#include <algorithm>

#include "report/html.h"
#include "report/html_charts.h"
#include "report/html_sections.h"

namespace praxisync::report {
namespace {

std::string left_bar(const char* name, const std::optional<http::Allowance>& allowance) {
  if (!allowance) return "";
  const int left = allowance->left(http::Draw::Work);
  const bool low = left * 5 < allowance->limit;
  return bars({{name, left, fmt::format("of {}", allowance->limit),
                left == 0 ? "bad" : (low ? "warn" : "")}},
              allowance->limit);
}

std::string quota_bar(const std::optional<assess::Quota>& quota) {
  if (!quota) return "";
  if (!quota->limit || !quota->remaining)
    return element("p", fmt::format("No limit of invitations ({}).", quota->plan), "soft");
  return bars({{"Invitations", *quota->remaining, fmt::format("of {} this month", *quota->limit),
                *quota->remaining == 0 ? "bad" : ""}},
              *quota->limit);
}

std::string sum_of(const char* name, const sync::Tally& tally) {
  return element("dt", name) +
         element("dd", fmt::format("{} planned = {} done + {} left for later + {} failed",
                                   tally.planned, tally.done, tally.skipped, tally.failed));
}

}  // namespace

std::string requests_section(const RunReport& report) {
  const RequestTotals& sent = report.requests;
  const sync::Least& least = report.run.least;
  const long long used = sent.assess_reads + sent.assess_writes;
  const long long fewest = least.reads + least.writes;
  std::string inside =
      element("h3", "Assess API") +
      bars({{"Used", used,
             fmt::format("{} reads, {} writes{}", sent.assess_reads, sent.assess_writes,
                         sent.assess_throttled > 0
                             ? fmt::format(", {} throttled", sent.assess_throttled)
                             : "")},
            {"Least possible", fewest,
             fmt::format("{} reads, {} writes", least.reads, least.writes), "good"}},
           std::max(used, fewest));
  const std::string left = left_bar("Reads", report.reads) + left_bar("Writes", report.writes) +
                           quota_bar(report.run.quota);
  if (!left.empty()) inside += element("h3", "Left now") + left;
  std::vector<Bar> others;
  long long most = 0;
  for (const auto& [name, ats] : sent.ats) {
    if (ats.requests == 0) continue;
    others.push_back({name, ats.requests,
                      ats.throttled > 0 ? fmt::format("{} throttled", ats.throttled) : "",
                      ats.throttled > 0 ? "warn" : ""});
    most = std::max(most, ats.requests);
  }
  if (!others.empty()) inside += element("h3", "Requests to each ATS") + bars(others, most);
  if (!report.run.decisions.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const sync::Decision& decision : report.run.decisions)
      rows.push_back({decision.what, decision.why});
    inside += folded("Why it asked the way it did",
                     html_table("The cheapest way was taken", {{"What"}, {"How"}}, rows));
  }
  return card("Requests", inside);
}

std::string evidence_section(const RunReport& report) {
  const sync::Evidence& evidence = report.run.evidence;
  const std::size_t unread = evidence.unread().size();
  std::string inside =
      element("p", fmt::format("{} of {} streams were read to their end.",
                               evidence.streams.size() - unread, evidence.streams.size()));
  std::vector<std::vector<std::string>> rows;
  for (const sync::Evidence::Stream& stream : evidence.streams)
    rows.push_back({stream.name, stream.read ? "to its end" : "not to its end"});
  if (!rows.empty())
    inside += folded("Each stream", html_table("Streams", {{"Stream"}, {"Read"}}, rows));
  inside += "<dl class=\"facts\">" + sum_of("People", evidence.contacts) +
            sum_of("Write-backs", evidence.write_backs) + "</dl>\n";
  return card("What proves it", inside);
}

}  // namespace praxisync::report
