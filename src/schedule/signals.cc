#include "schedule/signals.h"

#include <signal.h>

#include "schedule/wakeup.h"

namespace praxisync::schedule {
namespace {

std::atomic<bool> stop_requested{false}, hung_up{false};
std::atomic<const Wakeup*> woken{nullptr};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");
static_assert(std::atomic<const Wakeup*>::is_always_lock_free, "a signal handler may read it");

void note(int signal) {
  (signal == SIGHUP ? hung_up : stop_requested).store(true, std::memory_order_relaxed);
  if (const Wakeup* const wakeup = woken.load()) wakeup->wake();
}

void watch(int signal, int flags) {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = flags;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& watch_signals() {
  watch(SIGTERM, static_cast<int>(SA_RESETHAND));
  watch(SIGINT, static_cast<int>(SA_RESETHAND));
  return stop_requested;
}

std::atomic<bool>& watch_hangup(const Wakeup& wakeup) {
  woken.store(&wakeup);
  watch(SIGHUP, SA_RESTART);
  return hung_up;
}

}  // namespace praxisync::schedule
