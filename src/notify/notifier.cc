#include "notify/notifier.h"

#include <fmt/format.h>

#include <utility>

#include "domain/uuid.h"
#include "http/origin_gate.h"
#include "http/url.h"

namespace praxisync::notify {
namespace {

constexpr const char* kPingUrl = "ping_url";
constexpr const char* kWebhookUrl = "webhook_url";

void replace_all(std::string& text, const std::string& part, std::string_view by) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
    text.replace(at, part.size(), by);
}

/// The host belongs to the URL, and the URL is a secret.
std::string without_host(std::string text, const http::Origin& origin) {
  for (const std::string& name :
       {http::to_string(origin), fmt::format("{}:{}", origin.host, origin.port), origin.host})
    replace_all(text, name, "its host");
  return text;
}

}  // namespace

Notifier::Notifier(http::Transport& network, Random& random, Settings settings, Scrub scrub)
    : network_(network),
      random_(random),
      settings_(std::move(settings)),
      scrub_(std::move(scrub)) {}

void Notifier::begins() {
  run_id_ = make_uuid(random_);
  ping("/start", {});
}

void Notifier::ends(const sync::RunReport& report, std::optional<int> before) {
  const int code = sync::exit_code(report.ending);
  ping(code == 0 ? "" : fmt::format("/{}", code), short_log(report));
  const std::optional<Event> event = event_of(code, before);
  if (!event || settings_.webhook_url.empty()) return;
  post(kWebhookUrl, settings_.webhook_url, "application/json",
       body_of(settings_.format, message_of(*event, report, before), report));
}

void Notifier::ping(const std::string& end, std::string log) {
  if (settings_.ping_url.empty()) return;
  std::string base = settings_.ping_url.reveal();
  while (base.ends_with('/')) base.pop_back();
  post(kPingUrl, ApiKey(fmt::format("{}{}?rid={}", base, end, run_id_)),
       "text/plain; charset=utf-8", std::move(log));
}

void Notifier::post(const char* name, const ApiKey& url, std::string type, std::string body) {
  const Result<http::Url> place = http::parse_url(url.reveal());
  PRAXISYNC_CHECK(place.has_value(), "the config has checked the URL");
  http::OriginGate gate(network_, place->origin, []() -> Result<std::vector<http::Credential>> {
    return std::vector<http::Credential>{};
  });
  const Result<http::Response> reply = gate.send({.method = http::Method::Post,
                                                  .url = url.reveal(),
                                                  .headers = {{"Content-Type", std::move(type)}},
                                                  .body = scrub_(std::move(body)),
                                                  .repeat = http::Repeat::Never,
                                                  .cost = http::Cost::Write});
  std::string why;
  if (!reply) {
    why = without_host(reply.error().what, place->origin);
  } else if (reply->status < 200 || reply->status >= 300) {
    why = fmt::format("HTTP {}", reply->status);
  }
  if (!why.empty()) failures_.try_emplace(name, fmt::format("[notify] {}: {}", name, why));
}

std::vector<std::string> Notifier::take_failures() {
  std::vector<std::string> lines;
  for (const auto& [name, line] : std::exchange(failures_, {})) lines.push_back(line);
  return lines;
}

}  // namespace praxisync::notify
