#include "cli/session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <random>

#include "cli/version.h"
#include "config/places.h"
#include "connectors/all.h"
#include "http/http_date.h"
#include "report/metrics.h"

namespace praxisync::cli {
namespace {

http::CurlOptions curl_options(const App& app, const config::Config& config) {
  http::CurlOptions options;
  options.version = kVersion;
  if (config.assess.ca_file) options.ca_file = config.assess.ca_file->string();
  options.stop = &app.stop;
  return options;
}

/// Also after a signal: what ended the run is to be told.
http::CurlOptions notify_curl_options(const config::Config& config) {
  http::CurlOptions options;
  options.version = kVersion;
  if (config.assess.ca_file) options.ca_file = config.assess.ca_file->string();
  options.connect_timeout = config.notify.timeout;
  options.first_byte_timeout = config.notify.timeout;
  options.total_timeout = config.notify.timeout;
  return options;
}

notify::Settings notify_settings(const config::Notify& notify) {
  return {.ping_url = notify.ping_url,
          .webhook_url = notify.webhook_url,
          .format = notify.format == config::MessageFormat::Json ? notify::Format::Json
                                                                 : notify::Format::Slack};
}

http::Origin origin_of(const config::Config& config) {
  Result<http::Origin> origin = http::parse_base_url(config.assess.base_url);
  PRAXISYNC_CHECK(origin.has_value(), "the config has checked the base URL");
  return std::move(*origin);
}

std::string no_config(const App& app) {
  std::vector<std::string> places;
  for (const auto& place : config::usual_configs(app.environment)) places.push_back(place.string());
  return fmt::format(
      "praxisync: there is no config: neither {}; make one with 'praxisync init', or name it with "
      "--config FILE",
      fmt::join(places, " nor "));
}

std::uint64_t seed() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32U | device();
}

}  // namespace

/// PRAXISYNC_CLOCK_AHEAD keeps step with a sandbox whose time was driven; towards the world it
/// would only do harm, so it holds for loopback alone.
Milliseconds clock_ahead(const App& app, const config::Config& config) {
  const auto found = app.environment.find("PRAXISYNC_CLOCK_AHEAD");
  const Result<http::Origin> origin = http::parse_base_url(config.assess.base_url);
  if (found == app.environment.end() || !origin || !http::is_loopback(*origin))
    return Milliseconds{0};
  return parse_duration(found->second).value_or(Milliseconds{0});
}

store::RequestLimits request_limits(const config::Config& config) {
  const config::Assess& assess = config.assess;
  return {.reads = {.an_hour = assess.reads_per_hour, .reserve = assess.reserve_reads},
          .writes = {.an_hour = assess.writes_per_hour}};
}

void print_error(App& app, const Error& error) { app.err << "praxisync: " << error.what << "\n"; }

std::filesystem::path config_file(const App& app, const ParsedOptions& options) {
  return options.has("config") ? std::filesystem::path(options.get("config"))
                               : config::usual_config(app.environment);
}

Result<void> make_state_folder(const config::State& state) {
  if (state.folder == config::State::Folder::Theirs) return {};
  std::error_code failed;
  // For its owner alone, by the umask.
  std::filesystem::create_directories(state.path.parent_path(), failed);
  if (!failed) return {};
  return Error{ErrorKind::Fatal,
               fmt::format("the database's folder {} cannot be made: {}; or name another place as "
                           "path in [state]",
                           state.path.parent_path().string(), failed.message())};
}

std::optional<config::Config> load_config(App& app, const ParsedOptions& options,
                                          config::Secrets secrets) {
  const std::filesystem::path file = config_file(app, options);
  std::error_code ignored;
  if (!options.has("config") && !std::filesystem::exists(file, ignored)) {
    app.err << no_config(app) << "\n";
    return std::nullopt;
  }
  config::Loaded loaded = config::load(file, all_connectors(), app.environment, secrets);
  for (const config::Problem& warning : loaded.warnings)
    app.err << "warning: " << to_string(warning) << "\n";
  for (const config::Problem& problem : loaded.problems) app.err << to_string(problem) << "\n";
  return std::move(loaded.config);
}

std::unique_ptr<Session> Session::open(App& app, const ParsedOptions& options) {
  std::optional<config::Config> config = load_config(app, options);
  return config ? open(app, options, std::move(*config)) : nullptr;
}

std::unique_ptr<Session> Session::open(App& app, const ParsedOptions& options,
                                       config::Config config) {
  std::unique_ptr<Session> session(new Session(app, options, std::move(config)));
  if (const Result<void> made = session->make_connectors(); !made) {
    print_error(app, made.error());
    return nullptr;
  }
  return session;
}

Session::Session(App& app, const ParsedOptions& options, config::Config config)
    : app_(app),
      config_(std::move(config)),
      system_clock_(&app.stop),
      clock_(system_clock_, clock_ahead(app, config_)),
      trace_(http::trace_in(app.environment)),
      progress_(app.err, app.err_terminal, system_clock_),
      log_(Log::open(
          {.level = parse_log_level(options.get("log-level")),
           .format = parse_log_format(options.get("log-format")),
           .redact = [this](std::string text) { return redactor_.scrub(std::move(text)); },
           .before_line = [this] { progress_.clear(); },
           .trace_id = trace_.context ? trace_.context->trace_id : "",
           .span_id = trace_.context ? trace_.context->parent_id : ""},
          system_clock_)),
      console_(log_, progress_),
      random_(seed()),
      stop_(clock_),
      curl_(curl_options(app, config_)),
      gate_(curl_, origin_of(config_),
            [this]() -> Result<std::vector<http::Credential>> {
              return std::vector<http::Credential>{http::bearer(config_.assess.api_key)};
            }),
      tracing_(gate_, trace_.context, random_),
      counting_(tracing_),
      dates_(counting_, clock_),
      redacting_(dates_, redactor_, clock_, [this](const std::string& line) { log_.debug(line); }),
      budget_(redacting_, clock_),
      retry_(budget_, clock_, random_, retry_policy(), retry_notice()),
      client_(retry_, clock_, config_.assess.base_url),
      raw_client_(retry_, clock_, config_.assess.base_url, assess::Keep::Raw, http::Draw::Reserve),
      settling_client_(retry_, clock_, config_.assess.base_url, assess::Keep::Nothing,
                       http::Draw::Reserve),
      notify_curl_(notify_curl_options(config_)),
      notifier_(notify_curl_, random_, notify_settings(config_.notify),
                [this](std::string text) { return redactor_.scrub(std::move(text)); }) {
  for (const ApiKey& secret : config_.secrets) redactor_.add(secret);
  if (!trace_.warning.empty()) log_.warn(trace_.warning);
  stop_.watch(app.stop);
}

http::RetryPolicy Session::retry_policy() const {
  return {.max_wait = config_.assess.max_wait,
          .deadline = [this] { return stop_.deadline().value_or(Timestamp::max()); }};
}

std::function<void(const http::RetryNotice&)> Session::retry_notice() {
  return [this](const http::RetryNotice& notice) {
    log_.info(fmt::format("waiting {} to try again: {}", format_duration(notice.wait), notice.why));
  };
}

Result<void> Session::make_connectors() {
  const std::vector<connector::ConnectorSpec> specs = all_connectors();
  for (const config::ConnectorConfig& wanted : config_.connectors) {
    for (const connector::ConnectorSpec& spec : specs) {
      if (spec.type != wanted.type) continue;
      if (Result<void> made = make_connector(wanted, spec); !made) return made;
    }
  }
  return {};
}

Result<void> Session::make_connector(const config::ConnectorConfig& wanted,
                                     const connector::ConnectorSpec& spec) {
  auto account = std::make_unique<AtsAccount>(
      curl_, redactor_, clock_, [this](const std::string& line) { log_.debug(line); });
  connector::World world{.transport = account->redacting,
                         .clock = clock_,
                         .keep_secret = [this](const ApiKey& secret) { redactor_.add(secret); },
                         .retry = retry_policy(),
                         .notice = retry_notice(),
                         .seed = seed()};
  for (const Route& route : config_.routes) {
    if (route.connector == wanted.name) world.routed.push_back(route.filter());
  }
  auto made = spec.make(wanted.settings, std::move(world));
  if (!made) return std::move(made).error().during("connector " + wanted.name.text());
  account->connector = std::move(*made);
  sources_.push_back(sync::Source{wanted.name, account->connector.get(), spec.capabilities});
  accounts_.push_back(std::move(account));
  return {};
}

Result<void> Session::keep_ledger() {
  const bool there = std::filesystem::exists(config_.state.path);
  Result<store::Store> store =
      there ? store::Store::open_shared(config_.state.path) : store::Store::scratch();
  if (!store) return std::move(store).error();
  ledger_store_.emplace(std::move(*store));
  ledger_ = ledger_store_->request_ledger(clock_, "assess", request_limits(config_));
  budget_.debit_in(ledger_.get());
  return {};
}

Result<std::string> Session::metrics(store::Store& store) {
  PRAXISYNC_CHECK(ledger_ != nullptr, "a run keeps its ledger");
  const Result<report::MetricsSnapshot> snapshot = report::read_metrics(store, *ledger_);
  if (!snapshot) return snapshot.error();
  return report::metrics_text(*snapshot);
}

Result<http::Response> Session::DateWatch::send(const http::Request& request) {
  Result<http::Response> reply = next_.send(request);
  if (!reply) return reply;
  const auto date = http::date_of(*reply);
  if (date) skew = *date - clock_.now();
  return reply;
}

std::optional<Milliseconds> Session::skew() const { return dates_.skew; }

report::RequestTotals Session::totals() const {
  const http::RequestCounts& counts = counting_.counts();
  report::RequestTotals totals{counts.reads, counts.writes, counts.throttled};
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const http::RequestCounts& sent = accounts_[i]->counting.counts();
    totals.ats[sources_[i].name.text()] = {sent.reads + sent.writes, sent.throttled};
  }
  return totals;
}

sync::Options Session::sync_options() const {
  return sync::Options{.bulk_size = config_.assess.bulk_size,
                       .settle_after = config_.assess.settle_after,
                       .full_sweep = config_.assess.full_sweep,
                       .longest_wait = config_.assess.longest_wait,
                       .max_invites_per_run = config_.safety.max_invites_per_run,
                       .domains = config_.safety.domains};
}

sync::Parts Session::parts(store::Store& store, sync::Options options, sync::Observer* observer) {
  return sync::Parts{.store = store,
                     .assess = client_,
                     .settling = settling_client_,
                     .ledger = ledger_.get(),
                     .sources = sources_,
                     .routes = config_.routes,
                     .options = options,
                     .clock = clock_,
                     .stop = stop_,
                     .observer = observer != nullptr ? *observer : console_,
                     .account = {config_.assess.base_url, config_.assess.api_key}};
}

}  // namespace praxisync::cli
