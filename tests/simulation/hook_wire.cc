#include "simulation/hook_wire.h"

#include <fmt/format.h>

#include "simulation/ats_events.h"

namespace praxisync::simulation {

HookWire::HookWire(Universe& universe, Trace& trace, Reached& reached, Violations& found)
    : universe_(universe), trace_(trace), reached_(reached), found_(found), receiver_(universe) {}

std::optional<Step> HookWire::strike() {
  if (armed_.empty()) return std::nullopt;
  Step& next = armed_.front();
  if (next.first > 0) {
    --next.first;
    return std::nullopt;
  }
  const Step struck = next;
  const bool more = next.act == Act::HookLost && --next.second > 0;
  if (!more) armed_.pop_front();
  ++struck_;
  ++reached_["fault " + std::string(name_of(struck.act).name)];
  return struck;
}

Result<http::Response> HookWire::pass(const http::Request& delivery) {
  Result<http::Response> reply = receiver_.send(delivery);
  trace_.tell(fmt::format("{} {} -> {}", universe_.clock.now().time_since_epoch().count(),
                          delivery.url, reply->status));
  trace_.note("    " + delivery.body);
  ++reached_[fmt::format("webhook {}", reply->status == 200 ? "accepted" : "refused")];
  return reply;
}

/// Whoever cannot sign changes nothing.
void HookWire::try_forged(const http::Request& delivery, int place) {
  const auto before = receiver_.waiting();
  const bool had_news = receiver_.has_news();
  const Result<http::Response> reply = pass(forged(delivery, place));
  const bool accepted = !reply || reply->status != 401 || receiver_.waiting() != before ||
                        receiver_.has_news() != had_news;
  if (accepted) found_.push_back({"S14", "a forged delivery is believed: " + delivery.url});
}

Result<http::Response> HookWire::send(const http::Request& delivery) {
  const std::optional<Step> struck = strike();
  if (!struck) return pass(delivery);
  const Timestamp later = universe_.clock.now() + std::chrono::minutes{struck->second};
  switch (struck->act) {
    case Act::HookLost:
      // For good, or nobody answers and it is tried again.
      if (struck->ats == 0) return http::Response{200, {}, ""};
      return Error{ErrorKind::OutcomeUnknown, "no answer in time"};
    case Act::HookLate:
      late_.emplace(later, delivery);
      return http::Response{200, {}, ""};
    case Act::HookTwice:
      late_.emplace(later, delivery);
      return pass(delivery);
    case Act::HookForged:
      try_forged(delivery, struck->second);
      return pass(delivery);
    default:
      return pass(delivery);
  }
}

void HookWire::tell_of(const Ats& ats, Act act) {
  const auto event = event_of(ats, act, ++events_, universe_.clock.now());
  if (event) static_cast<void>(send(*event));
}

void HookWire::deliver_due() {
  while (!late_.empty() && late_.begin()->first <= universe_.clock.now()) {
    const http::Request delivery = std::move(late_.begin()->second);
    late_.erase(late_.begin());
    static_cast<void>(pass(delivery));
  }
  universe_.assess.deliver_due(*this);
}

}  // namespace praxisync::simulation
