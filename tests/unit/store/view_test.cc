#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST_F(StoreTest, BacklogOfANewDatabaseIsEmpty) {
  const Backlog backlog = store.view().backlog().value();

  EXPECT_EQ(
      backlog.queued + backlog.waiting + backlog.to_write + backlog.blocked + backlog.unsettled, 0);
}

TEST_F(StoreTest, BacklogCountsWhatIsStillToDo) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org"),
          listed("a-3", "c@example.org"), listed("a-4", "d@example.org"), listed("a-5", "")});
  invite("a-2");
  ASSERT_THAT(store.intents().open(IntentKind::BulkInvite, "screen", {engagement("a-3").key}, "",
                                   kNow, stamp()),
              IsOk());
  complete("a-4", true);
  const Finished finished = store.write_backs().unplanned(kGh, ScreeningKey{}, 1).value().at(0);
  ASSERT_THAT(store.write_backs().plan(finished, {{ActionKind::Tag, "", "x", "px:1"}}, Reinvite::No,
                                       stamp()),
              IsOk());

  const Backlog backlog = store.view().backlog().value();

  EXPECT_EQ(backlog.queued, 2) << "one waits, one is being sent";
  EXPECT_EQ(backlog.waiting, 1);
  EXPECT_EQ(backlog.blocked, 1);
  EXPECT_EQ(backlog.to_write, 1);
  EXPECT_EQ(backlog.unsettled, 1);
}

TEST_F(StoreTest, RoutesAreCountedByState) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org"), listed("a-3", ""),
          listed("a-4", "d@example.org", {to_grad()})});
  invite("a-1");

  const std::vector<RouteCount> routes = store.view().by_route().value();

  ASSERT_THAT(routes, SizeIs(2));
  EXPECT_EQ(routes[0].route, RouteName("backend"));
  EXPECT_THAT(routes[0].by_state,
              UnorderedElementsAre(Pair(State::Queued, 1), Pair(State::Invited, 1),
                                   Pair(State::Blocked, 1)));
  EXPECT_EQ(routes[1].route, RouteName("graduates"));
  EXPECT_THAT(routes[1].by_state, ElementsAre(Pair(State::Queued, 1)));
}

TEST_F(StoreTest, FunnelCountsEverybodyAtEachStepUpToTheirs) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org"),
          listed("a-3", "c@example.org"), listed("a-4", "d@example.org"),
          listed("a-5", "e@example.org"), listed("a-6", ""), listed("a-7", "g@example.org"),
          listed("a-8", "h@example.org", {to_grad()})});
  invite("a-2");
  invite("a-3");
  sightings({sighting_of("token-a-3", "", State::Started)});
  complete("a-4", true);
  complete("a-5", false);
  invite("a-7");
  sightings({sighting_of("token-a-7", "", State::Started)});
  expire("a-7");
  const Finished finished = store.write_backs().unplanned(kGh, ScreeningKey{}, 1).value().at(0);
  ASSERT_THAT(store.write_backs().plan(finished, {}, Reinvite::No, stamp()), IsOk());
  accept({gone("a-1", "a@example.org")});

  const std::vector<RouteFunnel> routes = store.view().funnel().value();

  ASSERT_THAT(routes, SizeIs(2));
  const RouteFunnel& backend = routes[0];
  EXPECT_EQ(backend.route, RouteName("backend"));
  EXPECT_EQ(backend.in_stage, 7);
  EXPECT_EQ(backend.in_stage_now, 6) << "a-1 has left";
  EXPECT_EQ(backend.invited, 5);
  EXPECT_EQ(backend.started, 4) << "whoever completed had started, and a-7 before it expired";
  EXPECT_EQ(backend.completed, 2);
  EXPECT_EQ(backend.passed, 1);
  EXPECT_EQ(backend.failed, 1);
  EXPECT_EQ(backend.written_back, 1);
  EXPECT_EQ(routes[1].route, RouteName("graduates"));
  EXPECT_EQ(routes[1].in_stage, 1);
  EXPECT_EQ(routes[1].invited, 0);
}

TEST_F(StoreTest, VersionChangesWhenAnotherConnectionHasCommitted) {
  Store reader = Store::open_for_reading(path).value();
  const std::int64_t before = reader.view().version().value();
  EXPECT_EQ(reader.view().version().value(), before);

  accept({listed("a-1", "a@example.org")});

  EXPECT_NE(reader.view().version().value(), before);
}

TEST_F(StoreTest, BlockedAreGroupedByReason) {
  accept({listed("a-1", ""), listed("a-2", " "), listed("a-3", "a@b@c")});

  const std::vector<BlockedReason> blocked = store.view().blocked().value();

  ASSERT_THAT(blocked, SizeIs(2));
  EXPECT_EQ(blocked[0].reason, "email: missing");
  EXPECT_EQ(blocked[0].screenings, 2);
  EXPECT_EQ(blocked[1].reason, "email: not one '@'");
}

TEST_F(StoreTest, CheckpointsAreListedByStream) {
  accept({});
  results("screen", {});

  std::vector<std::string> streams;
  const std::vector<StreamCheckpoint> all = store.view().checkpoints().value();
  for (const StreamCheckpoint& entry : all) {
    streams.push_back(entry.stream);
  }
  EXPECT_THAT(streams, ElementsAre("pull:gh", "results:screen"));
}

TEST_F(StoreTest, QueueIsListedInTheOrderOfSending) {
  accept({listed("a-2", "b@example.org", {to_grad()}), listed("a-1", "a@example.org"),
          listed("a-3", "a@example.org"), listed("a-4", "c@example.org")});
  invite("a-4");

  std::vector<std::string> queue;
  const std::vector<QueuedScreening> all = store.view().queued().value();
  for (const QueuedScreening& waiting : all) {
    queue.push_back(waiting.target.slug + ":" + waiting.application.text());
  }
  EXPECT_THAT(queue, ElementsAre("screen:a-1", "screen:a-3", "grad:a-2"));
}

TEST_F(StoreTest, StoryIsFoundByIdCandidateOrAddressInAnyCase) {
  accept({listed("a-1", "Mia@Example.org"), listed("a-2", "noa@example.org")});

  for (const char* who : {"a-1", "person-a-1", "mia@example.org", " MIA@EXAMPLE.ORG "}) {
    const std::vector<Story> found = store.view().explain(who).value();
    ASSERT_THAT(found, SizeIs(1)) << who;
    EXPECT_EQ(found[0].application, ApplicationId("a-1"));
  }
  EXPECT_THAT(store.view().explain("a").value(), IsEmpty());
  EXPECT_THAT(store.view().explain("%").value(), IsEmpty());
  EXPECT_THAT(store.view().explain("' OR 1=1 --").value(), IsEmpty());
}

TEST_F(StoreTest, StoryIsFoundByTheAddressThatWasInvited) {
  accept({listed("a-1", "old@example.org")});
  invite("a-1");
  accept({listed("a-1", "new@example.org")});

  EXPECT_THAT(store.view().explain("old@example.org").value(), SizeIs(1));
  EXPECT_THAT(store.view().explain("new@example.org").value(), SizeIs(1));
}

TEST_F(StoreTest, StoryOfSomebodyBlockedHasNoEngagement) {
  accept({listed("a-1", "")});

  EXPECT_FALSE(story("a-1").engagement.has_value());
  EXPECT_THAT(story("a-1").history, SizeIs(1));
}

TEST_F(StoreTest, StoriesAreAHundredAtMost) {
  std::vector<Listed> many;
  for (int i = 0; i < 120; ++i) many.push_back(listed("a-" + std::to_string(i), "mia@example.org"));
  accept(many);

  EXPECT_THAT(store.view().explain("mia@example.org").value(), SizeIs(100));
}

}  // namespace
}  // namespace praxisync::store
