// How many webhook deliveries a second are on the disk before their senders are told so: signed,
// checked and kept by `Hooks`, by so many threads at a time.
// Usage: inbox_rate FOLDER [THREADS] [DELIVERIES]. FOLDER is on the disk that is asked about.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "schedule/system_clock.h"
#include "serve/hooks.h"

namespace praxisync {
namespace {

constexpr const char* kSecret = "a-secret-of-the-bench-alone";

http::Request delivery(int number) {
  std::string body = fmt::format(
      R"({{"event":"candidate.passed","created_at":"2026-01-05T08:00:00Z","n":{},)"
      R"("data":{{"assessment_slug":"senior-backend-screen","candidate_email":"p@example.com",)"
      R"("score":81,"max_score":100,"passed":true}}}})",
      number);
  std::string signature = webhook_signature(body, WebhookSecret(kSecret)).text();
  return {.method = http::Method::Post,
          .url = "/hooks/assess",
          .headers = {{"X-Praxicraft-Signature", std::move(signature)}},
          .body = std::move(body)};
}

int measure(const std::filesystem::path& folder, int threads, int deliveries) {
  const std::filesystem::path path = folder / fmt::format("inbox-rate-{}", threads);
  auto inbox = serve::Inbox::open(path, {.waiting = 1'000'000, .rows = 1'000'000});
  if (!inbox) {
    std::fprintf(stderr, "%s\n", inbox.error().what.c_str());
    return 1;
  }
  schedule::SystemClock clock;
  config::Config config;
  config.serve.webhook_secrets = {ApiKey(kSecret)};
  serve::Hooks hooks(serve::hook_sources(config, {}), **inbox, clock, {},
                     {.burst = 1'000'000, .a_second = 1'000'000});
  std::vector<http::Request> requests;
  for (int i = 0; i < deliveries; ++i) requests.push_back(delivery(i));

  std::atomic<int> next{0}, kept{0};
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> senders;
    for (int t = 0; t < threads; ++t) {
      senders.emplace_back([&] {
        for (int i = next++; i < deliveries; i = next++)
          kept += hooks.handle(requests[static_cast<std::size_t>(i)]).status == 200;
      });
    }
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  std::printf("%3d threads: %d of %d deliveries kept in %.2f s, %.0f a second\n", threads,
              kept.load(), deliveries, spent.count(), kept / spent.count());
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
  return kept == deliveries ? 0 : 1;
}

}  // namespace
}  // namespace praxisync

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: inbox_rate FOLDER [THREADS] [DELIVERIES]\n");
    return 2;
  }
  const int threads = count > 2 ? std::atoi(arguments[2]) : 8;
  const int deliveries = count > 3 ? std::atoi(arguments[3]) : 5000;
  return praxisync::measure(arguments[1], threads, deliveries);
}
