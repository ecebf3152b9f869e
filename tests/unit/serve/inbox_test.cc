#include <fmt/format.h>
#include <sys/stat.h>

#include "connector/webhook.h"
#include "unit/serve/inbox_fixture.h"

namespace praxisync::serve {
namespace {

using connector::kWebhookMemory;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing_support::IsOk;

TEST_F(InboxTest, SaysWhereToLookUntilSomebodyHas) {
  EXPECT_THAT(keep("a", "1", "gh"), Gives(Kept::New));
  EXPECT_THAT(keep("b", "", "assess", "backend"), Gives(Kept::New));
  EXPECT_THAT(keep("c", "2", "gh"), Gives(Kept::New));

  EXPECT_THAT(waiting(), ElementsAre(Place{"assess", "backend"}, Place{"gh", ""}));
  EXPECT_THAT(waiting(), ElementsAre(Place{"assess", "backend"}, Place{"gh", ""}));
  work();
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(InboxTest, WhatComesWhileSomebodyLooksWaitsOn) {
  (void)keep("a");
  const Result<Taken> taken = inbox().take();
  ASSERT_THAT(taken, IsOk());
  EXPECT_THAT(keep("b"), Gives(Kept::New));

  EXPECT_THAT(inbox().done(*taken), IsOk());

  EXPECT_THAT(waiting(), ElementsAre(Place{"gh", ""}));
}

TEST_F(InboxTest, NothingIsForgottenByAProcessThatDies) {
  (void)keep("a", "1");
  const Result<Taken> taken = inbox().take();
  restart();

  EXPECT_THAT(waiting(), ElementsAre(Place{"gh", ""}));
  EXPECT_THAT(keep("another", "1"), Gives(Kept::Known));
}

TEST_F(InboxTest, WorkThatAnEarlierProcessTookMarksNothingThatCameSince) {
  (void)keep("a");
  const Result<Taken> taken = inbox().take();
  work();
  // All are gone, and with them the highest number.
  now += kWebhookMemory + Milliseconds{1};
  (void)keep("b");

  EXPECT_THAT(inbox().done(*taken), IsOk());

  EXPECT_THAT(waiting(), ElementsAre(Place{"gh", ""}));
}

struct AgainCase {
  std::string name, source, body, id;
  Kept want;
};
void PrintTo(const AgainCase& row, std::ostream* out) { *out << row.name; }
class InboxAgain : public InboxTest, public testing::WithParamInterface<AgainCase> {};

TEST_P(InboxAgain, IsKnownByItsIdOrItsBody) {
  (void)keep("body", "id", "gh");
  work();

  EXPECT_THAT(keep(GetParam().body, GetParam().id, GetParam().source), Gives(GetParam().want));

  EXPECT_EQ(waiting().empty(), GetParam().want == Kept::Known);
}
INSTANTIATE_TEST_SUITE_P(
    Table, InboxAgain,
    testing::Values(AgainCase{"SameOfBoth", "gh", "body", "id", Kept::Known},
                    AgainCase{"RetryWithAnotherTime", "gh", "other", "id", Kept::Known},
                    AgainCase{"ReplayUnderAnotherId", "gh", "body", "forged", Kept::Known},
                    AgainCase{"ReplayWithoutAnId", "gh", "body", "", Kept::Known},
                    AgainCase{"AnotherOfBoth", "gh", "other", "other", Kept::New},
                    AgainCase{"OneWithoutAnId", "gh", "other", "", Kept::New},
                    AgainCase{"AnotherSource", "lever", "body", "id", Kept::New}),
    [](const auto& row) { return row.param.name; });

TEST_F(InboxTest, WithoutAnIdTwoBodiesAreTwo) {
  EXPECT_THAT(keep("a", ""), Gives(Kept::New));
  EXPECT_THAT(keep("b", ""), Gives(Kept::New));
}

TEST_F(InboxTest, RemembersForSevenDays) {
  (void)keep("a", "1");
  work();
  now += kWebhookMemory;
  EXPECT_THAT(keep("a", "1"), Gives(Kept::Known));

  now += Milliseconds{1};

  EXPECT_THAT(keep("a", "1"), Gives(Kept::New));
  EXPECT_EQ(counts().rows, 1);
}

TEST_F(InboxTest, WhatNobodyHasWorkedIsNeverForgotten) {
  (void)keep("a", "1");
  now += 10 * kWebhookMemory;
  (void)keep("b", "2");

  EXPECT_EQ(counts().waiting, 2);
  EXPECT_THAT(keep("a", "1"), Gives(Kept::Known));
}

TEST_F(InboxTest, RefusesWhenTooManyWaitButKnowsTheOldOnes) {
  restart({.waiting = 3, .rows = 100});
  for (const char* body : {"a", "b", "c"}) EXPECT_THAT(keep(body), Gives(Kept::New));

  EXPECT_THAT(keep("d"), Gives(Kept::Full));
  EXPECT_THAT(keep("b"), Gives(Kept::Known));
  restart({.waiting = 3, .rows = 100});
  EXPECT_THAT(keep("d"), Gives(Kept::Full)) << "counted anew";

  work();
  EXPECT_THAT(keep("d"), Gives(Kept::New));
}

TEST_F(InboxTest, LetsTheOldestGoFirstAmongThoseThatWereWorked) {
  restart({.waiting = 2, .rows = 4});
  for (const char* body : {"a", "b", "c", "d"}) {
    EXPECT_THAT(keep(body), Gives(Kept::New));
    if (*body != 'a') work();
  }

  EXPECT_THAT(keep("e"), Gives(Kept::New));

  EXPECT_EQ(counts().rows, 4);
  EXPECT_THAT(keep("b"), Gives(Kept::Known));
  work();
  EXPECT_THAT(keep("a"), Gives(Kept::New)) << "the oldest went";
}

TEST_F(InboxTest, StaysWithinItsBytes) {
  const InboxLimits limits{.waiting = 50, .rows = 1'000'000, .bytes = 256 * 1024};
  restart(limits);
  for (int i = 0; i < 2000; ++i) {
    ASSERT_THAT(keep(fmt::format("body {}", i), fmt::format("id {}", i)), Gives(Kept::New));
    if (i % 40 == 39) work();
  }

  EXPECT_LE(counts().bytes, limits.bytes);
  EXPECT_GT(counts().rows, 200);
  EXPECT_LE(std::filesystem::file_size(path), 2 * static_cast<std::uintmax_t>(limits.bytes));
  EXPECT_THAT(keep("body 1999"), Gives(Kept::Known));
}

TEST_F(InboxTest, RefusesWhenItsBytesHoldOnlyWhatWaits) {
  restart({.waiting = 100'000, .rows = 100'000, .bytes = 64 * 1024});
  Kept last = Kept::New;
  for (int i = 0; i < 2000 && last == Kept::New; ++i) {
    const Result<Kept> kept = keep(fmt::format("body {}", i));
    ASSERT_THAT(kept, IsOk());
    last = *kept;
  }

  EXPECT_EQ(last, Kept::Full);
}

TEST_F(InboxTest, CountsByKindWithABound) {
  (void)keep("a");
  (void)keep("a");
  (void)keep("b", "", "assess");
  kind = "";
  (void)keep("c");
  kind = "<script>";
  (void)keep("d");
  kind = std::string(65, 'k');
  (void)keep("e");

  EXPECT_THAT(counts().kinds,
              ElementsAre(KindCount{"assess", "candidate_stage_change", 1},
                          KindCount{"gh", "candidate_stage_change", 1}, KindCount{"gh", "other", 2},
                          KindCount{"gh", "unknown", 1}));

  for (int i = 0; i < 100; ++i) {
    kind = fmt::format("kind_{:03}", i);
    (void)keep(fmt::format("of kind {}", i));
  }
  const std::vector<KindCount> kinds = counts().kinds;
  EXPECT_EQ(kinds.size(), 51U);
  EXPECT_THAT(kinds, testing::Contains(KindCount{"gh", "other", 55}));
  EXPECT_THAT(kinds, Not(testing::Contains(testing::Field(&KindCount::kind, "kind_099"))));
}

TEST_F(InboxTest, AsksForEverythingWhereThePartCannotBeShown) {
  (void)keep("a", "", "assess", std::string(201, 's'));
  (void)keep("b", "", "assess", "a\nb");

  EXPECT_THAT(waiting(), ElementsAre(Place{"assess", ""}));
}

TEST_F(InboxTest, KeepsNothingOfABodyAndIsForItsOwnerAlone) {
  (void)keep("jane.doe@example.com canary", "canary-id");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);

  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  for (const char* ending : {"", "-wal"}) {
    EXPECT_THAT(folder.read(path.filename().string() + ending), Not(testing::HasSubstr("canary")));
  }
}

}  // namespace
}  // namespace praxisync::serve
