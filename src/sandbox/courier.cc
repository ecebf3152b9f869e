#include "sandbox/courier.h"

namespace praxisync::sandbox {
namespace {

// The sandbox's time may run by itself: this often it is looked at unasked.
constexpr Milliseconds kLook{200};

}  // namespace

void Courier::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Courier::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Courier::wake() {
  const std::lock_guard lock(waking_);
  awake_ = true;
  woken_.notify_one();
}

void Courier::run(const std::stop_token& stop) {
  const auto next = [this] {
    const std::lock_guard lock(mutex_);
    return sandbox_.take_attempt();
  };
  while (!stop.stop_requested()) {
    if (const std::optional<Attempt> attempt = next()) {
      send(*attempt);
      continue;
    }
    std::unique_lock lock(waking_);
    woken_.wait_for(lock, stop, kLook, [this] { return awake_; });
    awake_ = false;
  }
}

void Courier::send(const Attempt& attempt) {
  const Result<http::Response> reply = [&] {
    const std::lock_guard lock(sending_);
    return transport_.send(attempt.request);
  }();
  const std::lock_guard lock(mutex_);
  sandbox_.settle(attempt.delivery, reply);
}

void Courier::ping(const Attempt& attempt, http::Response& answer) {
  send(attempt);
  const std::lock_guard lock(mutex_);
  answer.body = sandbox_.ping_answer(attempt.delivery);
}

}  // namespace praxisync::sandbox
