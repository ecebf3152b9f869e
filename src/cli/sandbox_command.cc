#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "cli/session.h"
#include "domain/text.h"
#include "http/curl_transport.h"
#include "sandbox/ats/hiring_server.h"
#include "sandbox/demo_world.h"
#include "sandbox/server.h"

namespace praxisync::cli {
namespace {

constexpr int kMostPeople = 1'000'000;

template <typename Number>
std::optional<Number> number_of(const std::string& text, Number low, Number high) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < low || value > high) return std::nullopt;
  return value;
}

struct Setting {
  sandbox::Options world{};
  int port = 0, ats_port = 0, people = 0, applicants = 0;
  const sandbox::ats::PlayedAts* ats = nullptr;  ///< beside the Assess API
  std::optional<Timestamp> frozen_at{};
  std::vector<sandbox::KeyGrant> keys{};  ///< beside those that are always there
};

Error usage(std::string what) { return Error{ErrorKind::Fatal, std::move(what)}; }

/// The scopes of one --key-scopes: "assessments:read,cases:read".
Result<std::vector<std::string>> scopes_of(std::string_view text) {
  const auto& known = sandbox::all_scopes();
  std::vector<std::string> scopes;
  while (!text.empty()) {
    const std::string_view scope = text.substr(0, text.find(','));
    text.remove_prefix(std::min(scope.size() + 1, text.size()));
    if (std::find(known.begin(), known.end(), trim(scope)) == known.end())
      return usage(fmt::format("--key-scopes takes {}", fmt::join(known, ",")));
    scopes.emplace_back(trim(scope));
  }
  return scopes;
}

/// "+05:30": how far local time is ahead of UTC.
std::optional<std::chrono::minutes> zone_of(const std::string& text) {
  constexpr std::string_view kMidnight = "2000-01-01T00:00:00";
  const auto here = parse_timestamp(std::string(kMidnight) + "Z");
  const auto there = parse_timestamp(std::string(kMidnight) + text);
  if (text.empty() || !there) return std::nullopt;
  const auto ahead = std::chrono::floor<std::chrono::minutes>(*here - *there);
  if (ahead < -std::chrono::hours{12} || ahead > std::chrono::hours{14}) return std::nullopt;
  return ahead;
}

Result<Setting> read_setting(const ParsedOptions& options) {
  constexpr int kMostRequests = 10'000'000;
  const auto port = number_of<int>(options.get("port"), 0, 65535);
  const auto ats_port = number_of<int>(options.get("ats-port"), 0, 65535);
  const auto seed = number_of<std::uint64_t>(options.get("seed"), 0, UINT64_MAX);
  const auto people = number_of<int>(options.get("people"), 0, kMostPeople);
  const auto applicants = number_of<int>(options.get("ats-people"), 0, kMostPeople);
  const auto reads = number_of<int>(options.get("reads-per-hour"), 0, kMostRequests);
  const auto writes = number_of<int>(options.get("writes-per-hour"), 0, kMostRequests);
  if (!port) return usage("--port takes 0 to 65535");
  if (!ats_port) return usage("--ats-port takes 0 to 65535");
  if (!seed) return usage("--seed takes a number");
  if (!people) return usage(fmt::format("--people takes 0 to {}", kMostPeople));
  if (!applicants) return usage(fmt::format("--ats-people takes 0 to {}", kMostPeople));
  if (!reads || !writes)
    return usage(fmt::format("--reads-per-hour and --writes-per-hour take 0 to {}", kMostRequests));

  Setting setting{
      .port = *port, .ats_port = *ats_port, .people = *people, .applicants = *applicants};
  setting.ats = sandbox::ats::find_played(options.get("ats"));
  setting.world.seed = *seed;
  setting.world.reads_per_hour = *reads;
  setting.world.writes_per_hour = *writes;
  setting.world.candidates = sandbox::CandidateBehaviour{};
  if (options.get("pagination") == "page") setting.world.pagination = sandbox::Pagination::Page;
  if (options.get("spelling") == "space")
    setting.world.skip_spelling = sandbox::SkipSpelling::Space;
  if (options.get("plan") == "free") setting.world.plan = sandbox::Plan::Free;
  if (options.get("plan") == "starter") setting.world.plan = sandbox::Plan::Starter;
  if (options.get("plan") == "enterprise") setting.world.plan = sandbox::Plan::Enterprise;
  const auto zone = zone_of(options.get("month-zone"));
  if (!zone) return usage("--month-zone takes -12:00 to +14:00");
  setting.world.month_zone = *zone;
  if (options.has("frozen-at")) {
    setting.frozen_at = parse_timestamp(options.get("frozen-at"));
    if (!setting.frozen_at) return usage("--frozen-at takes a time such as 2026-01-05T09:00:00Z");
  }
  for (const std::string& text : options.all("key-scopes")) {
    Result<std::vector<std::string>> scopes = scopes_of(text);
    if (!scopes) return scopes.error();
    setting.keys.push_back(
        {fmt::format("ct_live_sandbox_key_{}", setting.keys.size() + 1), std::move(*scopes)});
  }
  return setting;
}

void greet(App& app, const std::string& origin, const Setting& setting) {
  app.out << fmt::format(
      "sandbox of the Assess API at {0}\n"
      "look at it: {0}/\n"
      "key: {1}\n"
      "key that only reads: {2}\n"
      "key without candidates:read: {3}\n",
      origin, sandbox::kDemoKey, sandbox::kReadOnlyKey, sandbox::kNoCandidatesKey);
  for (const sandbox::KeyGrant& grant : setting.keys)
    app.out << fmt::format("key with {}: {}\n", fmt::join(grant.scopes, ","), grant.key);
  app.out << fmt::format(
                 "drive its time: curl -X POST {}/__sandbox/clock -d '{{\"advance\":\"24h\"}}'\n"
                 "end it with Ctrl-C\n",
                 origin)
          << std::flush;
}

/// How a config reaches the ATS, ready to be pasted.
void greet_ats(App& app, const sandbox::ats::HiringServer& server) {
  app.out << fmt::format("{} played at {}, with recruiters at work; its part of a config:\n\n{}\n",
                         server.ats().type, server.origin(), server.connector());
  for (const sandbox::ats::Credential& credential : server.ats().credentials)
    app.out << fmt::format("export {}={}\n", credential.variable, credential.value);
  app.out << "\n";
}

int run_sandbox(App& app, const ParsedOptions& options) {
  const Result<Setting> setting = read_setting(options);
  if (!setting) {
    app.err << "praxisync: " << setting.error().what << "\n";
    return kUsage;
  }
  schedule::SystemClock system(&app.stop);
  std::optional<sandbox::DrivenClock> clock;
  if (setting->frozen_at) {
    clock.emplace(*setting->frozen_at);
  } else {
    clock.emplace(system);
  }
  sandbox::AssessSandbox assess(*clock, setting->world);
  sandbox::build_demo_world(assess);
  sandbox::add_lesser_keys(assess);
  for (const sandbox::KeyGrant& grant : setting->keys) assess.add_key(grant.key, grant.scopes);
  assess.add_people(setting->people);

  constexpr Milliseconds kPatience{5'000};
  http::CurlTransport webhooks({.version = "sandbox",
                                .connect_timeout = kPatience,
                                .first_byte_timeout = kPatience,
                                .total_timeout = 2 * kPatience,
                                .max_body = 64U << 10,
                                .stop = &app.stop});
  sandbox::SandboxServer server(assess, *clock, {.port = setting->port}, &webhooks);
  if (const Result<void> started = server.start(); !started) {
    print_error(app, started.error());
    return kFailed;
  }
  std::optional<sandbox::ats::HiringServer> ats;
  if (setting->ats != nullptr) {
    ats.emplace(*setting->ats, *clock, sandbox::ServerOptions{.port = setting->ats_port});
    ats->add_applicants(setting->applicants);
    if (const Result<void> started = ats->start(); !started) {
      print_error(app, started.error());
      return kFailed;
    }
    greet_ats(app, *ats);
  }
  greet(app, server.origin(), *setting);
  while (!app.stop) system.sleep_until(system.now() + std::chrono::hours{1});
  if (ats) ats->stop();
  server.stop();
  return kDone;
}

}  // namespace

Command sandbox_command() {
  return {
      {.name = "sandbox",
       .summary = "The Assess API on loopback, with candidates who take their tests",
       .usage = "Everything that praxisync does can be tried against it, without a key and "
                "without mailing anybody. Webhooks that are registered with it are really sent. "
                "Its page shows what is in it.",
       .options =
           {{.name = "port", .argument = "PORT", .help = "0: any free one", .fallback = "8477"},
            {.name = "ats",
             .argument = "TYPE",
             .help = "plays that ATS too, with the demo's people and recruiters at work",
             .choices = sandbox::ats::peer_types()},
            {.name = "ats-port", .argument = "PORT", .help = "of the ATS", .fallback = "8478"},
            {.name = "ats-people",
             .argument = "N",
             .help = "so many more are in the stage Technical Test of Senior Backend Engineer",
             .fallback = "0"},
            {.name = "seed",
             .argument = "N",
             .help = "the same seed gives the same world",
             .fallback = "1"},
            {.name = "people",
             .argument = "N",
             .help = "so many were invited before, at no cost to the quota",
             .fallback = "0"},
            {.name = "pagination",
             .argument = "KIND",
             .help = "as the newer pages of the documents, or the older reference",
             .fallback = "cursor",
             .choices = {"cursor", "page"}},
            {.name = "spelling",
             .argument = "KIND",
             .help = "of why a bulk invite skips: already_invited, or already invited",
             .fallback = "underscore",
             .choices = {"underscore", "space"}},
            {.name = "plan",
             .argument = "PLAN",
             .help = "its month's quota",
             .fallback = "growth",
             .choices = {"free", "starter", "growth", "enterprise"}},
            {.name = "month-zone",
             .argument = "OFFSET",
             .help = "from UTC, such as +05:30: there the quota's month begins",
             .fallback = "+00:00"},
            {.name = "reads-per-hour", .argument = "N", .help = "0: no limit", .fallback = "500"},
            {.name = "writes-per-hour", .argument = "N", .help = "0: no limit", .fallback = "100"},
            {.name = "key-scopes",
             .argument = "SCOPES",
             .help = "one more key, with these scopes only, for example "
                     "assessments:read,invitations:read",
             .occurs = Occurs::Often},
            {.name = "frozen-at",
             .argument = "TIME",
             .help = "its time begins there and moves only when it is driven"}},
       .examples = {{"praxisync sandbox", "then set base_url = \"http://127.0.0.1:8477\""},
                    {"praxisync sandbox --people 500",
                     "with invitations in every state, to look at in a browser"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage})},
      run_sandbox};
}

}  // namespace praxisync::cli
