/// Answers webhook deliveries to /hooks/NAME: who sent it is checked before anything of it is
/// believed, and it is in the inbox before its sender is told so. From any thread at a time.
///
/// Genuine ones are answered with 200 (or what else their sender wants to hear), whether their kind
/// is known, whether they came before, or are only a test. Otherwise: 404 for a NAME that may not
/// deliver, 405 but for POST, 413 for more than 256 KiB, 415 for what is no JSON by its type, 401
/// for forged ones without a word why, 429 with Retry-After above the rate of a source, 503 with
/// Retry-After where it cannot be kept: too many wait, or the disk fails.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/clock.h"
#include "http/transport.h"
#include "serve/hook_source.h"
#include "serve/inbox.h"
#include "serve/token_bucket.h"

namespace praxisync::serve {

inline constexpr std::size_t kLargestHook = std::size_t{256} * 1024;
inline constexpr std::string_view kHooksPath = "/hooks/";

/// What came of a delivery.
enum class HookOutcome { Accepted, Known, Test, Forged, Unusable, TooLarge, Throttled, NotKept };
inline constexpr std::size_t kHookOutcomes = 8;
/// In snake_case, for metrics.
std::string_view to_string(HookOutcome outcome);

struct HookCount {
  std::string source;  ///< a name of a source: no text of a sender
  HookOutcome outcome;
  std::int64_t count = 0;
};

/// Of each source. Only genuine deliveries count: whoever cannot sign cannot use it up.
struct HookRate {
  int burst = 1000, a_second = 50;
};

class Hooks {
 public:
  /// `arrived` is called after each delivery that is new, from the thread that brought it; it must
  /// not throw and should only wake whoever takes from the inbox. Of `clock`, now() and uptime()
  /// are used from any thread. All outlive this.
  Hooks(std::vector<HookSource> sources, Inbox& inbox, const Clock& clock,
        std::function<void()> arrived, const HookRate& rate = {});

  http::Response handle(const http::Request& request);

  /// Since the start, in the order of names; those that are 0 too.
  std::vector<HookCount> counts() const;

 private:
  struct Door {
    HookSource source;
    TokenBucket bucket;
    std::array<std::int64_t, kHookOutcomes> counts{};
  };
  struct Answer {
    HookOutcome outcome;
    http::Response response;
  };
  Answer answer(Door& door, const http::Request& request);
  Answer keep(const HookSource& source, const connector::WebhookEvent& event,
              std::string_view body);

  Inbox& inbox_;
  const Clock& clock_;
  const std::function<void()> arrived_;
  mutable std::mutex mutex_;  ///< of the buckets and counts
  std::map<std::string, Door, std::less<>> doors_;
};

}  // namespace praxisync::serve
