#include "serve/hooks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/text.h"
#include "http/url.h"

namespace praxisync::serve {
namespace {

constexpr std::chrono::seconds kTryAgain{60};

http::Response response_of(int status) { return {.status = status, .headers = {}, .body = {}}; }

http::Response taken(const connector::WebhookEvent& event) {
  return {.status = event.answer.status, .headers = event.answer.headers, .body = {}};
}

http::Response later(int status, Milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return {.status = status, .headers = {{"Retry-After", std::to_string(seconds)}}, .body = {}};
}

/// Of "/hooks/gh": "gh"; empty where it is something else.
std::string_view hook_of(std::string_view url) {
  const std::string_view path = http::target_path(url);
  return path.starts_with(kHooksPath) ? path.substr(kHooksPath.size()) : std::string_view();
}

/// What can be told without the body's meaning; nullopt: go on.
std::optional<int> refused_by_its_looks(const http::Request& request) {
  if (request.method != http::Method::Post) return 405;
  if (request.body.size() > kLargestHook) return 413;
  const std::string type = to_lower(http::header(request.headers, "Content-Type"));
  if (!type.empty() && type.find("json") == std::string::npos) return 415;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(HookOutcome outcome) {
  switch (outcome) {
    case HookOutcome::Accepted:
      return "accepted";
    case HookOutcome::Known:
      return "known";
    case HookOutcome::Test:
      return "test";
    case HookOutcome::Forged:
      return "forged";
    case HookOutcome::Unusable:
      return "unusable";
    case HookOutcome::TooLarge:
      return "too_large";
    case HookOutcome::Throttled:
      return "throttled";
    case HookOutcome::NotKept:
      return "not_kept";
  }
  return "unusable";
}

Hooks::Hooks(std::vector<HookSource> sources, Inbox& inbox, const Clock& clock,
             std::function<void()> arrived, const HookRate& rate)
    : inbox_(inbox), clock_(clock), arrived_(std::move(arrived)) {
  for (HookSource& source : sources) {
    std::string name = source.name;
    doors_.try_emplace(std::move(name),
                       Door{std::move(source), TokenBucket(rate.burst, rate.a_second)});
  }
}

http::Response Hooks::handle(const http::Request& request) {
  const auto door = doors_.find(hook_of(request.url));
  if (door == doors_.end()) return response_of(404);
  Answer given = answer(door->second, request);
  const std::lock_guard lock(mutex_);
  ++door->second.counts.at(static_cast<std::size_t>(given.outcome));
  return std::move(given.response);
}

Hooks::Answer Hooks::answer(Door& door, const http::Request& request) {
  if (const auto status = refused_by_its_looks(request)) {
    http::Response response = response_of(*status);
    if (*status == 405) response.headers.push_back({"Allow", "POST"});
    return {*status == 413 ? HookOutcome::TooLarge : HookOutcome::Unusable, std::move(response)};
  }
  const HookSource& source = door.source;
  const Result<connector::WebhookEvent> event =
      source.read({request.headers, request.body}, source.secrets, clock_.now());
  if (!event) return {HookOutcome::Forged, response_of(401)};
  if (event->purpose == connector::WebhookPurpose::Handshake)
    return {HookOutcome::Test, taken(*event)};
  std::optional<Milliseconds> wait;
  {
    const std::lock_guard lock(mutex_);
    wait = door.bucket.take(clock_.uptime().since);
  }
  if (wait) return {HookOutcome::Throttled, later(429, *wait)};
  if (event->purpose == connector::WebhookPurpose::Test) return {HookOutcome::Test, taken(*event)};
  return keep(source, *event, request.body);
}

Hooks::Answer Hooks::keep(const HookSource& source, const connector::WebhookEvent& event,
                          std::string_view body) {
  const Result<Kept> kept = inbox_.keep(
      {.source = source.name, .kind = event.kind, .id = event.id, .body = body, .part = event.part},
      clock_.now());
  if (!kept || *kept == Kept::Full) return {HookOutcome::NotKept, later(503, kTryAgain)};
  if (*kept == Kept::Known) return {HookOutcome::Known, taken(event)};
  if (arrived_) arrived_();
  return {HookOutcome::Accepted, taken(event)};
}

std::vector<HookCount> Hooks::counts() const {
  const std::lock_guard lock(mutex_);
  std::vector<HookCount> counts;
  for (const auto& [name, door] : doors_) {
    for (std::size_t i = 0; i < door.counts.size(); ++i)
      counts.push_back({name, static_cast<HookOutcome>(i), door.counts[i]});
  }
  return counts;
}

}  // namespace praxisync::serve
