#include "report/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "report/run_document.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Timestamp kEnd = *parse_timestamp("2026-01-05T08:00:02.500Z");

MetricsSnapshot a_snapshot() {
  MetricsSnapshot now;
  now.totals.runs = {{"done", 9}, {"throttled", 2}};
  now.totals.counts = {{"invited", 190}, {"passed", 4}, {"failed_writes", 1}};
  now.totals.errors = {{"transient", 3}};
  now.totals.assess = {{"reads", 12}, {"writes", 34}, {"throttled", 2}};
  now.totals.ats_requests = {{"gh", 7}};
  now.last_run =
      store::Run{RunKey{11}, kEnd - Milliseconds{1250}, kEnd, "throttled", 4, std::string()};
  now.last_success = *parse_timestamp("2026-01-05T07:00:00Z");
  now.backlog = {.queued = 5, .waiting = 6, .to_write = 7, .blocked = 8, .unsettled = 1};
  now.reads = {.limit = 500, .reserve = 50, .used = 100};
  now.writes = {.limit = 100, .reserve = 0, .used = 100};
  now.totals.quota = {{"limit", 500}, {"remaining", 120}};
  now.webhooks = WebhooksSnapshot{
      .waiting = 3, .deliveries = {{"gh", "forged", 2}}, .events = {{"gh", "hired", 5}}};
  return now;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Reads the text as a strict scraper would, and says what is wrong with it; empty: nothing.
std::string flaw_of(const std::string& text) {
  static const std::regex help("# HELP ([a-z_]+) (\\S.*)");
  static const std::regex type("# TYPE ([a-z_]+) (counter|gauge)");
  static const std::regex sample(
      "([a-z_]+)(\\{[a-z]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"(?:,[a-z]+=\"[a-z_]*\")?\\})? "
      "-?[0-9.]+(?:e\\+[0-9]+)?");
  if (!text.ends_with('\n')) return "no line break at the end";
  std::set<std::string> helped, typed, seen;
  std::string family;
  for (const std::string& line : lines_of(text)) {
    std::smatch found;
    if (std::regex_match(line, found, help)) {
      if (!helped.insert(found[1]).second) return "HELP twice: " + line;
    } else if (std::regex_match(line, found, type)) {
      family = found[1];
      if (!helped.contains(family) || !typed.insert(family).second) return "TYPE astray: " + line;
      if (family.ends_with("_total") != (found[2] == "counter")) return "_total: " + line;
      if (!family.starts_with("praxisync_")) return "prefix: " + line;
    } else if (std::regex_match(line, found, sample)) {
      if (found[1] != family) return "outside its family: " + line;
      if (!seen.insert(found[1].str() + found[2].str()).second) return "twice: " + line;
    } else {
      return "not the format: " + line;
    }
  }
  return helped == typed ? "" : "HELP without TYPE";
}

std::string source_file(const std::string& path) {
  std::ifstream in(std::string(PRAXISYNC_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Metrics, AreInTheTextFormat) {
  EXPECT_EQ(flaw_of(metrics_text(a_snapshot())), "");
  EXPECT_EQ(flaw_of(metrics_text(MetricsSnapshot{})), "");
}

TEST(Metrics, EscapeALabel) {
  MetricsSnapshot now = a_snapshot();
  now.totals.ats_requests = {{"g\"h\\\n}", 1}};

  const std::string text = metrics_text(now);

  EXPECT_EQ(flaw_of(text), "");
  EXPECT_THAT(text, HasSubstr(R"(praxisync_ats_requests_total{connector="g\"h\\\n}"} 1)"));
}

TEST(Metrics, SayWhatTheDatabaseKnows) {
  const auto lines = lines_of(metrics_text(a_snapshot()));

  for (const char* line : {R"(praxisync_runs_total{reason="done"} 9)",
                           R"(praxisync_runs_total{reason="killed"} 0)",
                           "praxisync_last_success_timestamp_seconds 1767596400",
                           "praxisync_last_run_timestamp_seconds 1767600002.5",
                           "praxisync_last_run_duration_seconds 1.25",
                           "praxisync_last_run_exit_code 4",
                           R"(praxisync_errors_total{kind="transient"} 3)",
                           R"(praxisync_errors_total{kind="unauthorized"} 0)",
                           "praxisync_invitations_total 190",
                           "praxisync_reminders_total 0",
                           R"(praxisync_outcomes_total{outcome="passed"} 4)",
                           "praxisync_refused_write_backs_total 1",
                           R"(praxisync_backlog_screenings{state="queued"} 5)",
                           R"(praxisync_backlog_screenings{state="waiting"} 6)",
                           R"(praxisync_backlog_screenings{state="blocked"} 8)",
                           "praxisync_backlog_write_backs 7",
                           "praxisync_unsettled_calls 1",
                           "praxisync_inbox_events 3",
                           R"(praxisync_webhook_deliveries_total{source="gh",outcome="forged"} 2)",
                           R"(praxisync_webhook_events_total{source="gh",kind="hired"} 5)",
                           R"(praxisync_assess_requests_total{class="write"} 34)",
                           "praxisync_assess_throttled_requests_total 2",
                           R"(praxisync_assess_requests_left{class="read"} 350)",
                           R"(praxisync_assess_requests_left{class="write"} 0)",
                           R"(praxisync_assess_requests_limit{class="read"} 500)",
                           R"(praxisync_ats_requests_total{connector="gh"} 7)",
                           "praxisync_quota_invitations_left 120",
                           "praxisync_quota_invitations_limit 500"}) {
    EXPECT_THAT(lines, testing::Contains(line));
  }
}

TEST(Metrics, LeaveOutWhatIsNotKnown) {
  const std::string text = metrics_text(MetricsSnapshot{});

  for (const char* name : {"last_success", "last_run", "quota", "inbox", "webhook"})
    EXPECT_THAT(text, Not(HasSubstr(std::string("praxisync_") + name)));
  EXPECT_THAT(text, HasSubstr("praxisync_invitations_total 0\n"));
}

TEST(Metrics, AreThoseThatTheDocsList) {
  const std::string docs = source_file("docs/operations.md");

  int rows = 0;
  for (const std::string& line : lines_of(docs)) rows += line.starts_with("| `praxisync_") ? 1 : 0;
  for (const MetricDescription& metric : metric_descriptions()) {
    std::string labels;
    for (const std::string& label : metric.labels)
      labels += (labels.empty() ? "`" : ", `") + label + "`";
    EXPECT_THAT(docs, HasSubstr("| `" + metric.name + "` | " + metric.type + " | " + labels +
                                " | " + metric.help + " |\n"));
  }
  EXPECT_EQ(rows, static_cast<int>(metric_descriptions().size()));
}

/// Runs that end one after the other in one database.
class MetricsOfRuns : public testing::Test {
 protected:
  void run_ends(sync::Ending ending, int invited) {
    sync::RunReport report;
    report.run = store_.runs().begin(clock_.now()).value();
    clock_.advance(std::chrono::minutes{1});
    report.end(ending);
    report.counts.invited = invited;
    report.quota = assess::Quota{.plan = "growth", .limit = 500, .used = 0, .remaining = 77};
    EXPECT_THAT(store_.runs().finish(report.run, sync::to_string(ending), sync::exit_code(ending),
                                     run_document(report, RequestTotals{2, 1, 0, {{"gh", {3, 1}}}}),
                                     clock_.now()),
                testing_support::IsOk());
  }
  std::string text() {
    const auto ledger = store_.request_ledger(clock_, "assess", {{500, 50}, {100, 0}});
    return metrics_text(read_metrics(store_, *ledger).value());
  }

  testing_support::FakeClock clock_{*parse_timestamp("2026-01-05T08:00:00Z")};
  store::Store store_ = store::Store::scratch().value();
};

TEST_F(MetricsOfRuns, AddUpOverAllOfThem) {
  run_ends(sync::Ending::Done, 5);
  run_ends(sync::Ending::Failed, 2);

  EXPECT_THAT(text(),
              AllOf(HasSubstr("praxisync_runs_total{reason=\"done\"} 1\n"),
                    HasSubstr("praxisync_runs_total{reason=\"failed\"} 1\n"),
                    HasSubstr("praxisync_invitations_total 7\n"),
                    HasSubstr("praxisync_assess_requests_total{class=\"read\"} 4\n"),
                    HasSubstr("praxisync_ats_requests_total{connector=\"gh\"} 6\n"),
                    HasSubstr("praxisync_ats_throttled_requests_total{connector=\"gh\"} 2\n"),
                    HasSubstr("praxisync_quota_invitations_left 77\n"),
                    HasSubstr("praxisync_assess_requests_left{class=\"read\"} 450\n")));
}

TEST_F(MetricsOfRuns, MoveTheLastSuccessOnSuccessAlone) {
  run_ends(sync::Ending::Done, 0);
  run_ends(sync::Ending::Unauthorized, 0);

  EXPECT_THAT(text(), AllOf(HasSubstr("praxisync_last_success_timestamp_seconds 1767600060\n"),
                            HasSubstr("praxisync_last_run_timestamp_seconds 1767600120\n"),
                            HasSubstr("praxisync_last_run_exit_code 5\n"),
                            HasSubstr("praxisync_last_run_duration_seconds 60\n")));
}

}  // namespace
}  // namespace praxisync::report
