/// A Lever account that is played, and connectors to it: each test has one.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/lever/lever.h"
#include "sandbox/ats/lever/lever.h"
#include "sandbox/ats/transport.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"

namespace praxisync::lever {

using sandbox::Fault;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

/// All that a pull to the end gives.
struct Pulled {
  std::vector<Application> applications;
  std::vector<SetAside> set_aside;
  std::vector<Departure> left;
  std::vector<Sweep> sweeps;  ///< one a page
  Cursor next;

  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const Application& application : applications) all.push_back(application.id.text());
    std::ranges::sort(all);
    return all;
  }
  std::vector<std::string> left_ids() const {
    std::vector<std::string> all;
    for (const Departure& departure : left) all.push_back(departure.id.text());
    std::ranges::sort(all);
    return all;
  }
};

class LeverTest : public testing::Test {
 protected:
  LeverTest() {
    transport.mount(peer);
    plan = world.add_plan("Pipeline",
                          {"New lead", "New applicant", "Technical Test", "Onsite", "Offer"});
    world.set_stage_id(plan, "New lead", "lead-new");
    world.set_stage_id(plan, "New applicant", "applicant-new");
    world.set_stage_id(plan, "Offer", "offer");
    backend = world.add_job("Backend Engineer", plan);
    analyst = world.add_job("Data Analyst", plan);
    for (const char* name : {"Timing", "Withdrew"}) world.add_reason(name);
    world.add_reason("Hired", true);
    test_stage = world.stage_id(backend, "Technical Test");
    settings.set_secret("api_key", ApiKey(sandbox::ats::kLeverApiKey));
    settings.set("perform_as", sandbox::ats::kLeverUser);
  }

  /// Somebody applies; gives the application.
  std::string apply(const std::string& name, const std::string& job, const std::string& stage) {
    const std::string person = world.add_person(name, "Doe", {name + "@example.org"});
    return world.apply(person, job, stage);
  }
  void apply_many(int count, const std::string& job, const std::string& stage) {
    for (int i = 0; i < count; ++i) apply("p" + std::to_string(i), job, stage);
  }
  void move(const std::string& application, const std::string& stage) {
    world.move(application, world.stage_id(backend, stage));
  }

  Result<std::unique_ptr<connector::Connector>> try_make() {
    return spec().make(settings, {.transport = transport, .clock = clock, .routed = routed});
  }
  /// A new process.
  std::unique_ptr<connector::Connector> make() {
    auto made = try_make();
    EXPECT_THAT(made, IsOk());
    return *std::move(made);
  }

  /// Pulls from `cursor` to the end by one connector.
  Pulled pull(connector::Connector& connector, Cursor cursor = Cursor()) {
    Pulled pulled;
    for (int pages = 0; pages < 1000; ++pages) {
      const Result<ApplicationPage> page = connector.pull(cursor);
      EXPECT_THAT(page, IsOk());
      if (!page) break;
      add(*page, pulled);
      cursor = page->next;
      if (!page->more) return pulled;
    }
    return pulled;
  }
  Pulled pull(const Cursor& cursor = Cursor()) { return pull(*make(), cursor); }
  /// With a new process for each page, as after crashes.
  Pulled pull_crashing(Cursor cursor = Cursor()) {
    Pulled pulled;
    for (int pages = 0; pages < 1000; ++pages) {
      const Result<ApplicationPage> page = make()->pull(cursor);
      EXPECT_THAT(page, IsOk());
      if (!page) break;
      add(*page, pulled);
      cursor = page->next;
      if (!page->more) return pulled;
    }
    ADD_FAILURE() << "the pull does not end";
    return pulled;
  }
  static void add(const ApplicationPage& page, Pulled& pulled) {
    const auto append = [](auto& to, const auto& more) {
      to.insert(to.end(), more.begin(), more.end());
    };
    append(pulled.applications, page.applications);
    append(pulled.set_aside, page.set_aside);
    append(pulled.left, page.left);
    pulled.sweeps.push_back(page.sweep);
    pulled.next = page.next;
  }

  WriteBack action(const std::string& application, ActionKind kind, std::string value) const {
    WriteBack made;
    made.marker = "px:abcdefghijkl";
    made.application = ApplicationId(application);
    made.kind = kind;
    made.value = std::move(value);
    made.expected_stage = "Technical Test";
    made.expected_stage_id = test_stage;
    return made;
  }

  /// How many requests went to URLs that hold this.
  int requests(const std::string& part) const {
    return static_cast<int>(std::ranges::count_if(transport.log(), [&](const auto& sent) {
      return sent.url.find(part) != std::string::npos;
    }));
  }
  int requests() const { return static_cast<int>(transport.log().size()); }

  testing_support::FakeClock clock;
  sandbox::ats::lever::LeverPeer peer{clock};
  sandbox::ats::Recruiting& world = peer.world();
  sandbox::ats::PeerTransport transport{clock};
  connector::Settings settings{ConnectorName("lv")};
  std::vector<StageFilter> routed{{"*", "Technical Test"}};
  std::string plan, backend, analyst, test_stage;
};

}  // namespace praxisync::lever
