#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class SafetyTest : public StoreTest {
 protected:
  static std::vector<Listed> people(int first, int count) {
    std::vector<Listed> all;
    for (int i = first; i < first + count; ++i) {
      all.push_back(listed("a-" + std::to_string(i), "p" + std::to_string(i) + "@example.org"));
    }
    return all;
  }
  int in_queues() {
    const Result<std::vector<Queue>> queues = store.engagements().queues();
    int persons = 0;
    for (const Queue& queue : queues.value()) persons += queue.persons;
    return persons;
  }
  DomainChanges apply(const EmailDomains& domains) {
    return store.safety().apply_domains(domains, stamp()).value();
  }
};

TEST_F(SafetyTest, AFirstPullIsHeldAgainstNothing) {
  accept(people(0, 100), {.sweep = Sweep::Whole});

  EXPECT_THAT(store.safety().hold_grown().value().routes, IsEmpty());
  EXPECT_EQ(in_queues(), 100);
}

TEST_F(SafetyTest, TenTimesAsManyAreHeldAndInNoQueue) {
  accept(people(0, 6), {.sweep = Sweep::Whole});
  accept(people(0, 60), {.sweep = Sweep::Whole});

  const Growth growth = store.safety().hold_grown().value();

  ASSERT_THAT(growth.routes, SizeIs(1));
  EXPECT_EQ(growth.routes[0].route, RouteName("backend"));
  EXPECT_EQ(growth.routes[0].had, 6);
  EXPECT_EQ(growth.routes[0].has, 60);
  EXPECT_EQ(growth.routes[0].queued, 60);
  EXPECT_EQ(growth.persons, 60);
  EXPECT_EQ(in_queues(), 0);
  EXPECT_THAT(store.engagements().queued({kScreen, SendEmail::Yes}, {}, 10).value(), IsEmpty());
  EXPECT_THAT(store.safety().held().value(), SizeIs(1));
}

struct Grown {
  int had, has;
  bool held;
};
void PrintTo(const Grown& row, std::ostream* out) { *out << row.had << " to " << row.has; }
class Growing : public SafetyTest, public testing::WithParamInterface<Grown> {};

TEST_P(Growing, IsHeldFromTheFactorAndTheFloorOn) {
  accept(people(0, GetParam().had), {.sweep = Sweep::Whole});
  accept(people(0, GetParam().has), {.sweep = Sweep::Whole});

  EXPECT_EQ(!store.safety().hold_grown().value().routes.empty(), GetParam().held);
}

INSTANTIATE_TEST_SUITE_P(Table, Growing,
                         testing::Values(Grown{1, 50, false}, Grown{1, 51, true},
                                         Grown{6, 59, false}, Grown{6, 60, true},
                                         Grown{20, 199, false}, Grown{20, 200, true}),
                         [](const auto& row) {
                           return std::to_string(row.param.had) + "To" +
                                  std::to_string(row.param.has);
                         });

TEST_F(SafetyTest, GrowthBelowTheFactorIsAcceptedStepByStep) {
  for (const int size : {8, 50, 300}) accept(people(0, size), {.sweep = Sweep::Whole});

  EXPECT_THAT(store.safety().hold_grown().value().routes, IsEmpty());
}

TEST_F(SafetyTest, AStageThatWasNeverSeenWholeStillHoldsWhoCameWithItsFirstPages) {
  accept(people(0, 2), {.sweep = Sweep::Whole});
  accept(people(0, 70), {.sweep = Sweep::Starts});

  EXPECT_EQ(store.safety().hold_grown().value().persons, 70);
}

TEST_F(SafetyTest, AHeldNumberIsNotAcceptedByPullingItAgain) {
  accept(people(0, 2), {.sweep = Sweep::Whole});
  for (int i = 0; i < 3; ++i) accept(people(0, 70), {.sweep = Sweep::Whole});

  EXPECT_EQ(store.safety().hold_grown().value().persons, 70);
}

TEST_F(SafetyTest, AcceptedGrowthIsTheNewSize) {
  accept(people(0, 2), {.sweep = Sweep::Whole});
  accept(people(0, 70), {.sweep = Sweep::Whole});
  ASSERT_THAT(store.safety().hold_grown(), IsOk());

  ASSERT_THAT(store.safety().accept_growth(), IsOk());

  EXPECT_EQ(in_queues(), 70);
  EXPECT_THAT(store.safety().held().value(), IsEmpty());
  accept(people(0, 600), {.sweep = Sweep::Whole});
  EXPECT_THAT(store.safety().hold_grown().value().routes, IsEmpty());
}

TEST_F(SafetyTest, WhoIsWantedByAnotherRouteIsNotHeld) {
  accept(people(0, 2), {.sweep = Sweep::Whole});
  std::vector<Listed> many = people(0, 70);
  many[5].candidacies.push_back(to_screen("lead"));
  accept(many, {.sweep = Sweep::Whole});

  EXPECT_EQ(store.safety().hold_grown().value().persons, 69);
  EXPECT_EQ(in_queues(), 1);
}

TEST_F(SafetyTest, APullOfOneConnectorAcceptsNoSizeOfAnother) {
  const ConnectorName lever("lever");
  accept(people(0, 3), {.sweep = Sweep::Starts});

  accept({listed("x-1", "x@example.org", {to_screen("other")})},
         {.sweep = Sweep::Whole, .connector = lever});
  accept(people(3, 97), {.sweep = Sweep::Ends});

  EXPECT_THAT(store.safety().hold_grown().value().routes, IsEmpty()) << "it is its first pull";
}

TEST_F(SafetyTest, ADomainThatIsNotAllowedBlocksOnce) {
  accept({listed("a-1", "mia@example.org"), listed("a-2", "max@Mail.Test")});

  EXPECT_EQ(apply({.deny = {"mail.test"}}).blocked, 1);
  EXPECT_EQ(apply({.deny = {"mail.test"}}).blocked, 0);

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(state("a-2"), State::Blocked);
  EXPECT_EQ(story("a-2").reason, kDomainNotAllowed);
  EXPECT_EQ(in_queues(), 1);
}

TEST_F(SafetyTest, WhoIsBlockedForADomainStaysSoWhenPulledAgain) {
  accept({listed("a-2", "max@mail.test")});
  apply({.deny = {"mail.test"}});

  const PageCounts again = accept({listed("a-2", "max@mail.test")}, {.sweep = Sweep::Whole});

  EXPECT_EQ(again.queued, 0);
  EXPECT_EQ(again.blocked, 0);
  EXPECT_EQ(state("a-2"), State::Blocked);
}

TEST_F(SafetyTest, ADomainThatIsAllowedAgainQueuesItsPeopleAgain) {
  accept({listed("a-2", "max@mail.test")});
  apply({.allow = {"example.org"}});

  const DomainChanges changes = apply({});

  EXPECT_EQ(changes.queued_again, 1);
  EXPECT_EQ(state("a-2"), State::Queued);
  EXPECT_EQ(in_queues(), 1);
}

TEST_F(SafetyTest, AnotherAddressMendsADomainThatIsNotAllowed) {
  accept({listed("a-2", "max@mail.test")});
  apply({.deny = {"mail.test"}});

  EXPECT_EQ(accept({listed("a-2", "max@example.org")}).queued, 1);

  EXPECT_EQ(apply({.deny = {"mail.test"}}).blocked, 0);
  EXPECT_EQ(state("a-2"), State::Queued);
  EXPECT_EQ(engagement("a-2").email, "max@example.org");
}

TEST_F(SafetyTest, ALaterApplicationOfABlockedPersonIsBlockedForTheSameReason) {
  accept({listed("a-2", "max@mail.test")});
  apply({.deny = {"mail.test"}});

  const PageCounts counts = accept({listed("a-3", "max@mail.test")});

  EXPECT_EQ(counts.queued, 0);
  EXPECT_EQ(counts.blocked, 1);
  EXPECT_EQ(story("a-3").reason, kDomainNotAllowed);
  EXPECT_EQ(apply({}).queued_again, 2);
}

TEST_F(SafetyTest, DomainsDoNotFreeWhoIsBlockedForAnotherReason) {
  accept({listed("a-2", "max@mail.test")});
  ASSERT_THAT(store.engagements().block_queue(kScreen, "target: archived", stamp()), IsOk());

  EXPECT_EQ(apply({}).queued_again, 0);
  EXPECT_EQ(state("a-2"), State::Blocked);
}

}  // namespace
}  // namespace praxisync::store
