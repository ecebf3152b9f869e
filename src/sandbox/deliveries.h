/// The queue of webhook deliveries: events in, signed requests out when they are due, answers in.
/// It sends nothing itself, so it can be held under a lock while somebody sends without it. A
/// webhook gets the events that it subscribed to from its creation on, each at once and, until one
/// attempt is answered with a 2xx, again after the waits below; then it is given up.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "http/transport.h"
#include "sandbox/options.h"
#include "sandbox/world.h"

namespace praxisync::sandbox {

/// One attempt, as it goes out.
struct Attempt {
  Number delivery;
  http::Request request;
};

class Deliveries {
 public:
  /// After the first attempt, the second, …
  static constexpr std::array<Milliseconds, 6> kWaits = {
      std::chrono::seconds{10}, std::chrono::minutes{1}, std::chrono::minutes{10},
      std::chrono::hours{1},    std::chrono::hours{6},   std::chrono::hours{24}};

  Deliveries(World& world, const Options& options) : world_(world), options_(options) {}

  /// Queues the event for every webhook that subscribed to it.
  void raise(std::string_view event, const Invitation& invitation, Timestamp at);
  /// Queues webhook.test for this webhook, whatever it subscribed to; it is tried once.
  Number ping(Number webhook, Timestamp at);

  /// Hands out the attempt that is due first by `now`; nullopt: none is. It is not handed out
  /// again before it is settled.
  std::optional<Attempt> take(Timestamp now);
  /// That delivery's attempt, due or not; nullopt: it is over, or being tried.
  std::optional<Attempt> take_one(Number delivery);
  /// What came of it: the answer's status, or nullopt where nobody answered.
  void settle(Number delivery, std::optional<int> status, Timestamp now);

 private:
  Number queue(Number webhook, std::string_view event, std::string body, Timestamp at);
  Attempt attempt_of(Number delivery) const;

  World& world_;
  const Options& options_;
  std::set<std::pair<Timestamp, Number>> due_;
};

}  // namespace praxisync::sandbox
