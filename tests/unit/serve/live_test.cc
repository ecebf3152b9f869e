#include "serve/live.h"

#include <gmock/gmock.h>

#include <thread>

#include "support/fake_clock.h"

namespace praxisync::serve {
namespace {

using namespace std::chrono_literals;

/// What arrives behind Live.
class Heard final : public sync::Observer {
 public:
  void begun(RunKey run, Timestamp) override {
    lines.push_back("begun " + std::to_string(static_cast<std::int64_t>(run)));
  }
  void ended(const sync::RunReport& report) override {
    lines.push_back("ended " + std::string(to_string(report.ending)));
  }
  void step(std::string_view name) override { lines.push_back("step " + std::string(name)); }
  void progress(std::int64_t done, std::optional<std::int64_t>) override {
    lines.push_back("progress " + std::to_string(done));
  }
  void note(sync::Severity, const std::string& text) override { lines.push_back("note " + text); }

  std::vector<std::string> lines;
};

class LiveTest : public testing::Test {
 protected:
  sync::RunReport report(sync::Ending ending) const {
    sync::RunReport made;
    made.run = RunKey{4};
    made.finished_at = clock.now();
    made.ending = ending;
    return made;
  }

  testing_support::FakeClock clock;
  Heard heard;
  Live live{heard, clock};
};

TEST_F(LiveTest, NothingRunsAtFirst) {
  const LivePicture picture = live.picture();

  EXPECT_FALSE(picture.running);
  EXPECT_FALSE(picture.ended);
  EXPECT_FALSE(picture.next_run);
}

TEST_F(LiveTest, ARunShowsItsStepAndHowFarItIs) {
  const Timestamp begun = clock.now();
  live.begun(RunKey{4}, begun);
  clock.advance(2s);
  live.step("pull gh");
  clock.advance(3s);
  live.progress(30, 100);

  const LiveRun run = live.picture().running.value();
  EXPECT_EQ(run.run, RunKey{4});
  EXPECT_EQ(run.since, begun);
  EXPECT_EQ(run.step, "pull gh");
  EXPECT_EQ(run.step_since, begun + 2s);
  EXPECT_EQ(run.heard_at, begun + 5s);
  EXPECT_EQ(run.done, 30);
  EXPECT_EQ(run.total, 100);
}

TEST_F(LiveTest, TheNextStepBeginsAtNothing) {
  live.begun(RunKey{4}, clock.now());
  live.step("pull gh");
  live.progress(30, 100);

  live.step("write back");

  const LiveRun run = live.picture().running.value();
  EXPECT_EQ(run.done, 0);
  EXPECT_FALSE(run.total);
}

TEST_F(LiveTest, ATotalThatWasTooSmallGrows) {
  live.begun(RunKey{4}, clock.now());

  live.progress(12, 10);

  EXPECT_EQ(live.picture().running->total, 12);
}

TEST_F(LiveTest, ANoteShowsThatTheEngineLives) {
  live.begun(RunKey{4}, clock.now());
  clock.advance(40s);

  live.note(sync::Severity::Info, "waiting");

  EXPECT_EQ(live.picture().running->heard_at, clock.now());
}

TEST_F(LiveTest, WhatEndedLastIsKept) {
  live.begun(RunKey{4}, clock.now());
  clock.advance(1min);

  live.ended(report(sync::Ending::Quota));

  const LivePicture picture = live.picture();
  EXPECT_FALSE(picture.running);
  ASSERT_TRUE(picture.ended);
  EXPECT_EQ(picture.ended->run, RunKey{4});
  EXPECT_EQ(picture.ended->how, sync::Ending::Quota);
  EXPECT_EQ(picture.ended->at, clock.now());
}

TEST_F(LiveTest, WhatIsToldWhileNothingRunsShowsNoRun) {
  live.step("pull gh");
  live.progress(1, 2);

  EXPECT_FALSE(live.picture().running);
}

TEST_F(LiveTest, TheObserverBehindItHearsEverything) {
  live.begun(RunKey{4}, clock.now());
  live.step("pull gh");
  live.progress(1, 2);
  live.note(sync::Severity::Info, "text");
  live.ended(report(sync::Ending::Done));

  EXPECT_THAT(heard.lines, testing::ElementsAre("begun 4", "step pull gh", "progress 1",
                                                "note text", "ended done"));
}

TEST_F(LiveTest, TheNextRunIsAsTheScheduleSays) {
  live.expect_next(clock.now() + 15min);
  EXPECT_EQ(live.picture().next_run, clock.now() + 15min);

  live.expect_next(std::nullopt);
  EXPECT_FALSE(live.picture().next_run);
}

/// For ThreadSanitizer; and no picture mixes two moments.
TEST_F(LiveTest, IsReadWhileItIsWritten) {
  live.begun(RunKey{4}, clock.now());
  std::jthread engine([&] {
    for (int i = 0; i <= 2000; ++i) live.progress(i, 2 * i);
  });

  std::int64_t last = 0;
  while (last < 2000) {
    const LiveRun run = live.picture().running.value();
    ASSERT_GE(run.done, last);
    ASSERT_EQ(run.total.value_or(0), 2 * run.done);
    last = run.done;
  }
}

}  // namespace
}  // namespace praxisync::serve
