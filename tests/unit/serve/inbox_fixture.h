/// An inbox in a scratch folder.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "serve/inbox.h"
#include "support/result_matchers.h"
#include "support/scratch_folder.h"

namespace praxisync::serve {

inline void PrintTo(const Place& place, std::ostream* out) {
  *out << place.source << ' ' << place.part;
}
inline void PrintTo(const KindCount& kind, std::ostream* out) {
  *out << kind.source << ' ' << kind.kind << ' ' << kind.count;
}

class InboxTest : public testing::Test {
 protected:
  /// Another process: nothing but the file is left of the one before.
  Inbox& restart(const InboxLimits& limits = {}) {
    inbox_.reset();
    auto opened =
        Inbox::open(path, limits, [this](const std::string& what) { notices.push_back(what); });
    EXPECT_THAT(opened, testing_support::IsOk());
    inbox_ = *std::move(opened);
    return *inbox_;
  }
  Inbox& inbox() { return inbox_ ? *inbox_ : restart(); }

  /// With a body of its own.
  Result<Kept> keep(const std::string& body, const std::string& id = "",
                    const std::string& source = "gh", const std::string& part = "") {
    return inbox().keep({source, kind, id, body, part}, now);
  }
  std::vector<Place> waiting() {
    const Result<Taken> taken = inbox().take();
    EXPECT_THAT(taken, testing_support::IsOk());
    return taken ? taken->places : std::vector<Place>{};
  }
  void work() {
    const Result<Taken> taken = inbox().take();
    ASSERT_THAT(taken, testing_support::IsOk());
    EXPECT_THAT(inbox().done(*taken), testing_support::IsOk());
  }
  InboxCounts counts() {
    const Result<InboxCounts> counts = inbox().counts();
    EXPECT_THAT(counts, testing_support::IsOk());
    return counts ? *counts : InboxCounts{};
  }

  testing_support::ScratchFolder folder = testing_support::ScratchFolder::in_memory();
  std::filesystem::path path = folder / "praxisync.db.inbox";
  Timestamp now{Milliseconds{1'767'600'000'000}};
  std::string kind = "candidate_stage_change";
  std::vector<std::string> notices;

 private:
  std::unique_ptr<Inbox> inbox_;
};

MATCHER_P(Gives, kept, "gives " + std::to_string(static_cast<int>(kept))) {
  if (!arg) {
    *result_listener << arg.error().what;
    return false;
  }
  *result_listener << static_cast<int>(*arg);
  return *arg == kept;
}

}  // namespace praxisync::serve
