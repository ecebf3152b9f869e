#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class ResultsTest : public StoreTest {
 protected:
  void SetUp() override {
    accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  }
};

TEST_F(ResultsTest, AreFoundByTheirToken) {
  invite("a-1");

  const CollectCounts counts =
      results("screen", {result_of("token-a-1", "other@example.org", true)});

  EXPECT_EQ(counts.completed, 1);
  EXPECT_EQ(counts.passed, 1);
  EXPECT_EQ(counts.failed, 0);
  EXPECT_EQ(counts.news, 1);
  EXPECT_EQ(state("a-1"), State::Passed);
}

TEST_F(ResultsTest, AreFoundByTheAddressWhereTheTokenIsNotKnown) {
  settle(IntentKind::BulkInvite, {.engagement = engagement("a-1").key, .answer = Answer::Invited});

  const CollectCounts counts = results("screen", {result_of("t-new", "a@example.org", false)});

  EXPECT_EQ(counts.failed, 1);
  EXPECT_EQ(state("a-1"), State::Failed);
  EXPECT_EQ(engagement("a-1").token.reveal(), "t-new");
}

TEST_F(ResultsTest, OfAnotherInvitationOfThePersonAreNotTaken) {
  invite("a-1");

  const CollectCounts counts = results("screen", {result_of("another", "a@example.org", true)});

  EXPECT_EQ(counts.news, 0);
  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(ResultsTest, OfAnotherAssessmentAreNotTaken) {
  settle(IntentKind::BulkInvite, {.engagement = engagement("a-1").key, .answer = Answer::Invited});

  EXPECT_EQ(results("other", {result_of("t", "a@example.org", true)}).news, 0);
  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(ResultsTest, OfASessionThatIsKnownAreThoseOfItsAssessment) {
  invite("a-1");
  const auto are_of_another = [&](const std::string& assessment, const std::string& token) {
    return store.engagements()
        .are_of_another(assessment, {result_of(token, "a@example.org", true)})
        .value();
  };

  EXPECT_TRUE(are_of_another("other", "token-a-1"));
  EXPECT_FALSE(are_of_another("screen", "token-a-1"));
  EXPECT_FALSE(are_of_another("other", "t-new"));
}

TEST_F(ResultsTest, FromBeforeTheInvitationAreNotTaken) {
  EXPECT_EQ(results("screen", {result_of("t-old", "a@example.org", true)}).news, 0);
  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(ResultsTest, OfStrangersChangeNothing) {
  EXPECT_EQ(results("screen", {result_of("t", "stranger@example.org", true)}).news, 0);
}

TEST_F(ResultsTest, KeepAllThatTheySay) {
  invite("a-1");
  SessionResult row = result_of("token-a-1", "a@example.org", true);
  row.outcome.score_percentage = 72.5;
  row.outcome.time_spent = 41min;
  row.outcome.violations = Violations{2, 1};
  row.outcome.completed_at = kNow + 50min;
  row.outcome.report_url = "https://reports.example.org/1";

  results("screen", {row});

  EXPECT_EQ(engagement("a-1").outcome, (Outcome{Verdict::Passed, 72.5, 41min, Violations{2, 1},
                                                kNow + 50min, "https://reports.example.org/1"}));
}

TEST_F(ResultsTest, KeepWhatALaterRowLeavesOut) {
  invite("a-1");
  SessionResult row = result_of("token-a-1", "a@example.org", true);
  row.outcome.score_percentage = 72.5;
  row.outcome.report_url = "https://reports.example.org/1";
  results("screen", {row});

  results("screen", {result_of("token-a-1", "a@example.org", true)});

  EXPECT_EQ(engagement("a-1").outcome->score_percentage, 72.5);
  EXPECT_EQ(engagement("a-1").outcome->report_url, "https://reports.example.org/1");
}

TEST_F(ResultsTest, ReadTwiceAreNoNews) {
  invite("a-1");
  const SessionResult row = result_of("token-a-1", "a@example.org", true);
  results("screen", {row});

  const CollectCounts again = results("screen", {row});

  EXPECT_EQ(again.news + again.completed + again.passed, 0);
  EXPECT_THAT(story("a-1").history, SizeIs(4));
}

TEST_F(ResultsTest, CountForEveryApplicationOfThePerson) {
  accept({listed("a-3", "a@example.org")});
  invite("a-1");

  EXPECT_EQ(results("screen", {result_of("token-a-1", "", true)}).passed, 1) << "one person";
  EXPECT_EQ(state("a-1"), State::Passed);
  EXPECT_EQ(state("a-3"), State::Passed);
}

TEST_F(ResultsTest, BeatAnExpiryThatCameFirst) {
  invite("a-1");
  expire("a-1");
  ASSERT_EQ(state("a-1"), State::Expired);

  const CollectCounts counts = results("screen", {result_of("token-a-1", "", true)}, 8 * kDay);

  EXPECT_EQ(counts.passed, 1);
  EXPECT_EQ(state("a-1"), State::Passed);
}

TEST_F(ResultsTest, BeatAnExpiryThatWasWrittenBackAlready) {
  invite("a-1");
  expire("a-1");
  const auto expired = store.write_backs().unplanned(kGh, ScreeningKey{0}, 10);
  ASSERT_THAT(expired, IsOk());
  ASSERT_THAT(store.write_backs().plan(expired->front(), {}, Reinvite::No, stamp(7 * kDay)),
              IsOk());
  ASSERT_EQ(state("a-1"), State::WrittenBack);

  results("screen", {result_of("token-a-1", "", true)}, 8 * kDay);

  EXPECT_EQ(state("a-1"), State::Passed) << "and its own write-backs are still to come";
}

TEST_F(ResultsTest, AreNotUndoneByAnExpiry) {
  complete("a-1", false);

  expire("a-1");

  EXPECT_EQ(state("a-1"), State::Failed);
}

TEST_F(ResultsTest, AreNotUndoneByAnotherVerdict) {
  complete("a-1", true);

  EXPECT_EQ(results("screen", {result_of("token-a-1", "", false)}).news, 0);
  EXPECT_EQ(state("a-1"), State::Passed);
}

TEST_F(ResultsTest, AreStoredTogetherWithTheirCheckpoint) {
  invite("a-1");
  Checkpoint checkpoint;
  checkpoint.cursor = Cursor("page-2");
  checkpoint.watermark = kNow;
  ASSERT_THAT(store.engagements().record_results("screen", {result_of("token-a-1", "", true)},
                                                 checkpoint, stamp(1h)),
              IsOk());

  const Checkpoint found = store.checkpoints().load(results_stream("screen")).value();
  EXPECT_EQ(found.cursor, Cursor("page-2"));
  EXPECT_EQ(found.watermark, kNow);
}

TEST_F(ResultsTest, WithoutAVerdictWaitForTheDetail) {
  complete("a-1", std::nullopt);

  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_THAT(store.engagements().wanting_detail({}, EngagementKey{}, 10).value(),
              ElementsAre(Field(&Engagement::email, "a@example.org")));

  const auto counts = store.engagements().record_detail(
      engagement("a-1").key, result_of("token-a-1", "", true), stamp(2h));
  ASSERT_THAT(counts, IsOk());
  EXPECT_EQ(counts->passed, 1);
  EXPECT_EQ(state("a-1"), State::Passed);
  EXPECT_THAT(store.engagements().wanting_detail({}, EngagementKey{}, 10).value(), IsEmpty());
}

TEST_F(ResultsTest, WhoseDetailAPolicyAsksForWantItOnce) {
  complete("a-1", true);
  complete("a-2", false);
  const auto wanting = [&](const std::vector<std::string>& wanted) {
    return store.engagements().wanting_detail(wanted, EngagementKey{}, 10).value();
  };
  EXPECT_THAT(wanting({}), IsEmpty());
  EXPECT_THAT(wanting({"frontend:passed"}), IsEmpty());
  EXPECT_THAT(wanting({"backend:passed", "x:failed"}), SizeIs(1));
  EXPECT_THAT(wanting({"backend:passed", "backend:failed"}), SizeIs(2));

  SessionResult detail = result_of("token-a-1", "", true);
  detail.outcome.report_url = "https://reports.example.org/1";
  ASSERT_THAT(store.engagements().record_detail(engagement("a-1").key, detail, stamp()), IsOk());
  ASSERT_THAT(store.engagements().record_detail(engagement("a-2").key, std::nullopt, stamp()),
              IsOk());

  EXPECT_EQ(engagement("a-1").outcome->report_url, "https://reports.example.org/1");
  EXPECT_EQ(state("a-2"), State::Failed);
  EXPECT_THAT(wanting({"backend:passed", "backend:failed"}), IsEmpty());
}

}  // namespace
}  // namespace praxisync::store
