#include "simulation/wire.h"

#include <fmt/format.h>

namespace praxisync::simulation {
namespace {

constexpr Milliseconds kTimeout = std::chrono::seconds{30};

Error no_answer(const http::Request& request) {
  return Error{
      request.repeat == http::Repeat::Safe ? ErrorKind::Transient : ErrorKind::OutcomeUnknown,
      "no answer in time"};
}

/// What the played API itself can be asked to do.
std::optional<sandbox::Fault> fault_of(const Step& step) {
  sandbox::Fault fault;
  using Kind = sandbox::Fault::Kind;
  switch (step.act) {
    case Act::Drop:
      fault.kind = Kind::DropBefore;
      return fault;
    case Act::DropAfter:
      fault.kind = Kind::DropAfterApplying;
      return fault;
    case Act::Cut:
      fault.kind = Kind::Truncate;
      fault.bytes = 20;
      return fault;
    case Act::ServerError:
      fault.kind = Kind::Status;
      fault.status = step.ats;
      return fault;
    case Act::ErrorAfter:
      fault.kind = Kind::StatusAfterApplying;
      fault.status = step.ats;
      return fault;
    case Act::Redirect:
      fault.kind = Kind::Status;
      fault.status = step.ats;
      fault.headers = {{"Location", "https://elsewhere.example/api/v1/public/"}};
      return fault;
    case Act::Junk:
      fault.kind = Kind::StatusAfterApplying;
      fault.status = 200;
      fault.body = "<html>please sign in</html>";
      return fault;
    case Act::Throttle:
      fault.kind = Kind::Status;
      fault.status = 429;
      fault.headers = {{"Retry-After", "20"}};
      return fault;
    case Act::Refuse:
    case Act::Forbid:
      fault.kind = Kind::Status;
      fault.status = step.act == Act::Refuse ? 401 : 403;
      fault.body = R"({"error":{"code":"X","message":"no"}})";
      return fault;
    case Act::Delay:
      fault.kind = Kind::Delay;
      fault.delay = std::chrono::seconds{25};
      return fault;
    default:
      return std::nullopt;
  }
}

}  // namespace

Wire::Wire(Universe& universe, Trace& trace, Reached& reached)
    : universe_(universe), trace_(trace), reached_(reached) {}

/// Whose key it is, theirs is the organisation.
sandbox::AssessSandbox& Wire::assess() {
  return key_ == kForeignKey ? universe_.foreign() : universe_.assess;
}

void Wire::reach(Act act) {
  ++struck_;
  ++reached_["fault " + std::string(name_of(act).name)];
}

void Wire::arm(const Step& step) {
  if (step.act == Act::Second) {
    second_at_ = step.first;
    return;
  }
  Armed armed{step, step.first};
  const bool of_writes = step.act == Act::Late || (fault_of(step) && step.second >= 100);
  if (fault_of(step)) armed.times = step.second % 100;
  if (of_writes) armed.not_of = http::Method::Get;
  armed_.push_back(armed);
}

void Wire::disarm() {
  armed_.clear();
  second_at_ = -1;
  requests_ = 0;
  previous_.reset();
}

/// Of those that fit and skip no more the one armed first, and all of them count.
std::optional<Step> Wire::strike(const http::Request& request) {
  std::optional<Step> struck;
  for (Armed& armed : armed_) {
    if (armed.times <= 0 || armed.not_of == request.method) continue;
    if (armed.skip > 0) {
      --armed.skip;
    } else if (!struck) {
      --armed.times;
      struck = armed.step;
    }
  }
  return struck;
}

void Wire::deliver_late() {
  while (!late_.empty() && late_.front().due <= universe_.clock.now()) {
    const http::Request request = std::move(late_.front().request);
    late_.pop_front();
    const http::Response reply = universe_.assess.handle(request);
    trace_.tell(fmt::format("late {} {}", reply.status, request.url));
  }
}

Result<http::Response> Wire::pass(const http::Request& request) {
  http::Request sent = request;
  sent.headers.push_back({"Authorization", "Bearer " + key_});
  return sandbox::SandboxTransport(assess(), universe_.clock, kOrigin).send(sent);
}

Result<http::Response> Wire::pass_or_strike(const http::Request& request) {
  const std::optional<Step> struck = nested_ ? std::nullopt : strike(request);
  if (!struck) return pass(request);
  if (const auto fault = fault_of(*struck)) {
    reach(struck->act);
    assess().faults().add(*fault);
    return pass(request);
  }
  const bool enrolls = request.url.find("/enroll") != std::string::npos;
  if (struck->act == Act::Late) {
    reach(Act::Late);
    http::Request sent = request;
    sent.headers.push_back({"Authorization", "Bearer " + key_});
    late_.push_back(
        {universe_.clock.now() + std::chrono::minutes{struck->second}, std::move(sent)});
    universe_.clock.sleep_until(universe_.clock.now() + kTimeout);
    return no_answer(request);
  }
  if (struck->act == Act::Swap && previous_ && request.method == http::Method::Get) {
    reach(Act::Swap);
    return *previous_;
  }
  // Nothing helps against a proxy that enrolls twice: the API has no key to tell it by.
  if (struck->act == Act::Twice && !enrolls) {
    reach(Act::Twice);
    repeated_ = true;
    const Result<http::Response> first = pass(request);
    static_cast<void>(pass(request));
    return first;
  }
  return pass(request);
}

Result<http::Response> Wire::send(const http::Request& request) {
  deliver_late();
  if (before) before(request);
  if (!nested_ && second && requests_++ == second_at_) {
    reach(Act::Second);
    nested_ = true;
    second();
    nested_ = false;
  }
  const Timestamp sent_at = universe_.clock.now();
  Result<http::Response> reply = pass_or_strike(request);
  if (reply && request.method == http::Method::Get) previous_ = *reply;
  trace_.tell(fmt::format("{} {} {} {:x} -> {}", sent_at.time_since_epoch().count(),
                          to_string(request.method), request.url, sandbox::fnv1a(request.body),
                          reply ? std::to_string(reply->status) : reply.error().what));
  if (!request.body.empty()) trace_.note("    " + request.body);
  if (reply) trace_.note("    " + reply->body);
  if (after) after(request, reply);
  return reply;
}

}  // namespace praxisync::simulation
