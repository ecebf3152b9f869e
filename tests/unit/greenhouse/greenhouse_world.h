/// A connector against a played Greenhouse, on a clock that moves when somebody sleeps.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "connectors/greenhouse/greenhouse.h"
#include "sandbox/ats/greenhouse/greenhouse.h"
#include "sandbox/ats/transport.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"

namespace praxisync::greenhouse::testing_support {

using praxisync::testing_support::FailsSaying;
using praxisync::testing_support::FailsWith;
using praxisync::testing_support::FakeClock;
using praxisync::testing_support::IsOk;
using sandbox::Fault;
using sandbox::ats::GreenhousePeer;
using sandbox::ats::Recruiting;

inline std::string fixture(const std::string& name) {
  std::ifstream file(std::string(PRAXISYNC_SOURCE_DIR) + "/connectors/greenhouse/fixtures/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

/// What a source showed of everybody, page after page.
struct Seen {
  std::map<std::string, Application> applications{};
  std::map<std::string, std::string> left{};
  std::map<std::string, std::string> set_aside{};
  std::vector<Sweep> sweeps{};
  int pages = 0;
  Cursor cursor{};
};

class GreenhouseTest : public testing::Test {
 protected:
  GreenhouseTest() {
    transport.mount(peer);
    job = add_job("Backend Engineer");
    other_job = add_job("Data Analyst");
  }

  std::string add_job(const std::string& name) {
    return world.add_job(
        name, world.add_plan(name, {"Application Review", "Technical Test", "Onsite", "Offer"}));
  }
  /// "ada" in that stage of that job; gives the application.
  std::string apply(const std::string& who, const std::string& to, std::string_view stage) {
    const std::string person = world.add_person(who, "Doe", {who + "@example.org"});
    return world.apply(person, to, stage);
  }
  std::string apply(const std::string& who, std::string_view stage = "Technical Test") {
    return apply(who, job, stage);
  }
  std::string person_of(const std::string& application) {
    return world.application(application)->person;
  }

  connector::Settings settings() {
    connector::Settings some{ConnectorName("gh")};
    some.set_secret("client_id", ApiKey(sandbox::ats::kGreenhouseClientId));
    some.set_secret("client_secret", ApiKey(sandbox::ats::kGreenhouseClientSecret));
    for (const auto& [name, value] : given) some.set(name, value);
    return some;
  }
  /// A process begins: nothing is remembered.
  connector::Connector& start() {
    auto made = spec().make(
        settings(), {.transport = transport,
                     .clock = clock,
                     .routed = routed,
                     .keep_secret = [this](const ApiKey& key) { secrets.insert(key.reveal()); }});
    EXPECT_THAT(made, IsOk());
    greenhouse = *std::move(made);
    return *greenhouse;
  }
  connector::Connector& ats() { return greenhouse ? *greenhouse : start(); }

  /// Everything from that cursor on.
  Seen read(Cursor cursor = {}) {
    Seen seen;
    seen.cursor = std::move(cursor);
    for (bool more = true; more && seen.pages < 1000;) {
      const Result<ApplicationPage> page = ats().pull(seen.cursor);
      EXPECT_THAT(page, IsOk());
      if (!page) break;
      add(*page, seen);
      more = page->more;
    }
    return seen;
  }
  static void add(const ApplicationPage& page, Seen& seen) {
    ++seen.pages;
    seen.sweeps.push_back(page.sweep);
    seen.cursor = page.next;
    for (const Application& one : page.applications) seen.applications[one.id.text()] = one;
    for (const Departure& one : page.left) seen.left[one.id.text()] = one.stage;
    for (const SetAside& one : page.set_aside) seen.set_aside[one.record] = one.reason;
  }

  WriteBack action(ActionKind kind, const std::string& application, std::string value) {
    WriteBack action;
    action.marker = "px:abcdefghijkl";
    action.application = ApplicationId(application);
    const auto* const row = world.application(application);
    action.candidate = CandidateId(row ? row->person : "1");
    action.kind = kind;
    action.value = std::move(value);
    action.expected_stage = "Technical Test";
    action.expected_stage_id = world.stage_id(job, "Technical Test");
    action.at = clock.now();
    return action;
  }
  /// The effects of one kind, by their text.
  std::vector<std::string> written(sandbox::ats::Effect::Kind kind) {
    std::vector<std::string> texts;
    for (const auto& effect : world.effects()) {
      if (effect.kind == kind) texts.push_back(effect.text);
    }
    return texts;
  }
  std::string stage_of(const std::string& application) {
    return world.stage(world.application(application)->stage)->name;
  }
  /// Requests whose address has that part.
  int asked(std::string_view part) {
    int count = 0;
    for (const auto& sent : transport.log()) {
      if (sent.url.find(part) != std::string::npos) ++count;
    }
    return count;
  }

  FakeClock clock;
  GreenhousePeer peer{clock};
  Recruiting& world = peer.world();
  sandbox::ats::PeerTransport transport{clock};
  std::vector<StageFilter> routed{{"*", "Technical Test"}};
  std::map<std::string, std::string> given;
  std::set<std::string> secrets;
  std::unique_ptr<connector::Connector> greenhouse;
  std::string job, other_job;
};

}  // namespace praxisync::greenhouse::testing_support
