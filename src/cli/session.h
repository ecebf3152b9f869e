/// The one visible place where the program is put together: config, secrets, log, the transports
/// around the network, the Assess client and the connectors.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "assess/client.h"
#include "cli/app.h"
#include "cli/console.h"
#include "cli/log.h"
#include "cli/shifted_clock.h"
#include "config/config.h"
#include "http/budget_transport.h"
#include "http/counting_transport.h"
#include "http/curl_transport.h"
#include "http/origin_gate.h"
#include "http/redacting_transport.h"
#include "http/redaction.h"
#include "http/retry_transport.h"
#include "http/trace_context.h"
#include "notify/notifier.h"
#include "report/request_totals.h"
#include "schedule/system_clock.h"
#include "store/store.h"
#include "sync/context.h"

namespace praxisync::cli {

/// The config that is asked for: --config, else the one at a usual place.
std::filesystem::path config_file(const App& app, const ParsedOptions& options);

/// Reads the config and prints what is wrong with it; nullopt: exit with kUsage.
std::optional<config::Config> load_config(App& app, const ParsedOptions& options,
                                          config::Secrets secrets = config::Secrets::Needed);

/// Makes the database's folder where that is ours to make, for its owner alone.
Result<void> make_state_folder(const config::State& state);

/// How far our clock is set ahead, to keep step with a sandbox whose time was driven.
Milliseconds clock_ahead(const App& app, const config::Config& config);

store::RequestLimits request_limits(const config::Config& config);

/// Prints an error the way every command does.
void print_error(App& app, const Error& error);

class Session {
 public:
  /// nullptr: it was printed why, exit with kUsage.
  static std::unique_ptr<Session> open(App& app, const ParsedOptions& options);
  /// Likewise, with a config that was loaded already.
  static std::unique_ptr<Session> open(App& app, const ParsedOptions& options,
                                       config::Config config);

  const config::Config& config() const { return config_; }
  Clock& clock() { return clock_; }
  Log& log() { return log_; }
  Progress& progress() { return progress_; }
  assess::Client& assess() { return client_; }
  /// Its resources come with their JSON.
  assess::Client& assess_raw() { return raw_client_; }
  sync::Stop& stop() { return stop_; }
  const std::vector<sync::Source>& sources() const { return sources_; }
  /// How far the Assess API's clock is ahead of ours, by its last answer; nullopt before one.
  std::optional<Milliseconds> skew() const;
  report::RequestTotals totals() const;
  /// nullptr before keep_ledger().
  http::Ledger* ledger() { return ledger_.get(); }
  /// `observer` is told instead of the console, where there is one.
  sync::Parts parts(store::Store& store, sync::Options options, sync::Observer* observer = nullptr);
  sync::Observer& console() { return console_; }
  sync::Options sync_options() const;
  /// Speaks through a transport of its own, whose requests end at [notify] timeout.
  notify::Notifier& notifier() { return notifier_; }
  /// What `sync` leaves for a scraper, as the database has it now; Fatal where it cannot be read.
  Result<std::string> metrics(store::Store& store);
  /// From here on every request is debited in the database's ledger, beside other processes. Where
  /// there is no database yet, nothing is known of earlier requests, and these are not remembered.
  Result<void> keep_ledger();

 private:
  Session(App& app, const ParsedOptions& options, config::Config config);
  Result<void> make_connectors();
  Result<void> make_connector(const config::ConnectorConfig& wanted,
                              const connector::ConnectorSpec& spec);
  http::RetryPolicy retry_policy() const;
  std::function<void(const http::RetryNotice&)> retry_notice();

  /// Remembers the `Date` of the last answer.
  class DateWatch final : public http::Transport {
   public:
    DateWatch(http::Transport& next, const Clock& clock) : next_(next), clock_(clock) {}
    Result<http::Response> send(const http::Request& request) override;
    std::optional<Milliseconds> skew;

   private:
    http::Transport& next_;
    const Clock& clock_;
  };

  App& app_;
  config::Config config_;
  schedule::SystemClock system_clock_;
  ShiftedClock clock_;
  http::Redactor redactor_;
  http::FoundTrace trace_;
  Progress progress_;
  Log log_;
  Console console_;
  SeededRandom random_;
  sync::Stop stop_;

  http::CurlTransport curl_;
  http::OriginGate gate_;
  http::TraceTransport tracing_;
  http::CountingTransport counting_;
  DateWatch dates_;
  http::RedactingTransport redacting_;
  http::BudgetTransport budget_;
  http::RetryTransport retry_;
  assess::Client client_, raw_client_, settling_client_;

  http::CurlTransport notify_curl_;
  notify::Notifier notifier_;

  std::optional<store::Store> ledger_store_;
  std::unique_ptr<store::RequestLedger> ledger_;  // before its store goes

  /// One account of an ATS: what it sends is counted and scrubbed apart from the others'.
  struct AtsAccount {
    AtsAccount(http::Transport& network, const http::Redactor& redactor, const Clock& clock,
               std::function<void(std::string)> sink)
        : counting(network), redacting(counting, redactor, clock, std::move(sink)) {}

    http::CountingTransport counting;
    http::RedactingTransport redacting;
    std::unique_ptr<connector::Connector> connector;
  };
  std::vector<std::unique_ptr<AtsAccount>> accounts_;
  std::vector<sync::Source> sources_;
};

}  // namespace praxisync::cli
