/// Carries a sandbox's webhook deliveries to their receivers, in a thread of its own. The sandbox's
/// lock is never held while a request is out, so a receiver may call the sandbox back.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "sandbox/assess_sandbox.h"

namespace praxisync::sandbox {

class Courier {
 public:
  /// All three outlive it. Whoever uses `sandbox` holds `mutex`; `transport` is the courier's
  /// alone.
  Courier(AssessSandbox& sandbox, std::mutex& mutex, http::Transport& transport)
      : sandbox_(sandbox), mutex_(mutex), transport_(transport) {}

  void start();
  /// After the request that is out.
  void stop();
  /// Something may be due.
  void wake();
  /// Sends a ping and fills in the answer of the endpoint that asked for it.
  void ping(const Attempt& attempt, http::Response& answer);

 private:
  void run(const std::stop_token& stop);
  void send(const Attempt& attempt);

  AssessSandbox& sandbox_;
  std::mutex& mutex_;
  http::Transport& transport_;
  std::mutex sending_, waking_;
  std::condition_variable_any woken_;
  bool awake_ = false;
  std::jthread thread_;
};

}  // namespace praxisync::sandbox
