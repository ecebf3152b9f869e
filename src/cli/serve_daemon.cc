#include "cli/serve_daemon.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/schedules.h"
#include "connectors/all.h"
#include "schedule/signals.h"

namespace praxisync::cli {
namespace {

/// For the record of the schedules; made where there is none.
Result<store::Store> open_database(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    if (Result<store::Store> made = store::Store::open(path); !made) return std::move(made).error();
  }
  return store::Store::open_shared(path);
}

std::vector<std::string> sides_of(const std::vector<schedule::Plan>& plans) {
  std::vector<std::string> sides{std::string(serve::kAssessHook)};
  for (const schedule::Plan& plan : plans) {
    if (plan.name != schedule::instance_schedule()) continue;
    for (const ConnectorName& connector : plan.connectors) sides.push_back(connector.text());
  }
  return sides;
}

/// Never farther apart where an event may come before a pull finds what it tells of.
Milliseconds polls_apart_of(const config::Config& config) {
  const std::vector<connector::ConnectorSpec> specs = all_connectors();
  const bool ahead = std::ranges::any_of(config.connectors, [&](const auto& configured) {
    const auto spec = std::ranges::find(specs, configured.type, &connector::ConnectorSpec::type);
    return spec != specs.end() && spec->webhooks.ahead_of_pulls;
  });
  return ahead ? Milliseconds(0) : config.serve.polls_apart;
}

}  // namespace

/// What one config makes of the schedule's side.
struct ServeDaemon::Works {
  std::shared_ptr<serve::Inbox> inbox;
  store::Store store;
  std::optional<schedule::Scheduler> scheduler;
  std::optional<serve::Service> service;
};

ServeDaemon::ServeDaemon(App& app, const ParsedOptions& options, config::Config config)
    : app_(app),
      options_(options),
      first_(std::move(config)),
      clock_(system_clock_, clock_ahead(app, *first_)),
      log_(Log::open(
          {.level = parse_log_level(options.get("log-level")),
           .format = parse_log_format(options.get("log-format")),
           .redact = [this](std::string text) { return redactor_.scrub(std::move(text)); }},
          system_clock_)),
      live_(relay_, clock_),
      health_(live_, clock_),
      runner_(app, options, live_, health_, relay_, log_) {}

ServeDaemon::~ServeDaemon() {
  if (server_) server_->stop();
}

int ServeDaemon::run() {
  std::atomic<bool>& hung_up = schedule::watch_hangup(wakeup_);
  if (const Result<void> begun = use(std::move(*first_)); !begun) {
    print_error(app_, begun.error());
    return kFailed;
  }
  while (!app_.stop) {
    if (hung_up.exchange(false)) reload();
    const Timestamp at = works_->service->step();
    live_.expect_next(works_->service->next_run());
    if (!app_.stop && !hung_up) wakeup_.wait_until(at, clock_);
  }
  log_.info("stopping");
  server_->stop();
  return kDone;
}

void ServeDaemon::reload() {
  std::optional<config::Config> config = load_config(app_, options_);
  const Result<void> used =
      config ? use(std::move(*config)) : Error{ErrorKind::Rejected, "it has mistakes"};
  if (used) {
    log_.info("the config was read anew");
  } else {
    log_.error("the config is kept as it was, and not read anew: " + used.error().what);
  }
}

/// All of it or nothing.
Result<void> ServeDaemon::use(config::Config config) {
  for (const ApiKey& secret : config.secrets) redactor_.add(secret);
  const auto shared = std::make_shared<const config::Config>(config);
  Result<std::unique_ptr<Works>> works = make(std::move(config));
  if (!works) return std::move(works).error();
  auto site = std::make_shared<ServeSite>(*shared, (*works)->inbox, live_, health_, clock_,
                                          [this] { wakeup_.wake(); });
  {
    const std::lock_guard lock(site_mutex_);
    site.swap(site_);
  }
  if (Result<void> listening = listen(shared->serve.listen); !listening) {
    const std::lock_guard lock(site_mutex_);
    site.swap(site_);
    return listening;
  }
  runner_.use(shared);
  works_ = std::move(*works);
  return {};
}

Result<std::unique_ptr<ServeDaemon::Works>> ServeDaemon::make(config::Config config) {
  if (Result<void> made = make_state_folder(config.state); !made) return std::move(made).error();
  Result<std::shared_ptr<serve::Inbox>> inbox = inbox_of(config);
  if (!inbox) return std::move(inbox).error();
  Result<store::Store> store = open_database(config.state.path);
  if (!store) return std::move(store).error();
  const Result<store::Identity> identity = store->ground().identity();
  if (!identity) return identity.error();
  auto works = std::make_unique<Works>(Works{std::move(*inbox), std::move(*store), {}, {}});
  std::vector<schedule::Plan> plans = plans_of(config);
  std::vector<std::string> sides = sides_of(plans);
  Result<schedule::Scheduler> scheduler = schedule::Scheduler::open(
      works->store.occurrences(), std::move(plans), identity->database, clock_.now());
  if (!scheduler) return std::move(scheduler).error();
  works->scheduler.emplace(std::move(*scheduler));
  works->service.emplace(
      *works->scheduler, *works->inbox, runner_, clock_,
      serve::ServicePolicy{.polls_apart = polls_apart_of(config), .sides = std::move(sides)});
  return works;
}

/// The one that there is, where it lies beside the same database.
Result<std::shared_ptr<serve::Inbox>> ServeDaemon::inbox_of(const config::Config& config) {
  if (works_ && runner_.config().state.path == config.state.path) return works_->inbox;
  Result<std::unique_ptr<serve::Inbox>> inbox =
      serve::Inbox::open(serve::inbox_path(config.state.path), {},
                         [this](const std::string& text) { log_.warn("webhooks: " + text); });
  if (!inbox) return std::move(inbox).error();
  return std::shared_ptr<serve::Inbox>(std::move(*inbox));
}

Result<void> ServeDaemon::listen(const config::Listen& at) {
  if (server_ && at == listens_at_) return {};
  auto server = std::make_unique<http::Server>(
      [this](const http::Request& request, const http::Peer& peer) {
        return answer(request, peer);
      },
      http::ServerOptions{.address = at.host, .port = at.port, .threads = 32});
  if (Result<void> started = server->start(); !started) {
    return Error{ErrorKind::Fatal, started.error().what + " Change [serve] listen"};
  }
  log_.info("listening at " + server->origin());
  if (server_) server_->stop();
  server_ = std::move(server);
  listens_at_ = at;
  return {};
}

http::Reply ServeDaemon::answer(const http::Request& request, const http::Peer& peer) const {
  std::unique_lock lock(site_mutex_);
  const std::shared_ptr<ServeSite> site = site_;
  lock.unlock();
  return {site->handle(request, peer)};
}

}  // namespace praxisync::cli
