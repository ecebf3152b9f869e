#include "simulation/ats_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/signature.h"

namespace praxisync::simulation {
namespace {

/// What stands before the signed members of a Lever delivery; they are its last.
constexpr std::string_view kLeverSigned = R"("token":)";

/// By AtsKind: how an application's beginning is called, and what is told of everything else.
struct Names {
  const char* applied;
  const char* changed;
};
constexpr std::array<Names, 4> kNames{{{"", ""},
                                       {"new_candidate_application", "candidate_stage_change"},
                                       {"applicationCreated", "candidateStageChange"},
                                       {"applicationSubmit", "candidateStageChange"}}};

http::Request delivery_to(const Ats& ats, std::string body) {
  http::Request request{
      http::Method::Post, kHooks + ats.name, {{"Content-Type", "application/json"}}};
  request.body = std::move(body);
  request.repeat = http::Repeat::Never;
  return request;
}

std::string lever_body(const Ats& ats, const char* event, int number, Timestamp at) {
  const std::string token = fmt::format("{:048}", number);
  const auto triggered_at = at.time_since_epoch().count();
  const std::string signature =
      sandbox::sign(hook_secret_of(ats), token + std::to_string(triggered_at));
  return fmt::format(
      R"({{"id":"{}","event":"{}","data":{{"number":{}}},{}"{}","triggeredAt":{},"signature":"{}"}})",
      number, event, number, kLeverSigned, token, triggered_at, signature);
}

}  // namespace

std::string hook_secret_of(const Ats& ats) { return "hooks-of-" + ats.name; }

std::optional<http::Request> event_of(const Ats& ats, Act act, int number, Timestamp at) {
  const Names& names = kNames.at(static_cast<std::size_t>(ats.kind));
  const char* const event = act == Act::Apply ? names.applied : names.changed;
  const auto signed_by = [&](const char* header, const char* prefix, const char* payload) {
    http::Request request = delivery_to(
        ats, fmt::format(R"({{"action":"{}","{}":{{"number":{}}}}})", event, payload, number));
    request.headers.push_back({header, prefix + sandbox::sign(hook_secret_of(ats), request.body)});
    return request;
  };
  switch (ats.kind) {
    case AtsKind::Greenhouse: {
      http::Request request = signed_by("Signature", "sha256 ", "payload");
      request.headers.push_back({"Greenhouse-Event-ID", std::to_string(number)});
      return request;
    }
    case AtsKind::Lever:
      return delivery_to(ats, lever_body(ats, event, number, at));
    case AtsKind::Ashby:
      return signed_by("Ashby-Signature", "sha256=", "data");
    case AtsKind::Plain:
      break;
  }
  return std::nullopt;
}

http::Request forged(http::Request delivery, int place) {
  const auto signature = std::ranges::find_if(delivery.headers, [](const http::Header& header) {
    return header.name.ends_with("Signature");
  });
  const bool in_header = signature != delivery.headers.end();
  const std::size_t from = in_header ? 0 : delivery.body.find(kLeverSigned);
  const std::size_t in_body = delivery.body.size() - from;
  const std::size_t all = in_body + (in_header ? signature->value.size() : 0);
  const std::size_t at = static_cast<std::size_t>(std::abs(place)) % all;
  char& byte = at < in_body ? delivery.body[from + at] : signature->value[at - in_body];
  byte = static_cast<char>(byte ^ 1);
  return delivery;
}

}  // namespace praxisync::simulation
