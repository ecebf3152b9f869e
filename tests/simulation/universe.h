/// Everything outside of praxisync: time, the Assess API with its candidates, and what the ATSs
/// hold with the people who change it. It outlives every crash, and its books are the truth that
/// the invariants are held against. Nothing in it is decided by chance: the schedule says it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/clock.h"
#include "domain/route.h"
#include "sandbox/assess_sandbox.h"
#include "sandbox/ats/peer.h"
#include "sandbox/ats/recruiting.h"
#include "simulation/ats_faults.h"
#include "simulation/schedule.h"
#include "support/fake_clock.h"

namespace praxisync::simulation {

inline constexpr int kJobs = 3;    ///< two go to assessments, one to a pipeline
inline constexpr int kStages = 4;  ///< of every job
inline constexpr int kRouted = 1;  ///< the stage that is routed
inline constexpr int kNoAddress = 900, kBadAddress = 901;
inline constexpr const char* kOrigin = "https://praxicraft.com";
/// Where webhooks are delivered to; the source's name follows.
inline constexpr const char* kHooks = "https://praxisync.example/hooks/";
inline constexpr const char* kFirstKey = "ct_live_0123456789abcdef";
inline constexpr const char* kSecondKey = "ct_live_fedcba9876543210";
inline constexpr const char* kAssessHookSecret = "whsec_0123456789abcdef";
inline constexpr const char* kForeignKey = "ct_live_0f1e2d3c4b5a6978";  ///< of another organisation

/// As the ATS has it: 3 is p3@example.com, 1003 the same in capitals.
std::string address_of(int number);
/// What the slug of a job's assessment or pipeline is.
const char* target_of(int job);
/// The first assessment that whoever is sent there takes.
const char* first_assessment_of(int job);

/// The wall clock of praxisync's host, which somebody sets.
class HostClock final : public Clock {
 public:
  explicit HostClock(testing_support::FakeClock& truth) : truth_(truth) {}

  Timestamp now() const override { return truth_.now() + ahead_; }
  Uptime uptime() const override { return truth_.uptime(); }
  void sleep_until(Timestamp at) override { truth_.sleep_until(at - ahead_); }
  void set(Milliseconds by) { ahead_ += by; }
  Milliseconds ahead() const { return ahead_; }

 private:
  testing_support::FakeClock& truth_;
  Milliseconds ahead_{0};
};

/// Plain has no wire: see plain_ats.h.
enum class AtsKind { Plain, Greenhouse, Lever, Ashby };
/// As in a config: "greenhouse".
std::string_view type_of(AtsKind kind);

/// One ATS account.
struct Ats {
  Ats(const Clock& clock, int number, AtsKind its_kind);

  std::string name;  ///< "ats0"
  AtsKind kind;
  std::unique_ptr<sandbox::ats::Peer> peer;       ///< of all kinds but the plain one
  std::optional<sandbox::ats::Recruiting> plain;  ///< of the plain one
  sandbox::ats::Recruiting& world;
  std::vector<std::string> jobs;
  std::vector<std::string> applications;  ///< all that ever were, in the order of their making
  std::string reason;
  // What befalls it in the next run.
  std::vector<AtsFault> faults;
  bool down = false, empty = false;
  bool hid_news = false;  ///< until the next full sweep
  /// It listed nobody in the midst of a sweep: whom it had not listed before has left, for all that
  /// anybody can tell.
  bool hid_people = false;
  enum class Gone { No, Failing, Revoked } gone = Gone::No;  ///< for ever
  bool may_write = false;                                    ///< a write is what is being done
  int generation = 0;                                        ///< of the cursors that it takes
  /// What was sent and takes effect when its time has come.
  struct OnItsWay {
    Timestamp due;
    std::function<std::string()> land;  ///< and tells what came of it
  };
  std::deque<OnItsWay> on_their_way;
  std::set<std::size_t> late_effects;  ///< places in world.effects() of what landed so

  /// Of the plan that the application's job has.
  const std::string& stage_id(const sandbox::ats::Candidacy& application, int stage) const;
  /// Who stands in the routed stage and is neither rejected nor hired.
  bool in_routed_stage(const sandbox::ats::Candidacy& application) const;
};

class Universe {
 public:
  explicit Universe(const Schedule& schedule);

  /// Something that people do; what cannot be done (any more) is not done. nullptr: nobody has
  /// applied with whom it could be; otherwise the ATS in which it was tried.
  const Ats* act(const Step& step);

  testing_support::FakeClock clock;
  HostClock host_clock{clock};
  sandbox::AssessSandbox assess;
  /// The API as another organisation has it: assessments of the same names.
  sandbox::AssessSandbox& foreign();
  /// Writes that it was asked for: each one is a leak.
  int foreign_writes() const { return foreign_ ? foreign_->requests().writes : 0; }
  std::vector<std::unique_ptr<Ats>> atss;
  std::vector<Route> routes;

  /// One of the schedule's applicants: ids are empty until they applied.
  struct Applied {
    std::size_t ats = 0;
    std::string person{}, application{};
    std::set<std::string> addresses{};  ///< keys of all that were ever theirs
  };
  std::vector<Applied> applied;
  const Schedule& schedule() const { return schedule_; }
  /// Every address that ever was somebody's whom a recruiter touched.
  const std::set<std::string>& touched() const { return touched_; }
  /// Whether no recruiter ever touched that person or anybody of one of their addresses: then all
  /// that comes of them follows from the world, whatever failed in between.
  bool untouched(const Applied& one) const;
  /// The instant of that minute.
  Timestamp minute(int minute) const { return began_ + std::chrono::minutes{minute}; }

 private:
  void change(std::size_t who, const Step& step);
  void apply(std::size_t who);
  void merge(std::size_t winner, std::size_t loser);
  void touch(std::size_t who);
  void add_ats(int number);
  Ats& ats_of(std::size_t who) {
    return *atss[static_cast<std::size_t>(schedule_.people[who].ats)];
  }

  Schedule schedule_;
  Timestamp began_;
  std::optional<sandbox::AssessSandbox> foreign_;
  std::set<std::string> touched_, touched_people_;
};

}  // namespace praxisync::simulation
