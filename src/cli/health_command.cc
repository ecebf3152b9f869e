#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/session.h"
#include "cli/version.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

/// Where a process of this machine reaches what listens there.
std::string origin_of(const config::Listen& listen) {
  const std::string host = listen.host == "0.0.0.0" ? "127.0.0.1"
                           : listen.host == "::"    ? "::1"
                                                    : listen.host;
  const bool v6 = host.find(':') != std::string::npos;
  return fmt::format("http://{}:{}", v6 ? "[" + host + "]" : host, listen.port);
}

http::Request probe(const config::Listen& listen) {
  return {.url = origin_of(listen) + "/healthz", .repeat = http::Repeat::Safe};
}

int run_health(App& app, const ParsedOptions& options) {
  const auto config = load_config(app, options, config::Secrets::NotNeeded);
  if (!config) return kUsage;
  const config::Listen& listen = config->serve.listen;
  if (listen.port == 0) {
    app.err << "praxisync: [serve] listen takes any free port, which nobody else knows; give it "
               "one, such as \"127.0.0.1:8377\"\n";
    return kUsage;
  }
  http::CurlTransport curl({.version = kVersion,
                            .connect_timeout = std::chrono::seconds{2},
                            .total_timeout = std::chrono::seconds{4},
                            .max_body = 4096,
                            .stop = &app.stop});
  const Result<http::Response> reply = curl.send(probe(listen));
  const bool healthy = reply && reply->status == 200;
  const std::string answer = printable(trim(reply ? reply->body : reply.error().what), 500);
  if (options.get("output") == "json") {
    app.out << nlohmann::json{{"healthy", healthy}, {"answer", answer}}.dump() << "\n";
  } else {
    app.out << answer << "\n";
  }
  return healthy ? kDone : kFailed;
}

}  // namespace

Command health_command() {
  return {{.name = "health",
           .summary = "Whether 'praxisync serve' on this machine is well, as its /healthz says",
           .usage = "Asks at the address that [serve] listen names, and prints the answer. For the "
                    "health check of a container, which has no other program to ask with.",
           .options = {},
           .examples = {{"praxisync health", "0: it is well; 1: it is not, or there is none"}},
           .exit_codes = exit_codes({kDone, kFailed, kUsage})},
          run_health};
}

}  // namespace praxisync::cli
