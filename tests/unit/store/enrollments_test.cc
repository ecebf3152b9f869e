#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class EnrollmentsTest : public StoreTest {
 protected:
  void SetUp() override {
    const std::vector<AssessmentSlug> stages{AssessmentSlug("logic"), AssessmentSlug("code")};
    ASSERT_THAT(store.engagements().learn_pipeline(PipelineSlug("grad"), stages), IsOk());
    accept({listed("a-1", "a@example.org", {to_grad()})});
  }
  State graduate() { return state("a-1", "graduates"); }
  Engagement enrollment() { return engagement("a-1", "graduates"); }
  std::optional<Verdict> by_stages() {
    return store.engagements().verdict_by_stages(enrollment()).value();
  }
  std::size_t moved() { return store.engagements().moved(EngagementKey{}, 10).value().size(); }
  CollectCounts record(std::optional<Verdict> verdict) {
    return store.engagements().record_enrollment(enrollment().key, verdict, stamp(2h)).value();
  }
};

TEST_F(EnrollmentsTest, KnowTheStagesOfTheirPipeline) {
  EXPECT_THAT(store.engagements().stages_of(PipelineSlug("grad")).value(),
              ElementsAre(AssessmentSlug("logic"), AssessmentSlug("code")));
  EXPECT_THAT(store.engagements().stages_of(PipelineSlug("other")).value(), IsEmpty());

  ASSERT_THAT(store.engagements().learn_pipeline(PipelineSlug("grad"), {AssessmentSlug("new")}),
              IsOk());
  EXPECT_THAT(store.engagements().stages_of(PipelineSlug("grad")).value(),
              ElementsAre(AssessmentSlug("new")));
}

TEST_F(EnrollmentsTest, StartWithTheFirstResultOfAStage) {
  enroll("a-1");

  const CollectCounts counts = results("logic", {result_of("t", "a@example.org", true)});

  EXPECT_EQ(counts.started, 1);
  EXPECT_EQ(counts.completed, 0);
  EXPECT_EQ(graduate(), State::Started);
  EXPECT_EQ(moved(), 1U);
}

TEST_F(EnrollmentsTest, MoveAgainOnlyWithSomethingNew) {
  enroll("a-1");
  results("logic", {result_of("t", "a@example.org", true)});
  EXPECT_EQ(record(std::nullopt).news, 0);
  ASSERT_EQ(moved(), 0U) << "looked at";

  EXPECT_EQ(results("logic", {result_of("t", "a@example.org", true)}).news, 0);
  EXPECT_EQ(moved(), 0U);
  EXPECT_EQ(results("code", {result_of("t2", "a@example.org", true)}).news, 1);
  EXPECT_EQ(moved(), 1U);
}

TEST_F(EnrollmentsTest, EndAsTheApiSays) {
  enroll("a-1");

  const CollectCounts counts = record(Verdict::Passed);

  EXPECT_EQ(counts.passed, 1);
  EXPECT_EQ(graduate(), State::Passed);
}

TEST_F(EnrollmentsTest, AreNotEndedByAnAssessmentOutsideTheirPipeline) {
  enroll("a-1");

  EXPECT_EQ(results("screen", {result_of("t", "a@example.org", false)}).news, 0);
  EXPECT_EQ(graduate(), State::Enrolled);
}

TEST_F(EnrollmentsTest, HaveNoVerdictWhileAStageIsMissing) {
  enroll("a-1");
  EXPECT_EQ(by_stages(), std::nullopt);

  results("logic", {result_of("t", "a@example.org", true)});

  EXPECT_EQ(by_stages(), std::nullopt);
}

TEST_F(EnrollmentsTest, ArePassedWithEveryStage) {
  enroll("a-1");
  results("logic", {result_of("t", "a@example.org", true)});
  results("code", {result_of("t2", "a@example.org", true)});

  EXPECT_EQ(by_stages(), Verdict::Passed);
}

TEST_F(EnrollmentsTest, AreFailedWithOneStage) {
  enroll("a-1");
  results("logic", {result_of("t", "a@example.org", false)});

  EXPECT_EQ(by_stages(), Verdict::Failed);
}

TEST_F(EnrollmentsTest, HaveNoVerdictWithAStageOfWhichItIsNotKnown) {
  enroll("a-1");
  results("logic", {result_of("t", "a@example.org", std::nullopt)});
  results("code", {result_of("t2", "a@example.org", true)});

  EXPECT_EQ(by_stages(), std::nullopt);
}

TEST_F(EnrollmentsTest, ForgetAStageWhoseSessionAnotherListTellsOf) {
  enroll("a-1");
  results("code", {result_of("t", "a@example.org", false)});
  results("code", {result_of("t-own", "b@example.org", true)});
  const std::vector<SessionResult> logic{result_of("t", "a@example.org", false)};
  ASSERT_TRUE(store.engagements().are_of_another("logic", logic).value());

  EXPECT_THAT(store.engagements().forget_where_told_otherwise("logic", logic), IsOk());

  EXPECT_FALSE(store.engagements().are_of_another("logic", logic).value());
  EXPECT_EQ(by_stages(), std::nullopt);
  EXPECT_TRUE(store.checkpoints().load(results_stream("code"))->cursor.empty());
  EXPECT_FALSE(store.checkpoints().load(results_stream("code"))->updated_at) << "from its top";
  results("logic", logic);
  EXPECT_EQ(by_stages(), Verdict::Failed);
}

TEST_F(EnrollmentsTest, ExpireWithAStageThatRanOut) {
  enroll("a-1");
  InviteSighting row = sighting_of("t", "a@example.org", State::Expired);
  row.assessment = "logic";
  row.expires_at = kNow + 7 * kDay;

  const CollectCounts counts = sightings({row}, 7 * kDay);

  EXPECT_EQ(counts.expired, 1);
  EXPECT_EQ(graduate(), State::Expired);
}

TEST_F(EnrollmentsTest, DoNotExpireWithAnInvitationFromBefore) {
  enroll("a-1");
  InviteSighting row = sighting_of("t", "a@example.org", State::Expired);
  row.assessment = "logic";
  row.expires_at = kNow - 30 * kDay;

  EXPECT_EQ(sightings({row}).expired, 0);
  EXPECT_EQ(graduate(), State::Enrolled);
}

TEST_F(EnrollmentsTest, DoNotExpireWithAStageThatIsDone) {
  enroll("a-1");
  results("logic", {result_of("t", "a@example.org", true)});
  InviteSighting row = sighting_of("t-other", "a@example.org", State::Expired);
  row.assessment = "logic";

  EXPECT_EQ(sightings({row}).expired, 0);
  EXPECT_EQ(graduate(), State::Started);
}

TEST_F(EnrollmentsTest, RunForSevenDaysFromTheLastStage) {
  enroll("a-1");
  SessionResult row = result_of("t", "a@example.org", true);
  row.outcome.completed_at = kNow + 5 * kDay;

  results("logic", {row}, 5 * kDay);

  EXPECT_EQ(enrollment().expires_at, kNow + 12 * kDay);
}

}  // namespace
}  // namespace praxisync::store
