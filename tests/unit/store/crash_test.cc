// A process that dies before a commit leaves nothing of its step, after it everything.
#include "support/crash.h"

#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::SizeIs;
using testing_support::Doors;
using testing_support::SimulatedCrash;

class Crash : public testing::Test {
 protected:
  Store open() {
    return Store::open(path, [this] { doors.pass(); }).value();
  }
  ScratchFolder folder;
  std::filesystem::path path = folder / "praxisync.db";
  Doors doors;
};

TEST_F(Crash, BeforeTheCommitLeavesNothing) {
  {
    Store store = open();
    doors.crash_at(0);
    EXPECT_THROW(static_cast<void>(store.runs().begin(kNow)), SimulatedCrash);
  }

  EXPECT_THAT(open().runs().latest(10).value(), SizeIs(0));
}

TEST_F(Crash, AfterTheCommitLeavesEverything) {
  {
    Store store = open();
    doors.crash_at(1);
    EXPECT_THROW(static_cast<void>(store.runs().begin(kNow)), SimulatedCrash);
  }

  EXPECT_THAT(open().runs().latest(10).value(), SizeIs(1));
}

TEST_F(Crash, BeforeTheCommitLeavesTheStoreItselfUsable) {
  Store store = open();
  doors.crash_at(0);
  EXPECT_THROW(static_cast<void>(store.runs().begin(kNow)), SimulatedCrash);

  EXPECT_THAT(store.runs().begin(kNow), IsOk());
  EXPECT_THAT(store.runs().latest(10).value(), SizeIs(1));
}

/// One candidate's way, a transaction a step.
class Journey {
 public:
  static constexpr int kSteps = 7;

  explicit Journey(Store& store) : store_(store) {}

  Result<void> step(int number) {
    switch (number) {
      case 0:
        return done(store_.runs().begin(kNow));
      case 1: {
        const Listed mia = listed("a-1", "mia@example.org");
        ApplicationPage page;
        page.applications = {mia.application};
        page.next = Cursor("page-2");
        return done(store_.applications().accept_page(
            kGh, page, {{&mia.application, mia.candidacies}}, "routes", kStamp));
      }
      case 2:
        return done(store_.intents().open(IntentKind::Invite, "screen", {engagement()}, "{}", kNow,
                                          kStamp));
      case 3:
        return done(store_.intents().settle(
            store_.intents().open_intents()->at(0).key,
            {{.engagement = engagement(), .answer = Answer::Invited, .token = InviteToken("t")}},
            kStamp));
      case 4:
        return done(
            store_.engagements().record_results("screen", {result_of("t", "", true)}, {}, kStamp));
      case 5: {
        const Finished passed = store_.write_backs().unplanned(kGh, ScreeningKey{}, 1)->at(0);
        return store_.write_backs().plan(passed, {{ActionKind::Tag, "", "passed", "px:1"}},
                                         Reinvite::No, kStamp);
      }
      default:
        return store_.write_backs().applied(
            store_.write_backs().pending(kGh, WriteBackKey{}, 1)->at(0), Written{}, kStamp);
    }
  }

 private:
  static constexpr Stamp kStamp{RunKey{1}, kNow};

  template <typename T>
  static Result<void> done(const Result<T>& result) {
    if (!result) return result.error();
    return {};
  }
  EngagementKey engagement() { return store_.view().explain("a-1")->at(0).engagement->key; }

  Store& store_;
};

TEST_F(Crash, AtAnyDoorLeavesWholeStepsOnly) {
  for (int door = 0; door < 2 * Journey::kSteps; ++door) {
    SCOPED_TRACE(testing::Message() << "crash at door " << door);
    path = folder / ("door-" + std::to_string(door) + ".db");
    doors = Doors{};
    doors.crash_at(door);
    {
      Store store = open();
      Journey journey(store);
      EXPECT_THROW(
          {
            for (int i = 0; i < Journey::kSteps; ++i) ASSERT_THAT(journey.step(i), IsOk());
          },
          SimulatedCrash);
    }
    doors.never_crash();

    Store store = open();
    Journey journey(store);
    const int committed = (door + 1) / 2;
    for (int i = committed; i < Journey::kSteps; ++i) ASSERT_THAT(journey.step(i), IsOk());

    const Story mia = store.view().explain("a-1")->at(0);
    EXPECT_EQ(mia.state, State::WrittenBack);
    EXPECT_THAT(mia.history, SizeIs(5));
    EXPECT_THAT(mia.write_backs, SizeIs(1));
    EXPECT_EQ(store.intents().count_open().value(), 0);
    EXPECT_EQ(store.checkpoints().load(pull_stream(kGh))->cursor, Cursor("page-2"));
  }
}

}  // namespace
}  // namespace praxisync::store
