#pragma once

#include <climits>
#include <functional>

#include "http/transport.h"

namespace praxisync::testing_support {

/// Thrown where a process would have died. No std::exception, so that nothing on the way swallows
/// it.
struct SimulatedCrash {};

/// Numbers the doors that a crash can come through, one before and one after each send and each
/// commit, and crashes at the chosen one.
class Doors {
 public:
  void pass() {
    if (watch) watch();
    if (passed_++ != crash_at_) return;
    if (at_crash) at_crash();
    throw SimulatedCrash{};
  }
  void crash_at(int door) { crash_at_ = door; }
  void never_crash() { crash_at_ = INT_MAX; }
  int passed() const { return passed_; }

  std::function<void()> watch{};     ///< at each door; may throw a crash of its own
  std::function<void()> at_crash{};  ///< where the process dies, before anything is unwound

 private:
  int passed_ = 0;
  int crash_at_ = INT_MAX;
};

class CrashingTransport final : public http::Transport {
 public:
  CrashingTransport(http::Transport& next, Doors& doors) : next_(next), doors_(doors) {}

  Result<http::Response> send(const http::Request& request) override {
    doors_.pass();
    Result<http::Response> reply = next_.send(request);
    doors_.pass();
    return reply;
  }

 private:
  http::Transport& next_;
  Doors& doors_;
};

}  // namespace praxisync::testing_support
