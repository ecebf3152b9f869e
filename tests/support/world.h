/// The whole job in one process: the real engine and the real store on a scratch file between a
/// fake ATS and the sandbox's Assess API, under a clock that moves when told.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/random.h"
#include "http/budget_transport.h"
#include "http/counting_transport.h"
#include "http/retry_transport.h"
#include "sandbox/assess_sandbox.h"
#include "sandbox/sandbox_transport.h"
#include "support/crash.h"
#include "support/fake_ats.h"
#include "support/fake_clock.h"
#include "support/scratch_folder.h"
#include "sync/engine.h"
#include "sync/plan.h"
#include "sync/scope.h"
#include "sync/selection.h"

namespace praxisync::testing_support {

inline constexpr const char* kKey = "ct_live_0123456789abcdef";

class World {
 public:
  explicit World(sandbox::Options options = {});

  /// A person in a job and stage of the fake ATS; the address is made from the name.
  void person(const std::string& name, const std::string& job,
              const std::string& stage = "Technical Test");
  /// `people` persons named p1000, p1001 and so on
  void crowd(int people, const std::string& job = "Backend Engineer",
             const std::string& prefix = "p");
  static std::string address(const std::string& name) { return name + "@example.com"; }

  /// One run of a new process: opens the store, works, closes it.
  sync::RunReport run();
  /// One that does what the plan lists and no more.
  sync::RunReport apply(const sync::Selection& selection);
  /// One that looks for news there alone.
  sync::RunReport look_at(const sync::Scope& scope);
  /// What a run would do, made on a copy of the database.
  sync::Plan plan();
  /// Runs until the simulated crash at that door, or to the end where there are fewer.
  bool run_until_crash_at(int door);
  /// Runs, and lets time and candidates go on, until nothing is left to do. False where that never
  /// is.
  bool run_to_the_end();
  void advance(Milliseconds span) { clock.advance(span); }

  /// Every candidate who can, finishes now: a score for each, from the address.
  void everybody_finishes();
  void finishes(const std::string& name, const std::string& assessment, double score);

  /// person|assessment -> invitations that were ever made
  std::map<std::string, int> invitations() const;
  std::map<std::string, int> enrollments() const;
  /// marker -> times it landed
  std::map<std::string, int> writes() const;
  /// application|kind|value of everything written, sorted
  std::vector<std::string> outcomes() const;
  store::Store open_store();

  FakeClock clock;
  ScratchFolder folder = ScratchFolder::in_memory();
  sandbox::AssessSandbox assess;
  FakeAts ats;
  Doors doors;
  std::vector<Route> routes;
  sync::Options options;
  /// As the sandbox's, unless a test says otherwise.
  store::RequestLimits limits{{500, 50}, {100, 0}};
  http::RequestCounts requests;  ///< of the last run
  std::atomic<bool> signalled{false};
  sync::Observer nobody;
  sync::Observer* observer = &nobody;  ///< who is told what a run does
  /// What is kept with a run.
  sync::Engine::Document document = [](const sync::RunReport&) { return std::string("{}"); };
  std::optional<Milliseconds> max_duration;
  sandbox::SandboxTransport transport;
  http::Transport* wire = nullptr;  ///< what runs send through instead: a Transport around it
  /// The SQLite VFS that the database is on; empty: the system's. On another one a database that
  /// cannot be opened ends a run as it ends the program.
  std::string vfs;

  std::string key = kKey;  ///< as the engine is told; `transport` sends what it was given

  std::filesystem::path database() const { return folder.path() / "praxisync.db"; }

 private:
  sync::RunReport run(const sync::Selection* selection, const sync::Scope* scope = nullptr);
  sync::RunReport not_opened(const Error& error) const;
};

/// A route with a note and a tag for each outcome.
Route route_to(const std::string& name, const std::string& job, Target target);

}  // namespace praxisync::testing_support
