#include "store/spreads.h"

#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SpreadsTest : public StoreTest {
 protected:
  /// Invited now, completed `after` that.
  void scores(const std::string& application, double score, Milliseconds after) {
    invite(application);
    SessionResult row = result_of("token-" + application, "", score >= 50);
    row.outcome.score_percentage = score;
    row.outcome.completed_at = kNow + after;
    results("screen", {row}, after);
  }
  void crowd(int people) {
    std::vector<Listed> all;
    for (int i = 0; i < people; ++i) {
      const std::string id = "a-" + std::to_string(i);
      all.push_back(listed(id, id + "@example.org"));
    }
    accept(all);
  }
};

TEST_F(SpreadsTest, OfANewDatabaseAreEmpty) {
  EXPECT_THAT(store.spreads().scores().value(), IsEmpty());
  EXPECT_THAT(store.spreads().times().value(), IsEmpty());
  EXPECT_THAT(store.spreads().blocked(10).value(), IsEmpty());
}

TEST_F(SpreadsTest, ScoresAreCountedByTensWithTheirMedian) {
  crowd(6);
  const std::vector<double> given = {0, 9.9, 10, 89.5, 90, 100};
  for (std::size_t i = 0; i < given.size(); ++i) scores("a-" + std::to_string(i), given[i], 1h);

  const std::vector<ScoreSpread> all = store.spreads().scores().value();

  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].route, RouteName("backend"));
  EXPECT_THAT(all[0].people, ElementsAre(2, 1, 0, 0, 0, 0, 0, 0, 1, 2));
  EXPECT_EQ(all[0].count, 6);
  EXPECT_EQ(all[0].median, 10) << "the lower of the two in the middle";
}

TEST_F(SpreadsTest, EachRouteHasItsOwn) {
  accept({listed("a-1", "a@example.org", {to_screen("backend"), to_screen("infra")}),
          listed("a-2", "b@example.org", {to_screen("infra")})});
  scores("a-1", 70, 1h);

  const std::vector<ScoreSpread> all = store.spreads().scores().value();

  ASSERT_THAT(all, SizeIs(2)) << "one result, two routes that wanted it";
  EXPECT_EQ(all[1].route, RouteName("infra"));
  EXPECT_EQ(all[1].count, 1);
  EXPECT_EQ(all[1].median, 70);
}

TEST_F(SpreadsTest, TimesGoByStepsFromTheInvitation) {
  crowd(5);
  scores("a-0", 60, 59min);
  scores("a-1", 60, 1h);
  scores("a-2", 60, 4h);
  scores("a-3", 60, 23h);
  scores("a-4", 60, 30 * 24h);

  const std::vector<TimeSpread> all = store.spreads().times().value();

  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].people, ElementsAre(1, 1, 1, 1, 0, 0, 0, 0, 1));
  EXPECT_EQ(all[0].count, 5);
  EXPECT_EQ(all[0].median, 4h);
}

TEST_F(SpreadsTest, AResultFromBeforeTheInvitationTookNoTime) {
  crowd(1);
  scores("a-0", 60, -5min);

  const std::vector<TimeSpread> all = store.spreads().times().value();

  EXPECT_EQ(all.at(0).people[0], 1);
  EXPECT_EQ(all.at(0).median, 0ms);
}

TEST_F(SpreadsTest, WhoeverIsBlockedIsNamedUpToTheLimit) {
  accept({listed("a-1", ""), listed("a-2", ""), listed("a-3", "c@example.org")});

  const std::vector<BlockedPerson> all = store.spreads().blocked(10).value();

  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].application, ApplicationId("a-1"));
  EXPECT_EQ(all[0].name, "Name of a-1");
  EXPECT_EQ(all[0].reason, "email: missing");
  EXPECT_EQ(all[0].since, kNow);
  EXPECT_THAT(store.spreads().blocked(1).value(), SizeIs(1));
}

TEST_F(SpreadsTest, WhoWasBlockedBeforeIsToldFromWhoIsNew) {
  accept({listed("a-1", "")});

  EXPECT_THAT(store.view().blocked(kNow).value(), SizeIs(1));
  EXPECT_THAT(store.view().blocked(kNow + 1ms).value(), IsEmpty());
}

}  // namespace
}  // namespace praxisync::store
