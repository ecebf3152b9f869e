/// What every phase of a run works with, and the one place that decides what an error means for the
/// run.
#pragma once

#include <concepts>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "assess/client.h"
#include "domain/clock.h"
#include "domain/route.h"
#include "store/store.h"
#include "sync/cheapest.h"
#include "sync/observer.h"
#include "sync/options.h"
#include "sync/run_report.h"
#include "sync/source.h"
#include "sync/stop.h"

namespace praxisync::sync {

struct Scope;
struct Selection;

/// With whom the Assess client speaks: what the database is bound by.
struct Account {
  std::string base_url;
  ApiKey api_key;
};

/// Borrowed by the engine for one run.
struct Parts {
  store::Store& store;
  assess::Client& assess;
  assess::Client& settling;        ///< likewise, for lost answers: may draw on the reserve
  http::Ledger* ledger = nullptr;  ///< what the hour still allows; nullptr: not known
  std::vector<Source> sources;
  std::vector<Route> routes;
  Options options;
  Clock& clock;
  Stop& stop;
  Observer& observer;
  Account account{};
  const Selection* selection = nullptr;  ///< what may go out, and nothing else; nullptr: everything
  const Scope* scope = nullptr;          ///< where to look for news; nullptr: everywhere
};

/// How a phase goes on after an error.
enum class Course {
  GoOn,        ///< nothing failed, or this record alone
  NextStream,  ///< this target or connector is done with for this run
  EndPhase,
  EndRun,
};

class Context {
 public:
  Context(Parts& parts, RunReport& report) : parts_(parts), report_(report) {}

  store::Store& store() { return parts_.store; }
  assess::Client& assess() { return parts_.assess; }
  assess::Client& settling() { return parts_.settling; }
  const std::vector<Source>& sources() const { return parts_.sources; }
  const std::vector<Route>& routes() const { return parts_.routes; }
  const Route* route(const RouteName& name) const;
  const Selection* selection() const { return parts_.selection; }
  const Scope* scope() const { return parts_.scope; }
  const Options& options() const { return parts_.options; }
  const Account& account() const { return parts_.account; }
  Observer& observer() { return parts_.observer; }
  RunReport& report() { return report_; }
  Counts& counts() { return report_.counts; }
  Tally& contacts() { return report_.evidence.contacts; }
  Timestamp now() const { return parts_.clock.now(); }
  store::Stamp stamp() const {
    return {report_.run, parts_.clock.now(), parts_.assess.api_ahead()};
  }

  /// A connector was read to the end in this run: only then what the database has of it is today's.
  void read_to_the_end(const ConnectorName& source) { read_.insert(source); }
  bool was_read(const ConnectorName& source) const { return read_.contains(source); }

  /// Whether the run may go on: false after a signal or the deadline, with the ending noted.
  bool may_go_on();
  /// Whether another call of that cost may be made to the Assess API in this run.
  bool open(http::Cost cost) const { return cost == http::Cost::Read ? reads_open_ : writes_open_; }

  /// The one place that decides between ways to ask for the same: the cheapest under what the hour
  /// has left. The reason goes to the report and the debug log.
  std::size_t choose(const std::string& what, const std::vector<Way>& ways);
  /// What the hour has left; nullopt where it is not known.
  std::optional<http::Allowance> allowance(http::Cost cost);

  /// No further call to the Assess API in this run.
  void close_assess() { reads_open_ = writes_open_ = false; }

  /// Reads a stream with `body`, and keeps as evidence whether it came to its end: it may go on,
  /// and nothing of it failed.
  template <std::invocable Body>
  Course stream(const std::string& name, Body&& body) {
    report_.evidence.expect(name);
    const int failures = failures_;
    const Course course = std::invoke(std::forward<Body>(body));
    if (course == Course::GoOn && failures == failures_) report_.evidence.read(name);
    return course;
  }
  /// Rows that could not be read: what stood in them is not known.
  void rows_failed(std::string_view where, const std::vector<std::string>& reasons);

  /// Notes a failed call to the Assess API in the report and says how to go on. Throttling closes
  /// the calls of that cost for the rest of the run; refused credentials close both.
  Course assess_failed(std::string_view where, const assess::ApiError& failure, http::Cost cost);
  /// Likewise for a connector.
  Course source_failed(std::string_view where, const Error& error);
  /// Likewise for the store: always the end of the run.
  Course store_failed(const Error& error);

 private:
  void note(std::string_view where, const Error& error);
  /// Whether a call failed because the run is to end: then that is what is reported.
  bool cut_short(const Error& error);

  Parts& parts_;
  RunReport& report_;
  bool reads_open_ = true, writes_open_ = true;
  std::set<ConnectorName> read_;
  int failures_ = 0;
};

}  // namespace praxisync::sync
