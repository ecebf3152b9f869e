#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class IntentsTest : public StoreTest {
 protected:
  void SetUp() override {
    accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  }
  EngagementKey key(const std::string& application) { return engagement(application).key; }

  /// The answer to an invitation of a-1.
  SettledCounts answered(Settlement settlement, Milliseconds after = 0ms) {
    settlement.engagement = key("a-1");
    return settle(IntentKind::BulkInvite, std::move(settlement), after);
  }
};

TEST_F(IntentsTest, AreStoredBeforeAnythingIsSent) {
  const Result<IntentKey> intent =
      store.intents().open(IntentKind::BulkInvite, "screen", {key("a-1"), key("a-2")},
                           R"({"body":1})", kNow + 1h, stamp(5min));
  ASSERT_THAT(intent, IsOk());

  EXPECT_EQ(state("a-1"), State::Dispatching);
  EXPECT_TRUE(engagement("a-1").attempted);
  const std::vector<Intent> open = store.intents().open_intents().value();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].key, *intent);
  EXPECT_EQ(open[0].kind, IntentKind::BulkInvite);
  EXPECT_EQ(open[0].target, "screen");
  EXPECT_EQ(open[0].opened_at, kNow + 5min);
  EXPECT_EQ(open[0].settle_after, kNow + 1h);
  ASSERT_THAT(open[0].engagements, SizeIs(2));
  EXPECT_EQ(open[0].engagements[0].email, "a@example.org");
  EXPECT_EQ(store.intents().count_open().value(), 1);
  EXPECT_EQ(raw("SELECT body FROM intent"), R"({"body":1})");
}

TEST_F(IntentsTest, AreOpenedAgainForWhoeverWasPerhapsInvitedLongAgo) {
  answered({.answer = Answer::Requeued, .reason = "the answer was lost"});

  ASSERT_THAT(store.intents().reopen(kNow - 1ms, stamp(24h)), IsOk());
  EXPECT_EQ(store.intents().count_open().value(), 0) << "it is not that long ago";
  ASSERT_THAT(store.intents().reopen(kNow, stamp(24h)), IsOk());

  const std::vector<Intent> open = store.intents().open_intents().value();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].opened_at, kNow) << "as if that call's answer had just been lost";
  ASSERT_THAT(open[0].engagements, SizeIs(1));
  EXPECT_EQ(open[0].engagements[0].email, "a@example.org") << "the other was never asked for";
  EXPECT_EQ(state("a-1"), State::Dispatching);
}

TEST_F(IntentsTest, AreNotOpenedAgainWhereTheListShowedNothing) {
  answered({.answer = Answer::Absent});
  EXPECT_FALSE(engagement("a-1").attempted);

  ASSERT_THAT(store.intents().reopen(kNow + 24h, stamp(24h)), IsOk());

  EXPECT_EQ(store.intents().count_open().value(), 0);
}

TEST_F(IntentsTest, AreNotOpenedAgainForWhoeverHasLeft) {
  answered({.answer = Answer::Requeued});
  accept({gone("a-1", "a@example.org")});

  ASSERT_THAT(store.intents().reopen(kNow + 24h, stamp(24h)), IsOk());

  EXPECT_EQ(store.intents().count_open().value(), 0);
}

TEST_F(IntentsTest, KeepTheirKinds) {
  std::vector<IntentKind> kinds;
  for (const IntentKind kind : {IntentKind::Invite, IntentKind::BulkInvite, IntentKind::Enroll,
                                IntentKind::Remind, IntentKind::Cancel}) {
    ASSERT_THAT(store.intents().open(kind, "screen", {}, "", kNow, stamp()), IsOk());
  }
  const std::vector<Intent> open = store.intents().open_intents().value();
  for (const Intent& intent : open) kinds.push_back(intent.kind);

  EXPECT_THAT(kinds, ElementsAre(IntentKind::Invite, IntentKind::BulkInvite, IntentKind::Enroll,
                                 IntentKind::Remind, IntentKind::Cancel))
      << "oldest first";
}

TEST_F(IntentsTest, OfAReminderOrACancellationLeaveTheStateAsItIs) {
  invite("a-1");
  ASSERT_THAT(store.intents().open(IntentKind::Remind, "screen", {key("a-1")}, "", kNow, stamp()),
              IsOk());

  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(IntentsTest, AreAllOrNothing) {
  const Result<IntentKey> intent = store.intents().open(
      IntentKind::Remind, "screen", {key("a-1"), EngagementKey{999}}, "", kNow, stamp());

  EXPECT_THAT(intent, FailsWith(ErrorKind::Fatal));
  EXPECT_EQ(store.intents().count_open().value(), 0);
}

TEST_F(IntentsTest, InvitedKnowsItsTokenAndEndsInSevenDays) {
  const SettledCounts counts =
      answered({.answer = Answer::Invited, .token = InviteToken("t-1")}, 5min);

  EXPECT_EQ(counts.invited, 1);
  EXPECT_EQ(counts.already_invited, 0);
  const Engagement mia = engagement("a-1");
  EXPECT_EQ(mia.state, State::Invited);
  EXPECT_EQ(mia.token.reveal(), "t-1");
  EXPECT_EQ(mia.contacted_at, kNow + 5min);
  EXPECT_EQ(mia.expires_at, kNow + 5min + 7 * kDay);
  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(IntentsTest, InvitedEndsWhenTheAnswerSays) {
  answered({.answer = Answer::Invited, .expires_at = kNow + 2 * kDay});

  EXPECT_EQ(engagement("a-1").expires_at, kNow + 2 * kDay);
}

TEST_F(IntentsTest, InvitedBeforeIsCountedApartAndLearnt) {
  const SettledCounts counts = answered(
      {.answer = Answer::Invited, .origin = Origin::Before, .standing = Standing::ToLearn});

  EXPECT_EQ(counts.invited, 0);
  EXPECT_EQ(counts.already_invited, 1);
  EXPECT_EQ(engagement("a-1").expires_at, std::nullopt);
  EXPECT_EQ(store.engagements().count_unsure(kNow).value(), 1);
}

TEST_F(IntentsTest, EnrolledKnowsItsId) {
  const SettledCounts counts =
      answered({.answer = Answer::Enrolled, .enrollment = EnrollmentId("e-1")});

  EXPECT_EQ(counts.enrolled, 1);
  EXPECT_EQ(state("a-1"), State::Enrolled);
  EXPECT_EQ(engagement("a-1").enrollment, EnrollmentId("e-1"));
}

TEST_F(IntentsTest, EnrolledMayLackItsId) {
  answered({.answer = Answer::Enrolled});

  EXPECT_EQ(state("a-1"), State::Enrolled);
  EXPECT_TRUE(engagement("a-1").enrollment.empty());
}

TEST_F(IntentsTest, RequeuedGoesAgainButWasAttempted) {
  answered({.answer = Answer::Requeued, .reason = "quota"});

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_TRUE(engagement("a-1").attempted);
  EXPECT_EQ(engagement("a-1").contacted_at, std::nullopt);
  EXPECT_EQ(store.engagements().queues().value().at(0).persons, 2);
}

TEST_F(IntentsTest, LeftWithdrawsTheApplicationsThatHaveLeft) {
  accept({listed("a-3", "a@example.org")});
  const EngagementKey shared = key("a-1");
  const IntentKey intent =
      store.intents().open(IntentKind::BulkInvite, "screen", {shared}, "", kNow, stamp()).value();
  accept({gone("a-1", "a@example.org")});
  ASSERT_EQ(state("a-1"), State::Dispatching) << "the call may have been made";

  ASSERT_THAT(
      store.intents().settle(intent, {{.engagement = shared, .answer = Answer::Left}}, stamp()),
      IsOk());

  EXPECT_EQ(state("a-1"), State::Withdrawn);
  EXPECT_EQ(state("a-3"), State::Queued);
}

TEST_F(IntentsTest, BlockedSaysWhy) {
  const SettledCounts counts = answered({.answer = Answer::Blocked, .reason = "opted out"});

  EXPECT_EQ(counts.blocked, 1);
  EXPECT_EQ(state("a-1"), State::Blocked);
  EXPECT_EQ(story("a-1").reason, "opted out");
}

TEST_F(IntentsTest, BlockedCountsEachApplication) {
  accept({listed("a-3", "a@example.org")});

  EXPECT_EQ(answered({.answer = Answer::Blocked, .reason = "opted out"}).blocked, 2);
}

TEST_F(IntentsTest, RemindedCountsAndKeepsTheTime) {
  invite("a-1");

  const SettledCounts counts =
      settle(IntentKind::Remind, {.engagement = key("a-1"), .answer = Answer::Reminded}, 3 * kDay);

  EXPECT_EQ(counts.reminded, 1);
  EXPECT_EQ(engagement("a-1").reminders, 1);
  EXPECT_EQ(engagement("a-1").reminded_at, kNow + 3 * kDay);
  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(IntentsTest, CancelledEndsTheScreening) {
  invite("a-1");

  const SettledCounts counts =
      settle(IntentKind::Cancel,
             {.engagement = key("a-1"), .answer = Answer::Cancelled, .reason = "left the stage"});

  EXPECT_EQ(counts.cancelled, 1);
  EXPECT_EQ(state("a-1"), State::Cancelled);
  EXPECT_EQ(engagement("a-1").outcome->verdict, Verdict::Cancelled);
}

TEST_F(IntentsTest, UnchangedChangesNothingAndIsDone) {
  invite("a-1");

  settle(IntentKind::Remind, {.engagement = key("a-1"), .answer = Answer::Unchanged}, 1h);

  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_EQ(engagement("a-1").reminders, 0);
  EXPECT_EQ(store.intents().count_open().value(), 0);
}

TEST_F(IntentsTest, StayOpenUntilAllIsAnswered) {
  const IntentKey intent =
      store.intents()
          .open(IntentKind::BulkInvite, "screen", {key("a-1"), key("a-2")}, "body", kNow, stamp())
          .value();

  ASSERT_THAT(store.intents().settle(
                  intent, {{.engagement = key("a-1"), .answer = Answer::Invited}}, stamp()),
              IsOk());
  const std::vector<Intent> open = store.intents().open_intents().value();
  ASSERT_THAT(open, SizeIs(1));
  ASSERT_THAT(open[0].engagements, SizeIs(1));
  EXPECT_EQ(open[0].engagements[0].email, "b@example.org");

  ASSERT_THAT(store.intents().settle(
                  intent, {{.engagement = key("a-2"), .answer = Answer::Invited}}, stamp()),
              IsOk());
  EXPECT_THAT(store.intents().open_intents().value(), IsEmpty());
  EXPECT_EQ(raw("SELECT state || body FROM intent"), "done") << "what was sent is not kept";
}

TEST_F(IntentsTest, KnowWhoIsStillWanted) {
  accept({listed("a-3", "a@example.org")});
  const EngagementKey shared = key("a-1");
  EXPECT_TRUE(store.intents().still_wanted(shared).value());

  accept({gone("a-1", "a@example.org")});
  EXPECT_TRUE(store.intents().still_wanted(shared).value());

  accept({gone("a-3", "a@example.org")});
  EXPECT_FALSE(store.intents().still_wanted(shared).value());
}

TEST_F(IntentsTest, KnowWhomWeAskedToInviteOurselves) {
  EXPECT_FALSE(store.intents().invited_directly("screen", "a@example.org").value());
  invite("a-1");

  EXPECT_TRUE(store.intents().invited_directly("screen", "a@example.org").value());
  EXPECT_FALSE(store.intents().invited_directly("other", "a@example.org").value());
  EXPECT_FALSE(store.intents().invited_directly("screen", "b@example.org").value());
}

}  // namespace
}  // namespace praxisync::store
