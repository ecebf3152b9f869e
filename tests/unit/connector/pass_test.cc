#include "connector/pass.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace praxisync::connector {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{Milliseconds{1'767'600'000'000}};
const PassPolicy kPolicy{.full_sweep = 24h, .overlap = 10min, .account = "https://ats.example"};

Pass first(Timestamp now = kNow) { return pass_after(Cursor(), kPolicy, now); }

TEST(Pass, BeginsWithASweep) {
  const Pass pass = first();

  EXPECT_EQ(pass.kind, Pass::Kind::Sweep);
  EXPECT_TRUE(pass.at_start());
  EXPECT_EQ(pass.shows(false), Sweep::Whole);
  EXPECT_EQ(pass.shows(true), Sweep::Starts);
}

TEST(Pass, GoesOnAtThePageWhereItWasWhateverThePagesWordIs) {
  for (const std::string page : {"%5B3%2C1%22", "a b&c=d", "\x01\xFFü", "0"}) {
    const Pass pass = pass_after(cursor_at(first(), page, kNow), kPolicy, kNow + 30 * 24h);

    EXPECT_EQ(pass.kind, Pass::Kind::Sweep);
    EXPECT_EQ(pass.page, page);
    EXPECT_EQ(pass.shows(true), Sweep::Continues);
    EXPECT_EQ(pass.shows(false), Sweep::Ends);
  }
}

TEST(Pass, AsksForNewsFromALittleBeforeTheLastPassBegan) {
  const Pass second_page = pass_after(cursor_at(first(), "p2", kNow), kPolicy, kNow + 5min);
  const Cursor swept = cursor_behind(second_page, kNow + 5min);

  const Pass news = pass_after(swept, kPolicy, kNow + 1h);

  EXPECT_EQ(news.kind, Pass::Kind::News);
  EXPECT_EQ(news.since, kNow - 10min);
  EXPECT_EQ(news.shows(true), Sweep::Incremental);
  EXPECT_EQ(news.shows(false), Sweep::Incremental);
  const Pass further = pass_after(cursor_at(news, "p2", kNow + 1h), kPolicy, kNow + 1h);
  EXPECT_EQ(further.shows(true), Sweep::Further);
  EXPECT_EQ(further.shows(false), Sweep::Further);
}

TEST(Pass, GoesByThePeersClock) {
  const Cursor swept = cursor_behind(first(), kNow - 3h);

  EXPECT_EQ(pass_after(swept, kPolicy, kNow).since, kNow - 3h - 10min);
}

TEST(Pass, SweepsAgainWhenTheLastSweepIsADayOldBehindTheNews) {
  Cursor cursor = cursor_behind(first(), kNow);
  for (int hour = 1; hour <= 24; ++hour) {
    const Timestamp now = kNow + hour * 1h;
    const Pass news = pass_after(cursor, kPolicy, now);
    ASSERT_EQ(news.kind, Pass::Kind::News) << hour;
    EXPECT_EQ(sweep_follows(news, kPolicy, now), hour == 24) << hour;
    cursor = cursor_behind(news, now);
  }

  const Pass sweep = pass_after(cursor, kPolicy, kNow + 24h + 1min);
  EXPECT_EQ(sweep.kind, Pass::Kind::Sweep);
  EXPECT_TRUE(sweep.at_start());
  EXPECT_FALSE(sweep_follows(sweep, kPolicy, kNow + 24h + 1min));
}

TEST(Pass, SweepsBehindTheNewsHoweverFarOurClockIsAheadOfThePeers) {
  const Timestamp ours = kNow + 25h, peers = kNow + 24h;
  const Pass news = pass_after(cursor_behind(first(), kNow), kPolicy, ours);
  ASSERT_TRUE(sweep_follows(news, kPolicy, ours));

  const Pass next = pass_after(cursor_behind(news, peers), kPolicy, ours + 1min);

  EXPECT_EQ(next.kind, Pass::Kind::Sweep);
}

TEST(Pass, WhichWasKilledBetweenNewsAndSweepBeginsWithNewsAgain) {
  const Pass news = pass_after(cursor_behind(first(), kNow), kPolicy, kNow + 25h);
  const Cursor killed = cursor_behind(news, kNow + 25h);

  EXPECT_EQ(pass_after(killed, kPolicy, kNow + 49h).kind, Pass::Kind::News);
  EXPECT_TRUE(sweep_follows(pass_after(killed, kPolicy, kNow + 49h), kPolicy, kNow + 49h));
}

TEST(Pass, SweepsAgainAfterAClockThatWasWrong) {
  const Cursor swept = cursor_behind(first(), kNow + 400h);

  EXPECT_EQ(pass_after(swept, kPolicy, kNow).kind, Pass::Kind::Sweep);
}

TEST(Pass, BeginsAnewWithTheCursorOfAnotherAccountOrAnUnreadableOne) {
  const Cursor other = cursor_at(first(), "p2", kNow);
  const PassPolicy elsewhere{.account = "https://other.example"};

  EXPECT_TRUE(pass_after(other, elsewhere, kNow).at_start());
  for (const std::string text : {"?v=2&pass=sweep", "garbage", "?v=1&pass=news&since=-1", "%%"}) {
    EXPECT_EQ(pass_after(Cursor(text), kPolicy, kNow).kind, Pass::Kind::Sweep) << text;
    EXPECT_TRUE(pass_after(Cursor(text), kPolicy, kNow).at_start()) << text;
  }
}

TEST(Pass, KeepsThePeersWordForNewsThroughItsPages) {
  const Cursor swept = cursor_behind(first(), kNow, "sync-1");
  const Pass news = pass_after(swept, kPolicy, kNow + 1h);
  const Pass next = pass_after(cursor_at(news, "p2", kNow + 1h), kPolicy, kNow + 1h);

  EXPECT_EQ(news.news, "sync-1");
  EXPECT_EQ(next.news, "sync-1");
  EXPECT_EQ(pass_after(cursor_behind(next, kNow + 1h, "sync-2"), kPolicy, kNow + 2h).news,
            "sync-2");
}

TEST(Pass, RestartsItselfOrSweepsInstead) {
  const Pass news = pass_after(cursor_behind(first(), kNow, "sync-1"), kPolicy, kNow + 1h);
  const Pass midway = pass_after(cursor_at(news, "p2", kNow + 1h), kPolicy, kNow + 1h);

  EXPECT_EQ(restarted(midway).kind, Pass::Kind::News);
  EXPECT_TRUE(restarted(midway).at_start());
  EXPECT_EQ(restarted(midway).news, "sync-1");
  EXPECT_EQ(swept_instead(midway).shows(true), Sweep::Starts);
  EXPECT_TRUE(swept_instead(midway).news.empty());
}

}  // namespace
}  // namespace praxisync::connector
