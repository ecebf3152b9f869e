#include "support/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace praxisync::testing_support {
namespace {

sandbox::Options with_key(sandbox::Options options) {
  if (options.keys.empty()) options.keys.push_back({kKey, sandbox::all_scopes()});
  return options;
}

void describe(Application& application, const std::string& name, const std::string& job,
              const std::string& stage) {
  application.name = name;
  application.email = World::address(name);
  application.job = job;
  application.stage = stage;
}

double score_of(const std::string& email) {
  unsigned sum = 0;
  for (const char c : email) sum = sum * 31 + static_cast<unsigned char>(c);
  return 40 + sum % 60;
}

}  // namespace

Route route_to(const std::string& name, const std::string& job, Target target) {
  Route route;
  route.name = RouteName(name);
  route.connector = ConnectorName("ats");
  route.job = job;
  route.stage = "Technical Test";
  route.target = std::move(target);
  route.send_email = SendEmail::Yes;
  route.role = "{job}";
  route.on_passed.actions = {{ActionKind::Note, "{verdict}, {score} %"},
                             {ActionKind::Tag, "assessment-passed"}};
  route.on_failed.actions = {{ActionKind::Note, "{verdict}, {score} %"},
                             {ActionKind::Tag, "assessment-failed"}};
  route.on_expired.actions = {{ActionKind::Note, "{verdict}"}};
  return route;
}

World::World(sandbox::Options sandbox_options)
    : assess(clock, with_key(std::move(sandbox_options))), transport(assess, clock) {
  transport.authorize_with(key);
  assess.add_assessment("backend", "Backend Screen");
  assess.add_assessment("data", "Data Screen");
  assess.add_assessment("first", "Initial Screen");
  assess.add_assessment("second", "Deep Dive");
  assess.add_pipeline("grad", "Graduates", {"first", "second"});
  routes = {route_to("backend", "Backend*", {TargetKind::Assessment, "backend"}),
            route_to("data", "Data*", {TargetKind::Assessment, "data"}),
            route_to("grad", "Graduate*", {TargetKind::Pipeline, "grad"})};
}

void World::person(const std::string& name, const std::string& job, const std::string& stage) {
  describe(ats.find(name), name, job, stage);
}

void World::crowd(int people, const std::string& job, const std::string& prefix) {
  std::set<std::string> known;
  for (const Application& application : ats.applications) known.insert(application.id.text());
  for (int i = 0; i < people; ++i) {
    const std::string name = prefix + std::to_string(1000 + i);
    describe(known.contains(name) ? ats.find(name) : ats.add(name), name, job, "Technical Test");
  }
}

sync::RunReport World::run() { return run(nullptr); }

sync::RunReport World::apply(const sync::Selection& selection) { return run(&selection); }

sync::RunReport World::look_at(const sync::Scope& scope) { return run(nullptr, &scope); }

sync::Plan World::plan() {
  http::BudgetTransport budget(wire != nullptr ? *wire : transport, clock);
  assess::Client client(budget, clock, "https://praxicraft.com");
  Result<store::Store> copy =
      std::filesystem::exists(database()) ? open_store().scratch_copy() : store::Store::scratch();
  PRAXISYNC_CHECK(copy.has_value(), "a copy of a store that a test made");
  const auto ledger = copy->request_ledger(clock, "assess", limits);
  budget.debit_in(ledger.get());
  FakeConnector connector(ats, [] {});
  sync::Stop stop(clock);
  return sync::make_plan({.store = *copy,
                          .assess = client,
                          .settling = client,
                          .ledger = ledger.get(),
                          .sources = {{ConnectorName("ats"), &connector, {}}},
                          .routes = routes,
                          .options = options,
                          .clock = clock,
                          .stop = stop,
                          .observer = nobody,
                          .account = {"https://praxicraft.com", ApiKey(key)}});
}

sync::RunReport World::run(const sync::Selection* selection, const sync::Scope* scope) {
  CrashingTransport crashing(wire != nullptr ? *wire : transport, doors);
  SeededRandom random(7);
  http::CountingTransport counting(crashing);
  http::BudgetTransport budget(counting, clock);
  http::RetryTransport retry(budget, clock, random, http::RetryPolicy{});
  assess::Client client(retry, clock, "https://praxicraft.com");
  assess::Client settling(retry, clock, "https://praxicraft.com", assess::Keep::Nothing,
                          http::Draw::Reserve);
  Result<store::Store> store = store::Store::open(
      database(), [this] { doors.pass(); }, vfs);
  if (!store) return not_opened(store.error());
  const Result<void> epoch = store->begin_epoch("test", clock.now());
  if (!epoch) return not_opened(epoch.error());
  const auto ledger = store->request_ledger(clock, "assess", limits);
  budget.debit_in(ledger.get());
  FakeConnector connector(ats, [this] { doors.pass(); });
  sync::Stop stop(clock);
  stop.watch(signalled);
  if (max_duration) stop.end_at(clock.now() + *max_duration);
  sync::Engine engine(sync::Parts{.store = *store,
                                  .assess = client,
                                  .settling = settling,
                                  .ledger = ledger.get(),
                                  .sources = {{ConnectorName("ats"), &connector, {}}},
                                  .routes = routes,
                                  .options = options,
                                  .clock = clock,
                                  .stop = stop,
                                  .observer = *observer,
                                  .account = {"https://praxicraft.com", ApiKey(key)},
                                  .selection = selection,
                                  .scope = scope});
  const sync::RunReport report = engine.sync(document);
  requests = counting.counts();
  return report;
}

sync::RunReport World::not_opened(const Error& error) const {
  if (vfs.empty()) ADD_FAILURE() << error.what;
  sync::RunReport report;
  report.end(sync::Ending::Failed);
  report.add({"database", error.kind, error.what});
  return report;
}

bool World::run_until_crash_at(int door) {
  doors.crash_at(doors.passed() + door);
  bool crashed = false;
  try {
    run_to_the_end();
  } catch (const SimulatedCrash&) {
    crashed = true;
  }
  doors.never_crash();
  return crashed;
}

bool World::run_to_the_end() {
  for (int round = 0; round < 40; ++round) {
    const sync::RunReport report = run();
    const bool idle = report.backlog.queued == 0 && report.backlog.waiting == 0 &&
                      report.backlog.to_write == 0 && report.backlog.unsettled == 0;
    if (idle) return true;
    advance(std::chrono::hours{1});
    everybody_finishes();
  }
  return false;
}

void World::finishes(const std::string& name, const std::string& assessment, double score) {
  assess.catch_up();
  const Result<void> started = assess.start(address(name), assessment);
  EXPECT_TRUE(started.has_value()) << (started ? "" : started.error().what);
  const Result<void> finished = assess.finish(address(name), assessment, score);
  EXPECT_TRUE(finished.has_value()) << (finished ? "" : finished.error().what);
}

void World::everybody_finishes() {
  assess.catch_up();
  std::vector<std::pair<std::string, double>> open;
  for (const sandbox::Invitation& invitation : assess.world().invitations) {
    const bool pending =
        invitation.status == sandbox::InvitationStatus::Pending && !invitation.cancelled;
    if (pending) open.emplace_back(invitation.token, score_of(invitation.email));
  }
  for (const auto& [token, score] : open) {
    const Result<void> started = assess.start(token);
    const Result<void> finished = assess.finish(token, score);
    EXPECT_TRUE(started.has_value() && finished.has_value());
  }
}

std::map<std::string, int> World::invitations() const {
  std::map<std::string, int> made;
  for (const sandbox::Invitation& invitation : assess.world().invitations) {
    ++made[invitation.email_key + "|" + assess.world().assessments[invitation.assessment].slug];
  }
  return made;
}

std::map<std::string, int> World::enrollments() const {
  std::map<std::string, int> made;
  for (const sandbox::Enrollment& enrollment : assess.world().enrollments) {
    ++made[enrollment.email_key + "|" + assess.world().pipelines[enrollment.pipeline].slug];
  }
  return made;
}

std::map<std::string, int> World::writes() const {
  std::map<std::string, int> landed;
  for (const WriteBack& write : ats.written) ++landed[write.marker];
  return landed;
}

std::vector<std::string> World::outcomes() const {
  std::vector<std::string> all;
  for (const WriteBack& write : ats.written) {
    all.push_back(write.application.text() + "|" + std::string(to_string(write.kind)) + "|" +
                  write.value);
  }
  std::ranges::sort(all);
  return all;
}

store::Store World::open_store() {
  Result<store::Store> store = store::Store::open_for_reading(database(), vfs);
  PRAXISYNC_CHECK(store.has_value(), "the test made it");
  return std::move(*store);
}

}  // namespace praxisync::testing_support
