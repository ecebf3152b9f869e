#include "report/checks.h"

#include <gmock/gmock.h>

#include "unit/report/sample_report.h"

namespace praxisync::report {
namespace {

using Standing = Check::Standing;
using testing::HasSubstr;
using testing::IsEmpty;

/// A run over one connector and one route, which read everything.
RunReport calm(sync::Ending ending = sync::Ending::Done) {
  RunReport report = empty_report(ending);
  report.asked = {{sample_route("backend")}, {ConnectorName("gh")}};
  report.run.evidence.streams = {{"pull gh", true}, {"results of screen", true}};
  return report;
}

Check check(const RunReport& report, const std::string& name) {
  for (const Check& one : checks_of(report)) {
    if (one.name == name) return one;
  }
  ADD_FAILURE() << "no check " << name;
  return {};
}

std::vector<std::string> failed(const RunReport& report) {
  std::vector<std::string> names;
  for (const Check& one : checks_of(report)) {
    if (one.standing == Standing::Failed) names.push_back(one.name);
  }
  return names;
}

TEST(Checks, OfACalmRunPass) {
  std::vector<std::string> names;
  for (const Check& one : checks_of(calm())) {
    EXPECT_EQ(one.standing, Standing::Passed) << one.name;
    names.push_back(one.group + ": " + one.name);
  }

  EXPECT_THAT(names, testing::ElementsAre("connectors: pull gh", "connectors: write back to gh",
                                          "routes: backend", "evidence: results of screen",
                                          "evidence: people to contact", "evidence: write-backs",
                                          "run: run 12"));
}

struct ProblemCase {
  std::string name, where;
  ErrorKind kind;
  sync::Ending ending;
  std::string check;
  Standing want;
};
void PrintTo(const ProblemCase& row, std::ostream* out) { *out << row.name; }
class CheckOfProblem : public testing::TestWithParam<ProblemCase> {};
TEST_P(CheckOfProblem, StandsWithWhatItIsOf) {
  RunReport report = calm(GetParam().ending);
  report.run.problems = {{GetParam().where, GetParam().kind, "HTTP 500", 2}};

  const Check found = check(report, GetParam().check);

  EXPECT_EQ(found.standing, GetParam().want);
  EXPECT_THAT(found.text, HasSubstr(GetParam().where + ": HTTP 500 (2 times)"));
}
INSTANTIATE_TEST_SUITE_P(
    Table, CheckOfProblem,
    testing::Values(ProblemCase{"Pull", "pull gh", ErrorKind::Transient, sync::Ending::Records,
                                "pull gh", Standing::Failed},
                    ProblemCase{"PullThrottled", "pull gh", ErrorKind::Throttled,
                                sync::Ending::Throttled, "pull gh", Standing::Skipped},
                    ProblemCase{"Writing", "write back to gh", ErrorKind::Rejected,
                                sync::Ending::Records, "write back to gh", Standing::Failed},
                    ProblemCase{"Inviting", "invite to screen", ErrorKind::Rejected,
                                sync::Ending::Records, "backend", Standing::Failed},
                    ProblemCase{"Results", "results of screen", ErrorKind::Malformed,
                                sync::Ending::Records, "results of screen", Standing::Failed},
                    ProblemCase{"OfNoOther", "database", ErrorKind::Fatal, sync::Ending::Failed,
                                "run 12", Standing::Failed},
                    ProblemCase{"GreenAllTheSame", "pull gh", ErrorKind::Rejected,
                                sync::Ending::Done, "pull gh", Standing::Passed}),
    [](const auto& row) { return row.param.name; });

TEST(Checks, AStreamThatWasNotReadWaitsForTheNextRun) {
  RunReport report = calm(sync::Ending::Deadline);
  report.run.evidence.streams[0].read = false;

  EXPECT_EQ(check(report, "pull gh").standing, Standing::Skipped);
  EXPECT_EQ(check(report, "run 12").standing, Standing::Skipped);
  EXPECT_THAT(failed(report), IsEmpty());
}

TEST(Checks, WhoeverIsNewlyBlockedFailsTheirRoute) {
  RunReport report = calm(sync::Ending::Records);
  report.attention = {{Attention::Kind::Blocked, "backend", "email: missing", "Mend it.", 4}};
  EXPECT_EQ(check(report, "backend").standing, Standing::Passed) << "known from before";

  report.news = report.attention;

  EXPECT_EQ(check(report, "backend").standing, Standing::Failed);
  EXPECT_EQ(check(report, "backend").text, "4 blocked: email: missing\nMend it.");
}

TEST(Checks, AHeldRouteFails) {
  RunReport report = calm(sync::Ending::Held);
  report.attention = {{Attention::Kind::Held, "backend", "lists 60", "Look at the plan.", 59}};

  EXPECT_THAT(failed(report), testing::ElementsAre("backend", "run 12"));
}

TEST(Checks, OneFailsWhereverTheRunDid) {
  for (const auto ending : {sync::Ending::Failed, sync::Ending::OtherOrganisation,
                            sync::Ending::Unauthorized, sync::Ending::Held, sync::Ending::Records})
    EXPECT_THAT(failed(calm(ending)), testing::Not(IsEmpty())) << to_string(ending);
  for (const auto ending : {sync::Ending::Done, sync::Ending::Quota, sync::Ending::Signal})
    EXPECT_THAT(failed(calm(ending)), IsEmpty()) << to_string(ending);
}

TEST(Checks, APersonTooFewFailsTheEvidence) {
  RunReport report = calm(sync::Ending::Records);
  report.run.evidence.contacts = {.planned = 3, .done = 2};

  EXPECT_EQ(check(report, "people to contact").standing, Standing::Failed);
  EXPECT_THAT(check(report, "people to contact").text, HasSubstr("3 planned = 2 done"));
}

}  // namespace
}  // namespace praxisync::report
