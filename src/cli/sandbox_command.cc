#include <fmt/format.h>

#include <charconv>

#include "cli/session.h"
#include "sandbox/demo_world.h"
#include "sandbox/server.h"

namespace praxisync::cli {
namespace {

template <typename Number>
std::optional<Number> number_of(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int run(App& app, const ParsedOptions& options) {
  const auto port = number_of<int>(options.get("port"));
  const auto seed = number_of<std::uint64_t>(options.get("seed"));
  if (!port || *port < 0 || *port > 65535 || !seed) {
    app.err << "praxisync: --port takes 0 to 65535, --seed a number\n";
    return kUsage;
  }
  sandbox::Options world;
  world.seed = *seed;
  world.candidates = sandbox::CandidateBehaviour{};
  if (options.get("pagination") == "page") world.pagination = sandbox::Pagination::Page;
  if (options.get("plan") == "free") world.plan = sandbox::Plan::Free;
  if (options.get("plan") == "starter") world.plan = sandbox::Plan::Starter;
  if (options.get("plan") == "enterprise") world.plan = sandbox::Plan::Enterprise;
  schedule::SystemClock system(&app.stop);
  sandbox::DrivenClock clock(system);
  sandbox::AssessSandbox assess(clock, world);
  sandbox::build_demo_world(assess);
  sandbox::SandboxServer server(assess, clock, {.port = *port});
  if (const Result<void> started = server.start(); !started) {
    print_error(app, started.error());
    return kFailed;
  }
  app.out << fmt::format(
                 "sandbox of the Assess API at {}\n"
                 "key: {}\n"
                 "drive its time: curl -X POST {}/__sandbox/clock -d '{{\"advance\":\"24h\"}}'\n"
                 "end it with Ctrl-C\n",
                 server.origin(), sandbox::kDemoKey, server.origin())
          << std::flush;
  while (!app.stop) system.sleep_until(system.now() + std::chrono::hours{1});
  server.stop();
  return kDone;
}

}  // namespace

Command sandbox_command() {
  return {{.name = "sandbox",
           .summary = "The Assess API on loopback, with candidates who take their tests",
           .usage = "Everything that praxisync does can be tried against it, without a key and "
                    "without mailing anybody.",
           .options =
               {{.name = "port", .argument = "PORT", .help = "0: any free one", .fallback = "8477"},
                {.name = "seed",
                 .argument = "N",
                 .help = "the same seed gives the same world",
                 .fallback = "1"},
                {.name = "pagination",
                 .argument = "KIND",
                 .help = "as the newer pages of the documents, or the older reference",
                 .fallback = "cursor",
                 .choices = {"cursor", "page"}},
                {.name = "plan",
                 .argument = "PLAN",
                 .help = "its month's quota",
                 .fallback = "growth",
                 .choices = {"free", "starter", "growth", "enterprise"}}},
           .examples = {{"praxisync sandbox", "then set base_url = \"http://127.0.0.1:8477\""}},
           .exit_codes = exit_codes({kDone, kFailed, kUsage})},
          run};
}

}  // namespace praxisync::cli
