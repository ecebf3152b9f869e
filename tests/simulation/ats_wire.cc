#include "simulation/ats_wire.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/base64.h"
#include "sandbox/ats/peers.h"
#include "sandbox/sandbox_transport.h"

namespace praxisync::simulation {
namespace {

using How = AtsFault::How;

constexpr Milliseconds kPatience = std::chrono::seconds{30};
constexpr const char* kElsewhere = "https://elsewhere.example";

sandbox::Fault status(int status, std::string body = R"({"message":"no"})") {
  sandbox::Fault fault;
  fault.kind = sandbox::Fault::Kind::Status;
  fault.status = status;
  fault.body = std::move(body);
  return fault;
}

/// What the played ATS itself can be asked to do.
std::optional<sandbox::Fault> fault_of(How how) {
  using Kind = sandbox::Fault::Kind;
  sandbox::Fault fault;
  switch (how) {
    case How::Drop:
      fault.kind = Kind::DropBefore;
      return fault;
    case How::DropAfter:
      fault.kind = Kind::DropAfterApplying;
      return fault;
    case How::Cut:
      fault.kind = Kind::Truncate;
      fault.bytes = 20;
      return fault;
    case How::Error:
      return status(502);
    case How::ErrorAfter:
      fault = status(504);
      fault.kind = Kind::StatusAfterApplying;
      return fault;
    case How::Junk:
      fault = status(200, "<html>please sign in</html>");
      fault.kind = Kind::StatusAfterApplying;
      return fault;
    case How::Throttle:
      fault = status(429);
      fault.headers = {{"Retry-After", "20"}};
      return fault;
    case How::Refuse:
      return status(401);
    case How::Redirect:
      fault = status(307, "");
      fault.headers = {{"Location", kElsewhere}};
      return fault;
    case How::Late:
    case How::Forget:
    case How::Astray:
      break;
  }
  return std::nullopt;
}

/// The answer of a list of applications that has nobody on it; empty: it asks for something else.
std::string nobody(AtsKind kind, const http::Request& request) {
  const auto asks = [&](std::string_view part) { return request.url.find(part) != part.npos; };
  switch (kind) {
    case AtsKind::Greenhouse:
      return asks("/v3/applications?") && !asks("&ids=") ? "[]" : "";
    case AtsKind::Lever:
      return asks("/v1/opportunities?") ? R"({"data":[],"hasNext":false})" : "";
    case AtsKind::Ashby:
      return asks("/application.list")
                 ? R"({"success":true,"results":[],"moreDataAvailable":false})"
                 : "";
    case AtsKind::Plain:
      break;
  }
  return {};
}

bool writes(const http::Request& request) { return request.repeat != http::Repeat::Safe; }

}  // namespace

bool carries(const http::Request& request, std::string_view secret) {
  return request.url.find(secret) != secret.npos || request.body.find(secret) != secret.npos ||
         std::ranges::any_of(request.headers, [&](const http::Header& header) {
           return header.value.find(secret) != secret.npos;
         });
}

const std::vector<std::string>& credentials_of(AtsKind kind) {
  static const auto all = [] {
    std::map<AtsKind, std::vector<std::string>> known{{AtsKind::Plain, {}}};
    for (const AtsKind of : {AtsKind::Greenhouse, AtsKind::Lever, AtsKind::Ashby}) {
      std::string pair;
      for (const auto& credential : sandbox::ats::find_played(type_of(of))->credentials) {
        known[of].push_back(credential.value);
        pair += (pair.empty() ? "" : ":") + credential.value;
      }
      if (known[of].size() == 1) pair += ":";
      known[of].push_back(http::base64(pair));
    }
    return known;
  }();
  return all.at(kind);
}

AtsWire::AtsWire(Ats& ats, Universe& universe, const AtsWatch& watch)
    : ats_(ats), universe_(universe), watch_(watch), origins_(ats.peer->origins()) {}

void AtsWire::check(const http::Request& request) {
  const auto violated = [&](const char* invariant, const char* what) {
    if (watch_.found.size() < 20) watch_.found.push_back({invariant, ats_.name + ": " + what});
  };
  if (carries(request, "ct_live_")) violated("S11", "the key of the Assess API goes to an ATS");
  for (const AtsKind other : {AtsKind::Greenhouse, AtsKind::Lever, AtsKind::Ashby}) {
    if (other == ats_.kind) continue;
    for (const std::string& secret : credentials_of(other)) {
      if (carries(request, secret)) violated("S11", "a credential of another ATS goes to it");
    }
  }
  if (writes(request) && !ats_.may_write) violated("S2", "a write while it only looks");
  if (closed_until_ && universe_.clock.now() < *closed_until_)
    violated("S8", "a request before Retry-After was over");
}

Result<http::Response> AtsWire::pass(const http::Request& request) {
  return sandbox::receive(ats_.peer->deliver(request), request.repeat, universe_.clock);
}

Result<http::Response> AtsWire::answer_late(const http::Request& request, Milliseconds delay) {
  const auto land = [&ats = ats_, request] {
    return fmt::format("{} {}", ats.peer->handle(request).status, request.url);
  };
  ats_.on_their_way.push_back({universe_.clock.now() + delay, land});
  universe_.clock.sleep_until(universe_.clock.now() + kPatience);
  return Error{ErrorKind::OutcomeUnknown, "no answer in time"};
}

/// The next page is said to be elsewhere. Greenhouse alone gives addresses.
void AtsWire::lead_astray(http::Response& reply) {
  const auto link = std::ranges::find(reply.headers, "Link", &http::Header::name);
  if (link == reply.headers.end()) return;
  if (!strike(ats_.faults, [](const AtsFault& armed) { return armed.how != How::Astray; })) return;
  watch_.struck(Act::AtsAstray);
  link->value.replace(link->value.find(origins_.front()), origins_.front().size(), kElsewhere);
}

Result<http::Response> AtsWire::pass_or_strike(const http::Request& request) {
  if (ats_.gone == Ats::Gone::Failing || ats_.down) {
    watch_.struck(Act::AtsDown);
    ats_.peer->faults().add(status(503));
    return pass(request);
  }
  if (ats_.gone == Ats::Gone::Revoked) {
    ats_.peer->faults().add(status(401));
    return pass(request);
  }
  if (const std::string list = ats_.empty ? nobody(ats_.kind, request) : ""; !list.empty()) {
    watch_.struck(Act::AtsEmpty);
    return http::Response{200, {{"Content-Type", "application/json"}}, list};
  }
  const auto fault = strike(ats_.faults, [&](const AtsFault& armed) {
    if (armed.how == How::Astray) return true;
    return !writes(request) && (armed.of_writes || armed.how == How::Late);
  });
  if (!fault) {
    Result<http::Response> reply = pass(request);
    if (reply) lead_astray(*reply);
    return reply;
  }
  watch_.struck(act_of(fault->how));
  if (fault->how == How::Late) return answer_late(request, fault->delay);
  if (fault->how == How::Forget) ats_.peer->forget();
  if (const auto befalls = fault_of(fault->how)) ats_.peer->faults().add(*befalls);
  return pass(request);
}

Result<http::Response> AtsWire::send(const http::Request& request) {
  land_late(ats_, universe_.clock.now(), watch_.trace);
  watch_.door();
  const bool its_own = std::ranges::any_of(
      origins_, [&](const std::string& origin) { return request.url.starts_with(origin + "/"); });
  if (!its_own) {
    watch_.found.push_back({"S11", ats_.name + ": a request to " + request.url});
    return Error{ErrorKind::Transient, "no such host"};
  }
  check(request);
  const Timestamp sent_at = universe_.clock.now();
  Result<http::Response> reply = pass_or_strike(request);
  if (reply && reply->status == 429) {
    const std::string after(http::header(reply->headers, "Retry-After"));
    if (!after.empty())
      closed_until_ = universe_.clock.now() + std::chrono::seconds{std::stoi(after)};
  }
  watch_.trace.tell(fmt::format("{} {} {} {} {:x} -> {}", sent_at.time_since_epoch().count(),
                                ats_.name, to_string(request.method), request.url,
                                sandbox::fnv1a(request.body),
                                reply ? std::to_string(reply->status) : reply.error().what));
  if (!request.body.empty()) watch_.trace.note("    " + request.body);
  if (reply) watch_.trace.note("    " + reply->body);
  watch_.door();
  return reply;
}

void land_late(Ats& ats, Timestamp now, Trace& trace) {
  while (!ats.on_their_way.empty() && ats.on_their_way.front().due <= now) {
    const auto land = std::move(ats.on_their_way.front().land);
    ats.on_their_way.pop_front();
    const std::size_t before = ats.world.effects().size();
    trace.tell("late write " + land());
    for (std::size_t i = before; i < ats.world.effects().size(); ++i) ats.late_effects.insert(i);
  }
}

}  // namespace praxisync::simulation
