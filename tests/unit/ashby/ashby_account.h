/// A played Ashby with one job in it, and the connector before it.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "connectors/ashby/ashby.h"
#include "http/base64.h"
#include "sandbox/ats/ashby/ashby.h"
#include "sandbox/ats/transport.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"

namespace praxisync::ashby {

using sandbox::Fault;
using sandbox::ats::Effect;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::FakeClock;
using testing_support::IsOk;

/// What pulls gave, one after the other, until there was no more.
struct Pulled {
  std::vector<ApplicationPage> pages;
  Cursor next;

  std::vector<Application> applications() const {
    std::vector<Application> all;
    for (const auto& page : pages)
      all.insert(all.end(), page.applications.begin(), page.applications.end());
    return all;
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const Application& one : applications()) all.push_back(one.id.text());
    return all;
  }
  std::vector<Departure> left() const {
    std::vector<Departure> all;
    for (const auto& page : pages) all.insert(all.end(), page.left.begin(), page.left.end());
    return all;
  }
  std::vector<Sweep> sweeps() const {
    std::vector<Sweep> all;
    for (const auto& page : pages) all.push_back(page.sweep);
    return all;
  }
};

class AshbyAccount : public testing::Test {
 protected:
  AshbyAccount() {
    transport_.mount(peer_);
    world_.make_archive(plan_, "Archived");
    connect();
  }

  /// As a new process would.
  void connect(const std::string& page_size = "100",
               const std::string& key = sandbox::ats::kAshbyApiKey) {
    connector::Settings settings{ConnectorName("ats")};
    settings.set_secret("api_key", ApiKey(key));
    settings.set("page_size", page_size);
    auto made =
        spec().make(settings, {.transport = transport_, .clock = clock_, .routed = routed_});
    ASSERT_THAT(made, IsOk());
    ats_ = *std::move(made);
  }

  std::string person(const std::string& name = "Ada") {
    return world_.add_person(name, "Doe", {name + "@example.org"});
  }
  std::string applicant(const std::string& name = "Ada", std::string_view stage = "Test") {
    return world_.apply(person(name), job_, stage);
  }
  std::string stage(std::string_view name) { return world_.stage_id(job_, name); }

  Pulled pull_all(Cursor after = {}) {
    Pulled pulled;
    pulled.next = std::move(after);
    for (int pages = 0; pages < 1000; ++pages) {
      Result<ApplicationPage> page = ats_->pull(pulled.next);
      EXPECT_THAT(page, IsOk());
      if (!page) return pulled;
      const bool more = page->more;
      pulled.next = page->next;
      pulled.pages.push_back(*std::move(page));
      if (!more) return pulled;
    }
    ADD_FAILURE() << "the pull does not end";
    return pulled;
  }

  WriteBack action(ActionKind kind, const std::string& application, std::string value,
                   std::string field = {}) {
    WriteBack made{.marker = "px:abcdefghijkl",
                   .application = ApplicationId(application),
                   .candidate = CandidateId(world_.application(application)->person),
                   .email = {},
                   .route = RouteName("backend"),
                   .outcome = {},
                   .kind = kind,
                   .value = std::move(value),
                   .field = std::move(field),
                   .expected_stage = "Test",
                   .expected_stage_id = stage("Test"),
                   .at = clock_.now()};
    return made;
  }
  std::vector<Effect> effects(Effect::Kind kind) {
    std::vector<Effect> all;
    for (const Effect& effect : world_.effects()) {
      if (effect.kind == kind) all.push_back(effect);
    }
    return all;
  }

  /// An answer of the peer to a request by hand.
  nlohmann::json ask(const std::string& method, const std::string& body = "{}") {
    return nlohmann::json::parse(raw(method, body).body);
  }
  http::Response raw(const std::string& method, const std::string& body = "{}") {
    return peer_.handle(request(method, body));
  }
  static http::Request request(const std::string& method, const std::string& body) {
    return {.method = http::Method::Post,
            .url = "https://api.ashbyhq.com/" + method,
            .headers = {{"Authorization",
                         "Basic " + http::base64(std::string(sandbox::ats::kAshbyApiKey) + ":")},
                        {"Content-Type", "application/json"},
                        {"Accept", "application/json"},
                        {"Ashby-Version", "2026-01-01"}},
            .body = body};
  }

  FakeClock clock_;
  sandbox::ats::Ashby peer_{clock_};
  sandbox::ats::Recruiting& world_ = peer_.world();
  sandbox::ats::PeerTransport transport_{clock_};
  std::string plan_ = world_.add_plan("Hiring", {"Review", "Test", "Onsite", "Offer", "Archived"});
  std::string job_ = world_.add_job("Engineer", plan_);
  std::string reason_ = world_.add_reason("Too junior");
  std::vector<StageFilter> routed_{{"Engineer", "Test"}};
  std::unique_ptr<connector::Connector> ats_;
};

}  // namespace praxisync::ashby
