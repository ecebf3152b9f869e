#include "simulation/host.h"

#include <fmt/format.h>
#include <unistd.h>

#include "http/budget_transport.h"
#include "http/retry_transport.h"
#include "simulation/plain_ats.h"
#include "sync/plan.h"

namespace praxisync::simulation {
namespace {

/// An empty database of today's schema: made once, since making it takes as long as ten runs.
store::Store& fresh() {
  static store::Store store = [] {
    Result<store::Store> made = store::Store::scratch();
    PRAXISYNC_CHECK(made.has_value(), "memory holds an empty database");
    return std::move(*made);
  }();
  return store;
}

/// Tells the books of each read to the end and of each write before they pass.
class WatchedConnector final : public connector::Connector {
 public:
  WatchedConnector(connector::Connector& next, Ats& ats, Safety& safety, store::Store& durable,
                   int& writes)
      : next_(next), ats_(ats), safety_(safety), durable_(durable), writes_(writes) {}

  Result<ApplicationPage> pull(const Cursor& after) override {
    Result<ApplicationPage> page = next_.pull(after);
    // A sweep that an earlier run began tells of its first pages what was then.
    if (page && page->sweep != Sweep::Continues && page->sweep != Sweep::Ends) begun_here_ = true;
    if (page && !page->more && !ats_.empty && begun_here_) safety_.was_read(ats_);
    return page;
  }
  Result<Written> write(const WriteBack& action) override {
    ++writes_;
    safety_.write(ats_, action, durable_);
    return next_.write(action);
  }
  Result<bool> landed(const WriteBack& action) override { return next_.landed(action); }
  Result<connector::Openings> openings() override { return next_.openings(); }
  std::vector<connector::Finding> check(std::span<const PolicyAction> planned) override {
    return next_.check(planned);
  }

 private:
  connector::Connector& next_;
  Ats& ats_;
  Safety& safety_;
  store::Store& durable_;
  int& writes_;
  bool begun_here_ = false;
};

}  // namespace

Host::Host(Universe& universe, Trace& trace, Reached& reached, Violations& found)
    : universe_(universe),
      trace_(trace),
      reached_(reached),
      found_(found),
      safety_(universe, excuses_, found),
      wire_(universe, trace, reached) {
  new_database(fresh());
  wire_.second = [this] { run_second(); };
}

void Host::new_database(store::Store& like) {
  static int made = 0;
  store_.reset();
  database_ = fmt::format("sim{}", ++made);
  Result<store::Store> copy = like.copy_in_memory(database_);
  PRAXISYNC_CHECK(copy.has_value(), "memory holds a small database");
  keeper_ = std::move(*copy);
}

void Host::reach(Act act) {
  ++struck_;
  ++reached_["fault " + std::string(name_of(act).name)];
}

void Host::strike(const Step& step) {
  switch (step.act) {
    case Act::SetClock:
      reach(step.act);
      return universe_.host_clock.set(std::chrono::minutes{step.first});
    case Act::Reboot:
      reach(step.act);
      store_.reset();
      return universe_.clock.reboot();
    case Act::LoseDatabase:
      reach(step.act);
      excuses_.database_lost = true;
      return new_database(fresh());
    case Act::KeepBackup: {
      Result<store::Store> copy = keeper_->scratch_copy();
      if (copy) backup_ = std::move(*copy);
      return;
    }
    case Act::RestoreBackup:
      if (!backup_) return;
      reach(step.act);
      excuses_.database_lost = excuses_.restored = true;
      return new_database(*backup_);
    case Act::Rekey:
      reach(step.act);
      return wire_.use_key(wire_.key() == kFirstKey ? kSecondKey : kFirstKey);
    case Act::Others:
      reach(step.act);
      excuses_.others = true;
      for (int i = 0; i < step.first; ++i) {
        http::Request request{i % 2 == 0 ? http::Method::Get : http::Method::Post,
                              std::string(kOrigin) + "/api/v1/public/assessments/first/invites/",
                              {{"Authorization", std::string("Bearer ") + kSecondKey}}};
        universe_.assess.handle(request);
      }
      return;
    case Act::Strangers:
      reach(step.act);
      excuses_.others = true;
      for (int i = 0; i < step.first; ++i) {
        http::Request request{http::Method::Post,
                              std::string(kOrigin) + "/api/v1/public/assessments/first/invites/",
                              {{"Authorization", std::string("Bearer ") + kSecondKey}}};
        request.body = fmt::format(R"({{"email":"stranger{}x{}@elsewhere.example"}})", runs_, i);
        universe_.assess.handle(request);
      }
      return;
    case Act::Retire:
      reach(step.act);
      return universe_.assess.set_assessment_status(step.first == 0 ? "backend" : "data",
                                                    sandbox::AssessmentStatus::Archived);
    default:
      return befall_next_run(step);
  }
}

void Host::befall_next_run(const Step& step) {
  Ats& ats = *universe_.atss[static_cast<std::size_t>(std::abs(step.ats)) % universe_.atss.size()];
  using How = AtsFault::How;
  const auto fault = [&](How how) {
    ats.faults.push_back({how, step.first, how == How::Late ? 1 : std::max(1, step.second),
                          std::chrono::minutes{step.second}});
  };
  switch (step.act) {
    case Act::Crash:
      return crashes_.push_back(step.first);
    case Act::Signal:
      signal_ = step.first;
      return;
    case Act::AtsDrop:
      return fault(How::Drop);
    case Act::AtsDropAfter:
      return fault(How::DropAfter);
    case Act::AtsLate:
      return fault(How::Late);
    case Act::AtsThrottle:
      return fault(How::Throttle);
    case Act::AtsJunk:
      return fault(How::Junk);
    case Act::AtsRefuse:
      return fault(How::Refuse);
    case Act::AtsDown:
      ats.down = true;
      return;
    case Act::AtsForget:
      reach(step.act);
      ++ats.generation;
      return;
    case Act::AtsEmpty:
      ats.empty = true;
      return;
    default:
      return wire_.arm(step);
  }
}

store::RequestLimits Host::limits() const {
  const Schedule& schedule = universe_.schedule();
  return {{schedule.knob("reads_per_hour"), 10}, {schedule.knob("writes_per_hour"), 0}};
}

void Host::heal() {
  confirmed_ = 1000;
  universe_.host_clock.set(-universe_.host_clock.ahead());
  for (const char* slug : {"backend", "data"})
    universe_.assess.set_assessment_status(slug, sandbox::AssessmentStatus::Active);
}

/// What was sent to an ATS and is due takes effect.
void Host::land_writes() {
  for (const auto& ats : universe_.atss) {
    while (!ats->on_their_way.empty() && ats->on_their_way.front().due <= universe_.clock.now()) {
      const WriteBack action = std::move(ats->on_their_way.front().action);
      ats->on_their_way.pop_front();
      static_cast<void>(apply_write(*ats, action));
      trace_.tell("late write " + action.marker);
    }
  }
}

sync::RunReport Host::work(store::Store& store, Instance instance, std::function<void()> door) {
  const Schedule& schedule = universe_.schedule();
  HostClock& clock = universe_.host_clock;
  if (const Result<void> epoch = store.begin_epoch("host", clock.now()); !epoch)
    found_.push_back({"S17", "the lease cannot be taken: " + epoch.error().what});

  testing_support::Doors none;
  testing_support::CrashingTransport crashing(wire_, instance == Instance::First ? doors_ : none);
  http::BudgetTransport budget(crashing, clock);
  SeededRandom random(schedule.seed + static_cast<std::uint64_t>(runs_));
  http::RetryTransport retry(budget, clock, random, http::RetryPolicy{});
  assess::Client client(retry, clock, kOrigin);
  assess::Client settling(retry, clock, kOrigin, assess::Keep::Nothing, http::Draw::Reserve);
  const auto ledger = store.request_ledger(clock, "assess", limits());
  budget.debit_in(ledger.get());

  std::vector<std::unique_ptr<PlainConnector>> plain;
  std::vector<std::unique_ptr<WatchedConnector>> watched;
  std::vector<sync::Source> sources;
  for (const auto& ats : universe_.atss) {
    plain.push_back(
        std::make_unique<PlainConnector>(*ats, universe_, door, [this](Act act) { reach(act); }));
    watched.push_back(
        std::make_unique<WatchedConnector>(*plain.back(), *ats, safety_, *keeper_, writes_));
    sources.push_back({ConnectorName(ats->name), watched.back().get(), plain_capabilities()});
  }

  sync::Options options;
  options.bulk_size = schedule.knob("bulk_size");
  options.max_invites_per_run = schedule.knob("brake");
  options.confirmed = confirmed_;
  sync::Stop stop(clock);
  stop.watch(signalled_);
  sync::Observer observer;
  sync::Engine engine({.store = store,
                       .assess = client,
                       .settling = settling,
                       .ledger = ledger.get(),
                       .sources = std::move(sources),
                       .routes = universe_.routes,
                       .options = options,
                       .clock = clock,
                       .stop = stop,
                       .observer = observer,
                       .account = {kOrigin, ApiKey(wire_.key())}});
  return engine.sync([](const sync::RunReport&) { return std::string("{}"); });
}

void Host::run_second() {
  excuses_.second = true;
  Result<store::Store> store = store::Store::in_memory(database_);
  PRAXISYNC_CHECK(store.has_value(), "the database is there");
  const sync::RunReport report = work(*store, Instance::Second, [] {});
  safety_.was_overtaken();
  trace_.tell("the other instance: " + std::string(to_string(report.ending)));
}

std::optional<sync::RunReport> Host::attempt() {
  ++runs_;
  writes_ = 0;
  signalled_ = false;
  wire_.deliver_late();
  land_writes();
  safety_.run_begins(confirmed_.value_or(universe_.schedule().knob("brake")));
  const auto pass = [this] {
    doors_.pass();
    if (signal_ && --*signal_ < 0) {
      signal_.reset();
      reach(Act::Signal);
      signalled_ = true;
    }
  };
  wire_.before = [this](const http::Request& request) {
    writes_ += request.method == http::Method::Get ? 0 : 1;
    safety_.request(request, *keeper_);
  };
  wire_.after = [this](const http::Request& request, const Result<http::Response>& reply) {
    safety_.answered(request, reply);
  };
  if (!crashes_.empty()) {
    doors_.crash_at(doors_.passed() + crashes_.front());
    crashes_.pop_front();
  }
  std::optional<sync::RunReport> report;
  try {
    if (!store_) {
      Result<store::Store> opened = store::Store::in_memory(database_, pass);
      PRAXISYNC_CHECK(opened.has_value(), "the database is there");
      store_ = std::move(*opened);
    }
    report = work(*store_, Instance::First, pass);
  } catch (const testing_support::SimulatedCrash&) {
    reach(Act::Crash);
    store_.reset();
  }
  doors_.never_crash();
  safety_.run_ended(report ? &*report : nullptr, *keeper_);
  trace_.tell(fmt::format("run {}: {}", runs_,
                          report ? std::string(to_string(report->ending)) : "crashed"));
  ++reached_[report ? "ending " + std::string(to_string(report->ending)) : "crash"];
  return report;
}

sync::RunReport Host::run() {
  std::optional<sync::RunReport> report;
  while (!(report = attempt())) universe_.clock.advance(std::chrono::seconds{20});
  wire_.disarm();
  signal_.reset();
  crashes_.clear();
  for (const auto& ats : universe_.atss) {
    ats->faults.clear();
    ats->down = ats->empty = false;
  }
  // Whoever lost the lease ends; the next run is another process.
  if (report->ending == sync::Ending::Failed) store_.reset();
  return *report;
}

void Host::plan() {
  const int writes_before = universe_.assess.requests().writes;
  Result<store::Store> copy = keeper_->scratch_copy();
  if (!copy) return;
  Wire calm(universe_, trace_, reached_);
  calm.use_key(wire_.key());
  http::BudgetTransport budget(calm, universe_.host_clock);
  assess::Client client(budget, universe_.host_clock, kOrigin);
  const auto ledger = keeper_->request_ledger(universe_.host_clock, "assess", limits());
  std::vector<std::unique_ptr<PlainConnector>> plain;
  std::vector<sync::Source> sources;
  for (const auto& ats : universe_.atss) {
    plain.push_back(std::make_unique<PlainConnector>(
        *ats, universe_, [] {}, [](Act) {}));
    sources.push_back({ConnectorName(ats->name), plain.back().get(), plain_capabilities()});
  }
  sync::Stop stop(universe_.host_clock);
  sync::Observer observer;
  sync::make_plan({.store = *copy,
                   .assess = client,
                   .settling = client,
                   .ledger = ledger.get(),
                   .sources = std::move(sources),
                   .routes = universe_.routes,
                   .options = {},
                   .clock = universe_.host_clock,
                   .stop = stop,
                   .observer = observer,
                   .account = {kOrigin, ApiKey(wire_.key())}});
  static_cast<void>(ledger->flush());
  if (universe_.assess.requests().writes != writes_before)
    found_.push_back({"S19", "a plan wrote to the Assess API"});
}

}  // namespace praxisync::simulation
