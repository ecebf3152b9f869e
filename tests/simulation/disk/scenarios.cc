#include "simulation/disk/scenarios.h"

#include <algorithm>

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using Plan = std::optional<sync::Selection>;

constexpr Milliseconds kHour = std::chrono::hours{1};
constexpr Milliseconds kDay = std::chrono::days{1};

/// The plainest act: time goes by.
Scenario::Act later(Milliseconds span) {
  return [span](World& world, Plan&) { world.advance(span); };
}

/// Those whose test it is and who have not taken it yet.
Scenario::Act finish(const std::vector<std::string>& names, const std::string& assessment,
                     double score = 85) {
  return [=](World& world, Plan&) {
    world.advance(kHour);
    for (const std::string& name : names) world.finishes(name, assessment, score);
  };
}

Scenario::Act backend(const std::vector<std::string>& names) {
  return [names](World& world, Plan&) {
    for (const std::string& name : names) world.person(name, "Backend Engineer");
  };
}

Scenario first_sync() {
  return {.name = "FirstSync",
          .acts = {[](World& world, Plan&) {
            world.options.bulk_size = 2;
            for (const char* name : {"ada", "bob", "cyd"}) world.person(name, "Backend Engineer");
            world.person("dee", "Graduate Program");
            world.person("eve", "Data Analyst");
          }},
          .contacts = 6};
}

Scenario idle() {
  return {
      .name = "NothingNew", .acts = {backend({"ada"}), later(kHour), later(kDay)}, .contacts = 1};
}

Scenario trickle() {
  return {.name = "ResultsTrickleIn",
          .acts = {backend({"ada", "bob", "cyd"}), finish({"bob"}, "backend"),
                   finish({"ada", "cyd"}, "backend", 30)},
          .contacts = 3,
          .writes = 6};
}

Scenario pipeline() {
  return {.name = "Pipeline",
          .acts = {[](World& world, Plan&) { world.person("dee", "Graduate Program"); },
                   finish({"dee"}, "first"), finish({"dee"}, "second")},
          .contacts = 3,
          .writes = 2};
}

Scenario reinvite() {
  sandbox::Options options;
  options.expired_invitation = sandbox::ExpiredInvitation::Renewed;
  return {.name = "Reinvite",
          .options = options,
          .acts = {[](World& world, Plan&) {
                     world.routes[0].on_expired.reinvite = 1;
                     world.person("ada", "Backend Engineer");
                   },
                   later(8 * kDay), finish({"ada"}, "backend")},
          .contacts = 2,
          .writes = 3};
}

Scenario reminders() {
  return {.name = "RemindersAndCancellations",
          .acts = {[](World& world, Plan&) {
                     world.routes[0].remind_after = 2 * kDay;
                     world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
                     world.person("ada", "Backend Engineer");
                     world.person("bob", "Backend Engineer");
                   },
                   later(2 * kDay),
                   [](World& world, Plan&) {
                     world.advance(kHour);
                     world.person("bob", "Backend Engineer", "Rejected");
                   }},
          .contacts = 2};
}

Scenario back_again() {
  return {.name = "LeftAndCameBack",
          .acts = {[](World& world, Plan&) {
                     world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
                     world.person("ada", "Backend Engineer");
                     world.person("bob", "Backend Engineer");
                   },
                   [](World& world, Plan&) {
                     world.advance(kHour);
                     world.person("ada", "Backend Engineer", "On hold");
                   },
                   [](World& world, Plan&) {
                     world.advance(kHour);
                     world.person("ada", "Backend Engineer");
                   }},
          .contacts = 3};
}

Scenario saved_plan() {
  return {.name = "SavedPlan",
          .acts = {[](World& world, Plan& plan) {
                     world.crowd(3);
                     plan = sync::selection_of(world.plan());
                     world.person("late", "Backend Engineer");
                   },
                   [](World& world, Plan& plan) {
                     plan.reset();
                     world.advance(kHour);
                   }},
          .contacts = 4};
}

Scenario growth() {
  return {.name = "HeldGrowthConfirmed",
          .acts = {[](World& world, Plan&) {
                     world.ats.page_size = 60;
                     world.crowd(1);
                   },
                   [](World& world, Plan&) { world.crowd(53); },
                   [](World& world, Plan&) { world.options.confirmed = 52; },
                   [](World& world, Plan&) { world.options.confirmed.reset(); }},
          .contacts = 53};
}

Scenario lost_bulk() {
  return {.name = "LostBulkAnswer",
          .acts = {[](World& world, Plan&) {
                     world.person("ada", "Backend Engineer");
                     world.person("bob", "Backend Engineer");
                     world.assess.faults().add({.kind = Fault::Kind::DropAfterApplying,
                                                .method = http::Method::Post,
                                                .path = "bulk"});
                   },
                   later(kHour)},
          .contacts = 2};
}

Scenario lost_enrollment() {
  return {.name = "LostEnrollment",
          .acts = {[](World& world, Plan&) {
                     world.person("dee", "Graduate Program");
                     world.person("gus", "Graduate Program");
                     world.assess.faults().add({.kind = Fault::Kind::DropAfterApplying,
                                                .method = http::Method::Post,
                                                .path = "enroll"});
                   },
                   later(kHour)},
          .contacts = 4};
}

Scenario lost_write() {
  return {.name = "LostWriteBack",
          .acts = {backend({"ada"}),
                   [](World& world, Plan&) {
                     world.advance(kHour);
                     world.finishes("ada", "backend", 85);
                     world.ats.write_faults = {
                         {Error{ErrorKind::OutcomeUnknown, "connection lost"}, true},
                         {Error{ErrorKind::Transient, "HTTP 503"}, false}};
                   },
                   later(kHour)},
          .contacts = 1,
          .writes = 2};
}

Scenario same_person() {
  return {.name = "OnePersonTwice",
          .acts = {[](World& world, Plan&) {
                     world.person("ada", "Backend Engineer");
                     world.person("ada2", "Backend Lead");
                     world.ats.find("ada2").email = " ADA@example.com ";
                   },
                   finish({"ada"}, "backend")},
          .contacts = 1,
          .writes = 4};
}

Scenario address_mended() {
  return {.name = "AddressMended",
          .acts = {[](World& world, Plan&) {
                     world.person("ada", "Backend Engineer");
                     world.ats.find("ada").email.clear();
                     world.person("bob", "Backend Engineer");
                   },
                   backend({"ada"})},
          .contacts = 2};
}

Scenario quota() {
  sandbox::Options options;
  options.invite_limit = 3;
  return {.name = "QuotaEndsInABulk",
          .options = options,
          .acts = {[](World& world, Plan&) {
                     world.options.bulk_size = 2;
                     world.crowd(5);
                   },
                   later(31 * kDay)},
          .contacts = 5,
          .writes = 3};
}

Scenario clock_jump() {
  return {.name = "ClockJumps",
          .acts = {backend({"ada"}),
                   [](World& world, Plan&) {
                     world.advance(kHour);
                     world.clock.set_wall(-3 * kHour);
                     world.person("bob", "Backend Engineer");
                   },
                   [](World& world, Plan&) {
                     world.clock.set_wall(4 * kHour);
                     world.clock.reboot();
                     world.finishes("ada", "backend", 85);
                   }},
          .contacts = 2,
          .writes = 2};
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all{
      first_sync(),  idle(),           trickle(), pipeline(),  reinvite(),        reminders(),
      back_again(),  saved_plan(),     growth(),  lost_bulk(), lost_enrollment(), lost_write(),
      same_person(), address_mended(), quota(),   clock_jump()};
  return all;
}

const Scenario& scenario(const std::string& name) {
  const auto found = std::ranges::find(scenarios(), name, &Scenario::name);
  PRAXISYNC_CHECK(found != scenarios().end(), "tests name scenarios that are there");
  return *found;
}

}  // namespace praxisync::testing_support
