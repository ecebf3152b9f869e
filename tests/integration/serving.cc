#include "integration/serving.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

constexpr std::string_view kListening = "listening at ";

std::string listens_at(const Process& process) {
  const std::string log = process.errors();
  const std::size_t at = log.find(kListening);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + kListening.size(), end = log.find('\n', begin);
  return end == std::string::npos ? std::string() : log.substr(begin, end - begin);
}

}  // namespace

void configure_serve(const Workplace& place, std::string_view every) {
  EXPECT_THAT(place.run({"webhooks", "create", "--url", "https://praxisync.example/hooks/assess",
                         "--event", "assessment.completed", "--secret-file", "hook.secret"}),
              ExitsWith(0));
  place.edit_config("[safety]", fmt::format("[schedule]\nevery = \"{}\"\n\n"
                                            "[serve]\nlisten = \"127.0.0.1:0\"\n"
                                            "webhook_secrets = [{{ file = \"hook.secret\" }}]\n\n"
                                            "[safety]",
                                            every));
}

Serving::Serving(const Workplace& place) : process_(place.start({"serve"})) {
  EXPECT_TRUE(eventually([&] { return !listens_at(process_).empty(); })) << process_.errors();
  origin_ = listens_at(process_);
}

int Serving::port() const {
  int port = 0;
  const std::string digits = origin_.substr(origin_.rfind(':') + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return port;
}

bool Serving::logs(std::string_view text) const {
  return eventually([&] { return process_.errors().find(text) != std::string::npos; });
}

http::Response Serving::post(std::string_view path, std::string body,
                             std::vector<http::Header> headers) {
  headers.push_back({"Content-Type", "application/json"});
  return send(http::Method::Post, path, std::move(body), std::move(headers));
}

http::Response Serving::send(http::Method method, std::string_view path, std::string body,
                             std::vector<http::Header> headers) {
  Result<http::Response> reply = curl_.send({.method = method,
                                             .url = origin_ + std::string(path),
                                             .headers = std::move(headers),
                                             .body = std::move(body)});
  EXPECT_THAT(reply, IsOk());
  return reply ? *std::move(reply) : http::Response{};
}

Ended Serving::stop() {
  process_.send_signal(SIGTERM);
  return process_.wait(std::chrono::seconds{10});
}

void pass_events_on(Workplace& place, const Serving& to) {
  const auto curl = std::make_shared<http::CurlTransport>(http::CurlOptions{.version = "proxy"});
  const auto pass_on = [curl, origin = to.origin()](http::Request request) {
    constexpr std::string_view kPublic = "https://praxisync.example";
    request.url.replace(0, kPublic.size(), origin);
    return curl->send(request);
  };
  place.server().between_requests(
      [&](sandbox::AssessSandbox&) { place.webhooks.pass_on = pass_on; });
}

int runs_of(const Workplace& place) {
  const Ended runs = place.run({"runs", "--output", "json"});
  EXPECT_THAT(runs, ExitsWith(0));
  return static_cast<int>(nlohmann::json::parse(runs.out).size());
}

}  // namespace praxisync::testing_support
