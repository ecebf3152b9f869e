// Many threads at a time, as a server brings them; built with ThreadSanitizer too.
#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "unit/serve/inbox_fixture.h"

namespace praxisync::serve {
namespace {

using testing::ElementsAre;

TEST_F(InboxTest, AThousandAtATimeAreEachKeptOnce) {
  constexpr int kThreads = 8, kEach = 125;
  std::atomic<int> fresh{0}, known{0};
  Inbox& crowded = restart();
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i) {
          // Two threads bring each body, as a sender who tries again would.
          const std::string body = fmt::format("body {} {}", t / 2, i);
          const Result<Kept> kept = crowded.keep({"gh", "kind", "", body, ""}, now);
          if (kept && *kept == Kept::New) ++fresh;
          if (kept && *kept == Kept::Known) ++known;
        }
      });
    }
  }

  EXPECT_EQ(fresh, kThreads * kEach / 2);
  EXPECT_EQ(known, kThreads * kEach / 2);
  EXPECT_EQ(counts().waiting, kThreads * kEach / 2);
  restart();
  EXPECT_EQ(counts().waiting, kThreads * kEach / 2) << "all of them were on the disk";
}

TEST_F(InboxTest, OneThreadWorksWhatOthersBring) {
  Inbox& crowded = restart({.waiting = 20, .rows = 1000});
  std::atomic<int> refused{0}, fresh{0};
  std::atomic<bool> over{false};
  int seen = 0;
  {
    std::vector<std::jthread> senders;
    for (int t = 0; t < 4; ++t) {
      senders.emplace_back([&, t] {
        for (int i = 0; i < 100; ++i) {
          const Result<Kept> kept = crowded.keep(
              {"gh", "kind", fmt::format("{} {}", t, i), fmt::format("{} {}", t, i), ""}, now);
          if (kept && *kept == Kept::Full) ++refused;
          if (kept && *kept == Kept::New) ++fresh;
        }
      });
    }
    std::jthread worker([&] {
      while (!over) {
        const Result<Taken> taken = crowded.take();
        if (!taken || taken->places.empty()) continue;
        ++seen;
        (void)crowded.done(*taken);
      }
    });
    senders.clear();
    over = true;
  }

  EXPECT_EQ(fresh + refused, 400);
  EXPECT_GT(seen, 0);
  EXPECT_EQ(counts().rows, fresh);
  EXPECT_LE(counts().waiting, 20);
}

}  // namespace
}  // namespace praxisync::serve
