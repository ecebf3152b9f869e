#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::SizeIs;
using testing_support::FailsSaying;
using testing_support::IsOk;
using testing_support::Seen;

class Resuming : public testing_support::GreenhouseTest {
 protected:
  Resuming() {
    given["page_size"] = "2";
    for (int i = 0; i < 7; ++i) apply("p" + std::to_string(i));
  }
};

TEST_F(Resuming, AKillAfterAnyPageLosesNobody) {
  for (int killed_after = 1; killed_after <= 4; ++killed_after) {
    Seen seen;
    for (int pages = 0; pages < killed_after; ++pages) {
      const auto page = ats().pull(seen.cursor);
      ASSERT_THAT(page, IsOk());
      add(*page, seen);
    }
    start();
    if (killed_after < 4) {
      Seen rest = read(seen.cursor);
      EXPECT_EQ(rest.sweeps.back(), Sweep::Ends);
      seen.applications.merge(rest.applications);
    }
    EXPECT_THAT(seen.applications, SizeIs(7)) << killed_after;
  }
}

TEST_F(Resuming, TheSamePageComesTwiceForTheSameCursor) {
  const auto first = ats().pull(Cursor());
  ASSERT_THAT(first, IsOk());

  const auto once = ats().pull(first->next);
  const auto twice = ats().pull(first->next);

  ASSERT_THAT(once, IsOk());
  ASSERT_THAT(twice, IsOk());
  EXPECT_EQ(once->applications, twice->applications);
  EXPECT_EQ(once->next, twice->next);
}

TEST_F(Resuming, AnExpiredCursorBeginsThePassAnew) {
  const auto first = ats().pull(Cursor());
  ASSERT_THAT(first, IsOk());
  clock.advance(std::chrono::hours{2});

  const auto again = start().pull(first->next);

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->sweep, Sweep::Starts);
  EXPECT_EQ(again->applications, first->applications);
  EXPECT_THAT(read(again->next).sweeps.back(), Sweep::Ends);
}

TEST_F(Resuming, ACursorThatIsNeverTakenEndsInAnError) {
  peer.cursor_life = Milliseconds{-1};
  Cursor cursor;
  Result<ApplicationPage> page = ats().pull(cursor);
  int pulls = 1;
  for (; page && page->more && pulls < 20; ++pulls) page = ats().pull(page->next);

  EXPECT_THAT(page, FailsSaying("refused every time"));
  EXPECT_LE(pulls, 6);
}

TEST_F(Resuming, WhoMovesDuringASweepIsMetByTheNews) {
  const auto first = ats().pull(Cursor());
  ASSERT_THAT(first, IsOk());
  clock.advance(std::chrono::minutes{1});
  const std::string late = apply("late", "Onsite");
  world.move(late, world.stage_id(job, "Technical Test"));
  const Seen rest = read(first->next);
  EXPECT_THAT(rest.applications, Not(Contains(Key(late))));
  clock.advance(std::chrono::hours{2});

  EXPECT_THAT(read(rest.cursor).applications, Contains(Key(late)));
}

TEST_F(Resuming, NewsAdvancesOnlyBehindItsLastPage) {
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  for (int i = 0; i < 5; ++i) apply("n" + std::to_string(i));
  const auto page = ats().pull(first.cursor);
  ASSERT_THAT(page, IsOk());
  ASSERT_TRUE(page->more);
  peer.cursor_life = Milliseconds{-1};

  // The pages behind the lost cursor come again, from the same beginning.
  const auto again = start().pull(page->next);

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->sweep, Sweep::Incremental);
  EXPECT_EQ(again->applications, page->applications);
}

TEST_F(Resuming, StagesThatComeMeanwhileMoveNobodyOutOfTheBlocks) {
  for (int i = 0; i < 60; ++i)
    apply("b" + std::to_string(i), add_job("Job " + std::to_string(i)), "Technical Test");
  given["page_size"] = "30";
  const auto first = start().pull(Cursor());
  ASSERT_THAT(first, IsOk());
  Seen seen;
  add(*first, seen);
  add_job("Late job");
  start();

  seen.applications.merge(read(seen.cursor).applications);

  EXPECT_THAT(seen.applications, SizeIs(67));
}

TEST_F(Resuming, AFilterThatIsRefusedFromNowOnBeginsThePassAnew) {
  for (int i = 0; i < 60; ++i)
    apply("b" + std::to_string(i), add_job("Job " + std::to_string(i)), "Technical Test");
  given["page_size"] = "500";
  const auto first = start().pull(Cursor());
  ASSERT_THAT(first, IsOk());
  ASSERT_TRUE(first->more);
  peer.filters_by_stage = false;

  const auto again = start().pull(first->next);

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->sweep, Sweep::Starts);
  Seen seen;
  add(*again, seen);
  seen.applications.merge(read(seen.cursor).applications);
  EXPECT_THAT(seen.applications, SizeIs(67));
}

TEST_F(Resuming, ACursorOfAnotherClientBeginsASweep) {
  const auto first = ats().pull(Cursor());
  ASSERT_THAT(first, IsOk());
  connector::Settings other = settings();
  other.set_secret("client_id", ApiKey("another-client.gh1"));
  const std::string answer =
      R"({"token_type":"Bearer","access_token":")" + *secrets.begin() + R"(","expires_in":3600})";
  peer.faults().add({.kind = Fault::Kind::Status, .path = "/token", .status = 200, .body = answer});
  auto made = spec().make(other, {.transport = transport, .clock = clock, .routed = routed});
  ASSERT_THAT(made, IsOk());

  const auto page = (*made)->pull(first->next);

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->sweep, Sweep::Starts);
}

TEST_F(Resuming, ACursorThatIsJunkBeginsASweep) {
  for (const char* junk : {"junk", "?v=1&pass=sweep", "?v=9"})
    EXPECT_EQ(read(Cursor(junk)).sweeps.front(), Sweep::Starts) << junk;
}

}  // namespace
}  // namespace praxisync::greenhouse
