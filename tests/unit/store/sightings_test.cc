// What the list of invitations says.
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class SightingsTest : public StoreTest {
 protected:
  void SetUp() override { accept({listed("a-1", "a@example.org")}); }

  /// Invited by somebody before us: neither token nor end is known.
  void invited_before() {
    settle(IntentKind::BulkInvite, {.engagement = engagement("a-1").key,
                                    .answer = Answer::Invited,
                                    .origin = Origin::Before,
                                    .standing = Standing::ToLearn});
  }
  int unsure(Milliseconds after) {
    const int count = store.engagements().count_unsure(kNow + after).value();
    EXPECT_THAT(store.engagements().unsure(kNow + after, EngagementKey{}, 10).value(),
                SizeIs(static_cast<std::size_t>(count)));
    return count;
  }
};

TEST_F(SightingsTest, TellWhoHasStarted) {
  invite("a-1");

  const CollectCounts counts = sightings({sighting_of("token-a-1", "", State::Started)});

  EXPECT_EQ(counts.started, 1);
  EXPECT_EQ(counts.news, 1);
  EXPECT_EQ(state("a-1"), State::Started);
  EXPECT_EQ(sightings({sighting_of("token-a-1", "", State::Started)}).news, 0);
}

TEST_F(SightingsTest, TellWhoseTimeRanOut) {
  invite("a-1");

  const CollectCounts counts = sightings({sighting_of("token-a-1", "", State::Expired)});

  EXPECT_EQ(counts.expired, 1);
  EXPECT_EQ(counts.completed, 0);
  EXPECT_EQ(state("a-1"), State::Expired);
}

TEST_F(SightingsTest, TellWhoIsDoneButNotHow) {
  invite("a-1");

  const CollectCounts counts = sightings({sighting_of("token-a-1", "", State::Passed)});

  EXPECT_EQ(counts.completed, 0);
  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_THAT(store.engagements().wanting_detail({}, EngagementKey{}, 10).value(), SizeIs(1));
}

TEST_F(SightingsTest, NameTheAssessmentWhoseResultsHoldNewsUntilTheyAreRead) {
  invite("a-1");
  const auto before = store.engagements().completed_unread().value();

  sightings({sighting_of("token-a-1", "", State::Passed)});
  const auto seen = store.engagements().completed_unread().value();
  results("screen", {result_of("token-a-1", "", true)});

  EXPECT_THAT(before, IsEmpty());
  EXPECT_THAT(seen, ElementsAre(testing::Pair("screen", 1)));
  EXPECT_THAT(store.engagements().completed_unread().value(), IsEmpty());
}

TEST_F(SightingsTest, OfAnUnknownStatusChangeNoState) {
  invite("a-1");

  EXPECT_EQ(sightings({sighting_of("token-a-1", "", std::nullopt)}).news, 0);
  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(SightingsTest, OfAnotherInvitationChangeNothing) {
  invite("a-1");

  EXPECT_EQ(sightings({sighting_of("another", "a@example.org", State::Expired)}).news, 0);
  EXPECT_EQ(state("a-1"), State::Invited);
}

TEST_F(SightingsTest, OfSomebodyInTheQueueChangeNothing) {
  sightings({sighting_of("t", "a@example.org", State::Expired)});

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_TRUE(engagement("a-1").token.empty());
}

TEST_F(SightingsTest, TeachTheTokenAndTheEnd) {
  invited_before();
  ASSERT_EQ(unsure(0ms), 1);
  InviteSighting row = sighting_of("t-1", "a@example.org", State::Invited);
  row.expires_at = kNow + 3 * kDay;

  EXPECT_EQ(sightings({row}).news, 1);

  EXPECT_EQ(engagement("a-1").token.reveal(), "t-1");
  EXPECT_EQ(engagement("a-1").expires_at, kNow + 3 * kDay);
  EXPECT_EQ(unsure(1h), 0);
}

TEST_F(SightingsTest, OfAStaleListDoNotStartTheDead) {
  complete("a-1", true);

  EXPECT_EQ(sightings({sighting_of("token-a-1", "", State::Started)}).started, 0);
  EXPECT_EQ(state("a-1"), State::Passed);
}

TEST_F(SightingsTest, AreAskedForAfterTheEndOnceADay) {
  invite("a-1");
  EXPECT_EQ(unsure(7 * kDay - 1ms), 0);
  EXPECT_EQ(unsure(7 * kDay), 1);

  ASSERT_THAT(store.engagements().mark_checked(kNow + 7 * kDay), IsOk());
  EXPECT_EQ(unsure(7 * kDay + 23h), 0);
  EXPECT_EQ(unsure(8 * kDay + 1ms), 1);
}

TEST_F(SightingsTest, AreNotAskedForOfWhoIsDone) {
  complete("a-1", true);

  EXPECT_EQ(unsure(30 * kDay), 0);
}

TEST_F(SightingsTest, MissingForGoodAreACancellation) {
  invite("a-1");

  ASSERT_THAT(store.engagements().record_gone(engagement("a-1").key, stamp()), IsOk());

  EXPECT_EQ(state("a-1"), State::Cancelled);
  EXPECT_EQ(story("a-1").reason, "the Assess API no longer has the invitation");
}

TEST_F(SightingsTest, MissingAfterTheEndChangeNothing) {
  complete("a-1", true);

  ASSERT_THAT(store.engagements().record_gone(engagement("a-1").key, stamp()), IsOk());

  EXPECT_EQ(state("a-1"), State::Passed);
}

TEST_F(SightingsTest, OfOpenTargetsAreCountedByTheTimeOfContact) {
  accept({listed("a-2", "b@example.org"), listed("a-3", "c@example.org")});
  invite("a-1");
  invite("a-2", 2h);
  EXPECT_THAT(store.engagements().open_targets(kNow, kNow + 2h).value(),
              ElementsAre(Field(&Open::contacted_before, 0)));

  const std::vector<Open> open = store.engagements().open_targets(kNow + 1h, kNow + 2h).value();

  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].target, kScreen);
  EXPECT_EQ(open[0].persons, 2);
  EXPECT_EQ(open[0].contacted_before, 1);
  EXPECT_EQ(open[0].oldest, kNow);
  EXPECT_EQ(store.engagements().count_contacted().value(), 2);
}

TEST_F(SightingsTest, WhoWasContactedBeforeTheClockWasSetBackWasContactedBefore) {
  invite("a-1", 2h);

  const std::vector<Open> open = store.engagements().open_targets(kNow, kNow + 1h).value();

  EXPECT_THAT(open, ElementsAre(Field(&Open::contacted_before, 1)));
}

TEST_F(SightingsTest, OfTargetsWithoutAnybodyAreNotWanted) {
  EXPECT_THAT(store.engagements().open_targets(kNow, kNow).value(), IsEmpty());
}

}  // namespace
}  // namespace praxisync::store
