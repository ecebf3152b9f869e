// Who is due for a reminder or a cancellation.
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LifecycleTest : public StoreTest {
 protected:
  const RouteName backend{"backend"};

  std::vector<std::string> due_for_reminder(Milliseconds now, int most = 2) {
    return emails(store.intents().due_for_reminder(backend, kNow + now, 72h, most, {}, 100));
  }
  std::vector<std::string> due_for_cancelling() {
    return emails(store.intents().due_for_cancelling(backend, EngagementKey{}, 100));
  }
  void remind(const std::string& application, Milliseconds after) {
    settle(IntentKind::Remind,
           {.engagement = engagement(application).key, .answer = Answer::Reminded}, after);
  }

 private:
  static std::vector<std::string> emails(const Result<std::vector<Engagement>>& found) {
    EXPECT_THAT(found, IsOk());
    std::vector<std::string> all;
    for (const Engagement& person : *found) all.push_back(person.email);
    return all;
  }
};

TEST_F(LifecycleTest, RemindsAfterTheTimeAndNotBefore) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  invite("a-1");

  EXPECT_THAT(due_for_reminder(72h - 1ms), IsEmpty());
  EXPECT_THAT(due_for_reminder(72h), ElementsAre("a@example.org"));
}

TEST_F(LifecycleTest, RemindsAgainAfterTheLastReminder) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");
  remind("a-1", 72h);

  EXPECT_THAT(due_for_reminder(144h - 1ms), IsEmpty());
  EXPECT_THAT(due_for_reminder(144h), ElementsAre("a@example.org"));
}

TEST_F(LifecycleTest, RemindsNoMoreThanTheRouteAllows) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");
  remind("a-1", 72h);

  EXPECT_THAT(due_for_reminder(150h, 1), IsEmpty());
  EXPECT_THAT(due_for_reminder(150h, 2), ElementsAre("a@example.org"));
}

TEST_F(LifecycleTest, RemindsNobodyWhoseInvitationHasRunOut) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");

  EXPECT_THAT(due_for_reminder(7 * kDay - 1ms), ElementsAre("a@example.org"));
  EXPECT_THAT(due_for_reminder(7 * kDay), IsEmpty());
}

TEST_F(LifecycleTest, RemindsNobodyWhoIsDoneOrHasLeft) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  complete("a-1", true);
  invite("a-2");
  accept({gone("a-2", "b@example.org")});

  EXPECT_THAT(due_for_reminder(80h), IsEmpty());
}

TEST_F(LifecycleTest, RemindsNobodyOfWhomAnIntentIsOpen) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");
  ASSERT_THAT(store.intents().open(IntentKind::Remind, "screen", {engagement("a-1").key}, "", kNow,
                                   stamp()),
              IsOk());

  EXPECT_THAT(due_for_reminder(80h), IsEmpty());
}

TEST_F(LifecycleTest, RemindsByTheRulesOfThePersonsFirstRoute) {
  accept({listed("a-1", "a@example.org", {to_screen("other")}), listed("a-2", "a@example.org")});
  const EngagementKey shared = engagement("a-2").key;
  settle(IntentKind::Invite,
         {.engagement = shared, .answer = Answer::Invited, .token = InviteToken("t")});

  EXPECT_THAT(due_for_reminder(80h), IsEmpty());
  EXPECT_EQ(store.intents()
                .due_for_reminder(RouteName("other"), kNow + 80h, 72h, 1, {}, 10)
                .value()
                .size(),
            1U);
}

TEST_F(LifecycleTest, RemindsNobodyWhoseInvitationIsNotKnownYet) {
  accept({listed("a-1", "a@example.org")});
  settle(IntentKind::BulkInvite, {.engagement = engagement("a-1").key,
                                  .answer = Answer::Invited,
                                  .origin = Origin::Before,
                                  .standing = Standing::ToLearn});

  EXPECT_THAT(due_for_reminder(80h), IsEmpty());
}

TEST_F(LifecycleTest, CancelsWhoHasLeftWithoutStarting) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  invite("a-1");
  invite("a-2");
  accept({gone("a-1", "a@example.org")});

  EXPECT_THAT(due_for_cancelling(), ElementsAre("a@example.org"));
}

TEST_F(LifecycleTest, CancelsNobodyWhoHasStarted) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");
  sightings({sighting_of("token-a-1", "", State::Started)});
  accept({gone("a-1", "a@example.org")});

  EXPECT_THAT(due_for_cancelling(), IsEmpty());
}

TEST_F(LifecycleTest, CancelsNobodyWhomAnotherApplicationNeeds) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "a@example.org")});
  invite("a-1");
  accept({gone("a-1", "a@example.org")});
  EXPECT_THAT(due_for_cancelling(), IsEmpty());

  accept({gone("a-2", "a@example.org")});
  EXPECT_THAT(due_for_cancelling(), ElementsAre("a@example.org"));
}

TEST_F(LifecycleTest, CancelsNobodyWhoIsAlsoUnderAnotherRoute) {
  accept({listed("a-1", "a@example.org", {to_screen(), to_screen("other")})});
  invite("a-1");
  accept({gone("a-1", "a@example.org")});

  EXPECT_THAT(due_for_cancelling(), IsEmpty()) << "the other route may not cancel";
}

TEST_F(LifecycleTest, CancelsNobodyTwice) {
  accept({listed("a-1", "a@example.org")});
  invite("a-1");
  accept({gone("a-1", "a@example.org")});
  ASSERT_THAT(store.intents().open(IntentKind::Cancel, "screen", {engagement("a-1").key}, "", kNow,
                                   stamp()),
              IsOk());

  EXPECT_THAT(due_for_cancelling(), IsEmpty());
}

}  // namespace
}  // namespace praxisync::store
