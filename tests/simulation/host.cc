#include "simulation/host.h"

#include <fmt/format.h>
#include <unistd.h>

#include "http/budget_transport.h"
#include "http/retry_transport.h"
#include "simulation/ats_connection.h"
#include "simulation/watched_connector.h"
#include "sync/plan.h"

namespace praxisync::simulation {

/// To the one database in this process's memory, for one world after another: to prepare a
/// process's statements takes as long as ten runs.
struct Host::Connections {
  store::Store empty;    ///< a database of today's schema
  store::Store durable;  ///< sees what is committed
  store::Store first, second;
  store::Store copy;  ///< a plan's
};

Host::Connections& Host::connections() {
  const auto open = [](std::string_view name) {
    Result<store::Store> store = store::Store::in_memory(std::string(name));
    PRAXISYNC_CHECK(store.has_value(), "memory holds a database");
    return std::move(*store);
  };
  static Connections connections{open("empty"), open("host"), open("host"), open("host"),
                                 open("copy")};
  return connections;
}

store::Store& Host::durable() { return database_.durable; }

Host::Host(Universe& universe, Trace& trace, Reached& reached, Violations& found)
    : universe_(universe),
      trace_(trace),
      reached_(reached),
      found_(found),
      safety_(universe, excuses_, found),
      wire_(universe, trace, reached),
      database_(connections()) {
  become(database_.empty);
  if (universe.schedule().knob("webhooks") != 0) hooks_.emplace(universe, trace, reached, found);
  if (universe_.schedule().knob("scheduled") != 0) timetable_.emplace(universe, reached, found);
  wire_.second = [this] { run_second(); };
}

void Host::process_ends() {
  alive_ = false;
  if (timetable_) timetable_->process_died();
}

void Host::become(store::Store& like) {
  process_ends();
  if (timetable_) timetable_->database_replaced();
  const Result<void> became = database_.durable.become(like);
  PRAXISYNC_CHECK(became.has_value(), "memory holds a small database");
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
      process_ends();
      return universe_.clock.reboot();
    case Act::LoseDatabase:
      reach(step.act);
      excuses_.database_lost = true;
      return become(database_.empty);
    case Act::KeepBackup: {
      Result<store::Store> copy = database_.durable.scratch_copy();
      if (copy) backup_ = std::move(*copy);
      return;
    }
    case Act::RestoreBackup:
      if (!backup_) return;
      reach(step.act);
      excuses_.database_lost = excuses_.restored = true;
      return become(*backup_);
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
    case Act::HookLost:
    case Act::HookTwice:
    case Act::HookLate:
    case Act::HookForged:
      if (hooks_) hooks_->arm(step);
      return;
    default:
      return befall_next_run(step);
  }
}

void Host::befall_next_run(const Step& step) {
  Ats& ats = *universe_.atss[static_cast<std::size_t>(std::abs(step.ats)) % universe_.atss.size()];
  if (const auto fault = ats_fault_of(step)) return ats.faults.push_back(*fault);
  switch (step.act) {
    case Act::Crash:
      return crashes_.push_back(step.first);
    case Act::Signal:
      signal_ = step.first;
      return;
    case Act::Foreign:
      foreign_ = true;
      return;
    case Act::AtsDown:
      ats.down = true;
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
  if (hooks_) hooks_->disarm();
  confirmed_ = 1000;
  universe_.host_clock.set(-universe_.host_clock.ahead());
  for (const char* slug : {"backend", "data"})
    universe_.assess.set_assessment_status(slug, sandbox::AssessmentStatus::Active);
}

/// What was sent to an ATS and is due takes effect.
void Host::land_writes() {
  for (const auto& ats : universe_.atss) land_late(*ats, universe_.clock.now(), trace_);
}

void Host::wait_until(Timestamp at) {
  const auto pass_until = [&](Timestamp then) {
    if (then > universe_.clock.now()) universe_.clock.advance(then - universe_.clock.now());
    wire_.deliver_late();
    land_writes();
  };
  // As often as anybody looks whether there is a delivery.
  constexpr std::chrono::minutes kLook{30};
  while (true) {
    std::optional<Timestamp> next = wire_.next_due();
    for (const auto& ats : universe_.atss) {
      if (ats->on_their_way.empty()) continue;
      const Timestamp due = ats->on_their_way.front().due;
      next = next ? std::min(*next, due) : due;
    }
    if (hooks_) next = std::min(next.value_or(at), universe_.clock.now() + kLook);
    if (!next || *next >= at) break;
    pass_until(*next);
    receive();
  }
  const bool time_passes = at > universe_.clock.now();
  pass_until(at);
  if (time_passes) receive();
}

/// Deliveries that have come are followed at once, as `serve` does.
void Host::receive() {
  if (!hooks_) return;
  hooks_->deliver_due();
  if (hooks_->receiver().has_news()) follow_hints();
}

void Host::hear_of(const Ats& ats, Act act) {
  if (hooks_) hooks_->tell_of(ats, act);
}

void Host::follow_hints() {
  const serve::Taken taken = hooks_->receiver().take();
  const sync::Scope scope = serve::scope_of(serve::hints_of(taken));
  const sync::RunReport report = run_to_its_end(&scope);
  ++reached_["run for webhooks"];
  if (!report.evidence.whole()) {
    ++reached_["hints that wait on"];
    return;
  }
  safety_.hints_are_followed(scope);
  hooks_->receiver().done(taken);
}

sync::RunReport Host::work(store::Store& store, Instance instance, const sync::Scope* scope,
                           std::function<void()> door) {
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

  const AtsWatch watch{trace_, found_, door, [this](Act act) { reach(act); }};
  std::vector<std::unique_ptr<AtsConnection>> connections;
  std::vector<std::unique_ptr<WatchedConnector>> watched;
  std::vector<sync::Source> sources;
  for (const auto& ats : universe_.atss) {
    connections.push_back(std::make_unique<AtsConnection>(
        *ats, universe_, watch, schedule.seed + static_cast<std::uint64_t>(runs_)));
    watched.push_back(std::make_unique<WatchedConnector>(connections.back()->connector(), *ats,
                                                         safety_, database_.durable, writes_));
    sources.push_back(
        {ConnectorName(ats->name), watched.back().get(), connections.back()->capabilities()});
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
                       .account = {kOrigin, ApiKey(wire_.key())},
                       .scope = scope});
  return engine.sync([](const sync::RunReport&) { return std::string("{}"); });
}

void Host::run_second() {
  excuses_.second = true;
  const Result<void> opened = database_.second.begin_anew({});
  PRAXISYNC_CHECK(opened.has_value(), "the database is there");
  if (timetable_) timetable_->second_looks(database_.second);
  safety_.other_begins();
  const sync::RunReport report = work(database_.second, Instance::Second, nullptr, [] {});
  safety_.was_overtaken();
  trace_.tell("the other instance: " + std::string(to_string(report.ending)));
}

std::optional<sync::RunReport> Host::attempt(const sync::Scope* scope) {
  ++runs_;
  writes_ = 0;
  signalled_ = false;
  safety_.run_begins(confirmed_.value_or(universe_.schedule().knob("brake")));
  wire_.deliver_late();
  land_writes();
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
    safety_.request(request, database_.durable);
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
    if (!std::exchange(alive_, true)) {
      const Result<void> opened = database_.first.begin_anew(pass);
      PRAXISYNC_CHECK(opened.has_value(), "the database is there");
    }
    report = work(database_.first, Instance::First, scope, pass);
  } catch (const testing_support::SimulatedCrash&) {
    reach(Act::Crash);
    process_ends();
  }
  doors_.never_crash();
  excuses_.twice = wire_.repeated();
  safety_.run_ended(report ? &*report : nullptr, database_.durable);
  trace_.tell(fmt::format("run {}{}: {}", runs_, scope == nullptr ? "" : " for webhooks",
                          report ? std::string(to_string(report->ending)) : "crashed"));
  if (scope != nullptr && !report) ++reached_["crash in a run for webhooks"];
  ++reached_[report ? "ending " + std::string(to_string(report->ending)) : "crash"];
  return report;
}

/// Whether the database knows whose it is: a new one takes whatever key comes first.
bool Host::is_bound() {
  const auto binding = database_.durable.organisation().load(kOrigin, ApiKey(wire_.key()));
  return binding && binding->organisation;
}

sync::RunReport Host::run() {
  if (hooks_ && !hooks_->receiver().waiting().empty()) follow_hints();
  sync::RunReport report = run_to_its_end(nullptr);
  wire_.disarm();
  signal_.reset();
  crashes_.clear();
  for (const auto& ats : universe_.atss) {
    ats->faults.clear();
    ats->down = ats->empty = false;
  }
  return report;
}

sync::RunReport Host::run_to_its_end(const sync::Scope* scope) {
  const std::string key = wire_.key();
  if (std::exchange(foreign_, false) && is_bound()) {
    reach(Act::Foreign);
    wire_.use_key(kForeignKey);
  }
  std::optional<sync::RunReport> report;
  while (true) {
    if (scope == nullptr) wait_for_turn();
    if ((report = attempt(scope))) break;
    universe_.clock.advance(std::chrono::seconds{20});
  }
  if (timetable_ && scope == nullptr) timetable_->finish(sync::exit_code(report->ending));
  wire_.use_key(key);
  // Whoever lost the lease ends; the next run is another process.
  if (report->ending == sync::Ending::Failed) process_ends();
  return *report;
}

void Host::wait_for_turn() {
  const Timestamp since = universe_.clock.now();
  while (timetable_) {
    const std::optional<Milliseconds> pause = timetable_->claim_due(database_.durable);
    if (!pause) return;
    if (universe_.clock.now() - since > timetable_->longest_wait()) {
      found_.push_back({"F17", "the schedule does not come round any more"});
      return;
    }
    wait_until(universe_.clock.now() + *pause);
  }
}

void Host::plan() {
  const int writes_before = universe_.assess.requests().writes;
  if (!database_.copy.become(database_.durable)) return;
  Wire calm(universe_, trace_, reached_);
  calm.use_key(wire_.key());
  http::BudgetTransport budget(calm, universe_.host_clock);
  assess::Client client(budget, universe_.host_clock, kOrigin);
  const auto ledger = database_.durable.request_ledger(universe_.host_clock, "assess", limits());
  const AtsWatch watch{trace_, found_, [] {}, [](Act) {}};
  std::vector<std::unique_ptr<AtsConnection>> connections;
  std::vector<sync::Source> sources;
  for (const auto& ats : universe_.atss) {
    connections.push_back(
        std::make_unique<AtsConnection>(*ats, universe_, watch, universe_.schedule().seed));
    sources.push_back({ConnectorName(ats->name), &connections.back()->connector(),
                       connections.back()->capabilities()});
  }
  sync::Stop stop(universe_.host_clock);
  sync::Observer observer;
  sync::make_plan({.store = database_.copy,
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
