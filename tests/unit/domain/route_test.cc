#include "domain/route.h"

#include <gtest/gtest.h>

#include <ostream>

namespace praxisync {
namespace {

struct TakesCase {
  std::string name, job, stage;
  bool takes;
};
void PrintTo(const TakesCase& row, std::ostream* out) { *out << row.name; }

class RouteTakes : public testing::TestWithParam<TakesCase> {};

TEST_P(RouteTakes, ApplicationsOfItsJobAndStage) {
  const Application application{.id = ApplicationId("a-1"),
                                .candidate = CandidateId("c-1"),
                                .email = "mia@example.org",
                                .name = "Mia",
                                .job = "Senior Backend Engineer",
                                .job_id = "4711",
                                .stage = "Technical Test",
                                .stage_id = "st_9"};
  Route route;
  route.job = GetParam().job;
  route.stage = GetParam().stage;

  EXPECT_EQ(route.takes(application), GetParam().takes);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RouteTakes,
    testing::Values(
        TakesCase{"ByName", "Senior Backend Engineer", "Technical Test", true},
        TakesCase{"ByNameInAnyCase", "senior backend engineer", "TECHNICAL TEST", true},
        TakesCase{"ByNameWithOuterSpace", " Senior Backend Engineer ", "Technical Test\t", true},
        TakesCase{"ById", "4711", "st_9", true},
        TakesCase{"ByIdAndName", "4711", "Technical Test", true},
        TakesCase{"ByGlob", "*Backend*", "Technical ????", true},
        TakesCase{"EveryJob", "*", "Technical Test", true},
        TakesCase{"OtherJob", "Frontend Engineer", "Technical Test", false},
        TakesCase{"OtherStage", "*", "Onsite", false}, TakesCase{"OtherId", "4712", "st_9", false},
        TakesCase{"PartOfAnId", "471", "*", false}, TakesCase{"IdsAreNoGlobs", "47*", "*", false},
        TakesCase{"StageIdInAnotherCase", "*", "ST_9", false},
        TakesCase{"PartOfAName", "Backend", "Technical Test", false},
        TakesCase{"EmptyPattern", "", "Technical Test", false}),
    [](const auto& row) { return row.param.name; });

TEST(Route, TakesNoEmptyIdForAnEmptyPattern) {
  Route route;
  route.job = "*";
  route.stage = "";
  const Application with_stage{.id = ApplicationId("a"),
                               .candidate = CandidateId("c"),
                               .email = "",
                               .name = "",
                               .job = "J",
                               .stage = "S"};

  EXPECT_FALSE(route.takes(with_stage)) << "an ATS without stage ids gives empty ones";
}

TEST(Route, TakesAPersonWithoutAJobOnlyForEveryJob) {
  Route route;
  route.job = "*";
  route.stage = "S";
  const Application no_job{.id = ApplicationId("a"),
                           .candidate = CandidateId("c"),
                           .email = "",
                           .name = "",
                           .job = "",
                           .stage = "S"};

  EXPECT_TRUE(route.takes(no_job));
  route.job = "?*";
  EXPECT_FALSE(route.takes(no_job));
}

TEST(Route, HasOnePolicyForEachVerdict) {
  Route route;
  route.on_passed.reinvite = 1;
  route.on_failed.reinvite = 2;
  route.on_expired.reinvite = 3;
  route.on_cancelled.reinvite = 4;
  route.on_withdrawn.reinvite = 5;

  EXPECT_EQ(route.on(Verdict::Passed).reinvite, 1);
  EXPECT_EQ(route.on(Verdict::Failed).reinvite, 2);
  EXPECT_EQ(route.on(Verdict::Expired).reinvite, 3);
  EXPECT_EQ(route.on(Verdict::Cancelled).reinvite, 4);
  EXPECT_EQ(route.on(Verdict::Withdrawn).reinvite, 5);
}

TEST(TargetKindName, IsReadBack) {
  for (const TargetKind kind : {TargetKind::Assessment, TargetKind::Pipeline}) {
    EXPECT_EQ(parse_target_kind(to_string(kind)), kind);
  }
  EXPECT_EQ(parse_target_kind("Assessment"), std::nullopt);
  EXPECT_EQ(parse_target_kind(""), std::nullopt);
}

}  // namespace
}  // namespace praxisync
