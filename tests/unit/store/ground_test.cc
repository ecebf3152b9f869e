#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class GroundTest : public StoreTest {
 protected:
  ContactGround ground(const std::string& application) {
    return store.ground()
        .contact(kGh, ApplicationId(application), RouteName("backend"))
        .value()
        .value();
  }
  std::vector<std::string> queue() {
    std::vector<std::string> emails;
    const auto people = store.engagements().queued({kScreen, SendEmail::Yes}, {}, 100).value();
    for (const Engagement& person : people) emails.push_back(person.email);
    return emails;
  }
};

TEST_F(GroundTest, IsWhatTheDatabaseHasOfOneApplicationUnderOneRoute) {
  accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(ground("a-1").target, kScreen);
  EXPECT_EQ(ground("a-1").email, "mia@example.org");
  EXPECT_EQ(ground("a-1").stage, "Technical Test");
  EXPECT_EQ(ground("a-1").engagement_state, State::Queued);
  EXPECT_FALSE(
      store.ground().contact(kGh, ApplicationId("a-1"), RouteName("data")).value().has_value());
  EXPECT_FALSE(
      store.ground().contact(kGh, ApplicationId("a-2"), RouteName("backend")).value().has_value());
}

TEST_F(GroundTest, OfSomebodyBlockedForTheAddressHasNoEngagement) {
  accept({listed("a-1", "")});

  EXPECT_EQ(ground("a-1").engagement, EngagementKey{});
  EXPECT_EQ(ground("a-1").state, State::Blocked);
}

TEST_F(GroundTest, NarrowsTheQueueToTheChosen) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org"),
          listed("a-3", "c@example.org")});

  ASSERT_THAT(store.ground().narrow_to({ground("a-2").engagement}, {}), IsOk());
  accept({listed("a-4", "d@example.org")});

  EXPECT_THAT(queue(), ElementsAre("b@example.org"));
  ASSERT_THAT(store.engagements().queues().value(), SizeIs(1));
  EXPECT_EQ(store.engagements().queues().value()[0].persons, 1);
}

TEST_F(GroundTest, NarrowedToNobodyHasNoQueue) {
  accept({listed("a-1", "a@example.org")});

  ASSERT_THAT(store.ground().narrow_to({}, {}), IsOk());

  EXPECT_THAT(queue(), IsEmpty());
}

TEST_F(GroundTest, NarrowingEndsWithTheConnection) {
  accept({listed("a-1", "a@example.org")});
  ASSERT_THAT(store.ground().narrow_to({}, {}), IsOk());

  EXPECT_THAT(Store::open_for_reading(path).value().engagements().queues().value(), SizeIs(1));
}

TEST_F(GroundTest, NarrowsTheWriteBacksToTheChosen) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");
  complete("a-1", true);
  const std::vector<Finished> finished =
      store.write_backs().unplanned(kGh, ScreeningKey{}, 10).value();
  ASSERT_THAT(finished, SizeIs(1));
  ASSERT_THAT(store.write_backs().plan(finished[0],
                                       {{ActionKind::Note, "", "80 %", "px:note"},
                                        {ActionKind::Tag, "", "passed", "px:tag"}},
                                       Reinvite::No, stamp()),
              IsOk());

  const WriteGround tag = store.ground().write("px:tag").value().value();
  ASSERT_THAT(store.ground().narrow_to({}, {tag.key}), IsOk());

  EXPECT_EQ(tag.value, "passed");
  EXPECT_EQ(tag.state, "planned");
  EXPECT_FALSE(store.ground().write("px:none").value().has_value());
  const auto pending = store.write_backs().pending(kGh, WriteBackKey{}, 10).value();
  ASSERT_THAT(pending, SizeIs(1));
  EXPECT_EQ(pending[0].action.marker, "px:tag");
}

TEST_F(GroundTest, HoldsAHundredThousandActions) {
  std::vector<EngagementKey> many;
  for (std::int64_t key = 1; key <= 100'000; ++key) many.push_back(EngagementKey{key});
  accept({listed("a-1", "a@example.org")});

  ASSERT_THAT(store.ground().narrow_to(many, {}), IsOk());

  EXPECT_THAT(queue(), SizeIs(1));
}

TEST_F(GroundTest, IdentityIsOfOneDatabaseAndItsCopies) {
  Result<Store> other = Store::scratch();
  ASSERT_THAT(other, IsOk());

  const Identity own = store.ground().identity().value();

  EXPECT_EQ(own.database.size(), 32U);
  EXPECT_EQ(own.plan_key.reveal().size(), 64U);
  EXPECT_EQ(store.scratch_copy().value().ground().identity().value().database, own.database);
  EXPECT_NE(other->ground().identity().value().database, own.database);
  EXPECT_NE(other->ground().identity().value().plan_key, own.plan_key);
}

}  // namespace
}  // namespace praxisync::store
