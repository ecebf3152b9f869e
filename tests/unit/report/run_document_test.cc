#include "report/run_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace praxisync::report {
namespace {

using testing::HasSubstr;

sync::RunReport a_report() {
  sync::RunReport report;
  report.run = RunKey{12};
  report.started_at = *parse_timestamp("2026-01-05T08:00:00Z");
  report.finished_at = *parse_timestamp("2026-01-05T08:00:02Z");
  report.counts.pulled = 250;
  report.counts.invited = 190;
  report.counts.enrolled = 60;
  report.least = {.reads = 2, .writes = 63};
  report.quota = assess::Quota{.plan = "growth", .limit = 500, .used = 250, .remaining = 250};
  report.end(sync::Ending::Throttled);
  report.end(sync::Ending::Records);
  report.add({"enroll in grad", ErrorKind::Throttled, "HTTP 429"});
  report.add({"enroll in grad", ErrorKind::Throttled, "HTTP 429"});
  return report;
}

TEST(RunDocument, HoldsTheFieldsThatScriptsRelyOn) {
  const std::string document = run_document(a_report(), RequestTotals{3, 64, 1, {{"ats", {5, 0}}}});

  EXPECT_THAT(
      document,
      HasSubstr(R"("run":{"id":12,"reason":"throttled","exit_code":4,)"
                R"("started_at":"2026-01-05T08:00:00Z","finished_at":"2026-01-05T08:00:02Z"})"));
  EXPECT_THAT(
      document,
      HasSubstr(
          R"("counts":{"pulled":250,"queued":0,"invited":190,"already_invited":0,"enrolled":60)"));
  EXPECT_THAT(document, HasSubstr(R"("backlog":{"queued":0,"waiting":0,"to_write":0)"));
  EXPECT_THAT(document,
              HasSubstr(R"("requests":{"assess":{"reads":3,"writes":64,"throttled":1,"least":65},)"
                        R"("ats":{"ats":{"requests":5,"throttled":0}}})"));
  EXPECT_THAT(document, HasSubstr(R"("quota":{"plan":"growth","limit":500,"remaining":250})"));
  EXPECT_THAT(
      document,
      HasSubstr(R"({"where":"enroll in grad","kind":"throttled","what":"HTTP 429","count":2})"));
}

TEST(RunDocument, CarriesTheEvidence) {
  sync::RunReport report = a_report();
  report.evidence.expect("pull ats");
  report.evidence.expect("results of backend");
  report.evidence.read("pull ats");
  report.evidence.contacts = {.planned = 9, .done = 5, .skipped = 3, .failed = 1};

  EXPECT_THAT(
      run_document(report, RequestTotals{}),
      HasSubstr(R"("evidence":{"streams":{"expected":2,"read":1,"unread":["results of backend"]},)"
                R"("contacts":{"planned":9,"done":5,"skipped":3,"failed":1},)"
                R"("write_backs":{"planned":0,"done":0,"skipped":0,"failed":0}})"));
}

TEST(RunDocument, KeepsTheGravestEnding) {
  sync::RunReport report = a_report();

  report.end(sync::Ending::Unauthorized);
  report.end(sync::Ending::Done);

  EXPECT_EQ(report.ending, sync::Ending::Unauthorized);
}

TEST(RunDocument, IsSummedUpFromItsText) {
  const RunSummary sums = summarize(run_document(a_report(), RequestTotals{3, 64, 1, {}}));

  EXPECT_EQ(sums.pulled, 250);
  EXPECT_EQ(sums.invited, 190);
  EXPECT_EQ(sums.requests, 67);
  EXPECT_EQ(sums.least, 65);
  EXPECT_EQ(sums.errors, 1);
}

TEST(RunDocument, OfARunThatWasKilledIsSummedUpAsNothing) {
  const RunSummary sums = summarize("");

  EXPECT_EQ(sums.requests, 0);
}

TEST(RunDocument, GivesBackItsDecisions) {
  sync::RunReport report = a_report();
  report.decisions = {{"statuses of 12", "by the list: 1 read; singly would be 12 reads"}};

  const auto decisions = decisions_in(run_document(report, RequestTotals{}));

  ASSERT_EQ(decisions.size(), 1U);
  EXPECT_EQ(decisions[0].what, "statuses of 12");
  EXPECT_EQ(decisions[0].why, "by the list: 1 read; singly would be 12 reads");
}

TEST(RunDocument, ThatCannotBeReadHoldsNoDecisions) {
  for (const char* text : {"", "{", "[]", R"({"decisions":7})", R"({"decisions":[7,{"what":1}]})"})
    EXPECT_THAT(decisions_in(text), testing::IsEmpty()) << text;
}

TEST(RunReport, ListsAtMostAHundredKindsOfProblemsAndCountsTheRest) {
  sync::RunReport report;
  for (int i = 0; i < 130; ++i)
    report.add({"pull ats", ErrorKind::Rejected, "row " + std::to_string(i)});

  EXPECT_EQ(report.problems.size(), sync::kMostProblems);
  EXPECT_EQ(report.problems_not_listed, 30);
}

TEST(RunReport, EveryEndingHasItsExitCode) {
  const std::vector<std::pair<sync::Ending, int>> table{
      {sync::Ending::Done, 0},   {sync::Ending::Failed, 1},    {sync::Ending::Records, 3},
      {sync::Ending::Quota, 4},  {sync::Ending::Throttled, 4}, {sync::Ending::Deadline, 4},
      {sync::Ending::Signal, 4}, {sync::Ending::Unsettled, 4}, {sync::Ending::Unauthorized, 5},
      {sync::Ending::Held, 7}};

  for (const auto& [ending, code] : table)
    EXPECT_EQ(sync::exit_code(ending), code) << sync::to_string(ending);
}

}  // namespace
}  // namespace praxisync::report
