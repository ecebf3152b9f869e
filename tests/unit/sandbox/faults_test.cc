#include <gmock/gmock.h>

#include "sandbox/sandbox_transport.h"
#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::FailsWith;
using praxisync::testing_support::IsOk;
using namespace testing_support;

constexpr const char* kEnroll = "pipelines/grad/enroll/";
constexpr const char* kJaneAlone = R"({"email":"jane@example.com"})";

http::Request enrolling(const Peer& peer) {
  http::Request request = peer.request(http::Method::Post, kEnroll, kJaneAlone);
  request.repeat = http::Repeat::Look;
  return request;
}

TEST(Faults, DropAnAnswerAfterItTookEffect) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  peer.sandbox.faults().add(
      {.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post, .path = "/enroll/"});

  EXPECT_THAT(transport.send(enrolling(peer)), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_EQ(peer.sandbox.enrollments_of("jane@example.com").size(), 1U);
  EXPECT_EQ(peer.sandbox.faults().waiting(), 0U);
  EXPECT_THAT(transport.send(enrolling(peer)), IsOk());
}

TEST(Faults, DropARequestBeforeItTakesEffect) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  peer.sandbox.faults().add({.kind = Fault::Kind::DropBefore, .path = "/enroll/"});

  EXPECT_THAT(transport.send(enrolling(peer)), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_TRUE(peer.sandbox.world().enrollments.empty());
  EXPECT_EQ(peer.sandbox.requests().of(Endpoint::Enroll), 0);
}

TEST(Faults, AreTransientForARequestThatMayBeRepeated) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  peer.sandbox.faults().add({.kind = Fault::Kind::DropAfterApplying});

  EXPECT_THAT(transport.send(peer.request(http::Method::Get, "org/")),
              FailsWith(ErrorKind::Transient));
}

TEST(Faults, AnswerInsteadOfTheApi) {
  Peer peer;
  peer.sandbox.faults().add({.kind = Fault::Kind::Status,
                             .status = 503,
                             .headers = {{"Retry-After", "9"}},
                             .body = "busy"});
  peer.sandbox.faults().add({.kind = Fault::Kind::StatusAfterApplying, .status = 502});

  const Delivery before = peer.sandbox.deliver(enrolling(peer));
  EXPECT_EQ(before.response->status, 503);
  EXPECT_EQ(http::header(before.response->headers, "Retry-After"), "9");
  EXPECT_EQ(before.response->body, "busy");
  EXPECT_TRUE(peer.sandbox.world().enrollments.empty());

  EXPECT_EQ(peer.sandbox.deliver(enrolling(peer)).response->status, 502);
  EXPECT_EQ(peer.sandbox.world().enrollments.size(), 1U);
}

TEST(Faults, CutAnAnswerShort) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  peer.sandbox.faults().add({.kind = Fault::Kind::Truncate, .bytes = 5});
  peer.sandbox.faults().add({.kind = Fault::Kind::Truncate, .bytes = 7});

  EXPECT_EQ(peer.sandbox.deliver(enrolling(peer)).cut_after, 5U);
  EXPECT_THAT(transport.send(enrolling(peer)), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_EQ(peer.sandbox.world().enrollments.size(), 2U);
}

TEST(Faults, DelayAnAnswerByTheClock) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  const Timestamp start = peer.clock.now();
  peer.sandbox.faults().add({.kind = Fault::Kind::Delay, .delay = std::chrono::seconds{40}});

  EXPECT_THAT(transport.send(peer.request(http::Method::Get, "org/")), IsOk());

  EXPECT_EQ(peer.clock.now() - start, std::chrono::seconds{40});
}

TEST(Faults, WaitForTheRequestsTheyAreMeantFor) {
  Peer peer;
  peer.sandbox.faults().add({.kind = Fault::Kind::Status,
                             .method = http::Method::Get,
                             .path = "invites/",
                             .skip = 1,
                             .times = 2,
                             .status = 500});
  const auto status = [&](http::Method method, const char* path) {
    return peer.sandbox.deliver(peer.request(method, path)).response->status;
  };

  EXPECT_EQ(status(http::Method::Get, "org/"), 200);
  EXPECT_EQ(status(http::Method::Post, "invites/x/remind/"), 404);
  EXPECT_EQ(status(http::Method::Get, "invites/"), 200);
  EXPECT_EQ(status(http::Method::Get, "invites/?page_size=5"), 500);
  EXPECT_EQ(status(http::Method::Get, "invites/"), 500);
  EXPECT_EQ(status(http::Method::Get, "invites/"), 200);
}

TEST(Faults, DoNotTouchHandle) {
  Peer peer;
  peer.sandbox.faults().add({.kind = Fault::Kind::Status});

  EXPECT_EQ(peer.get("org/").status, 200);
  EXPECT_EQ(peer.sandbox.faults().waiting(), 1U);
}

TEST(Transport, LogsWhatWentOutAndWhereTo) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  http::Request bare = peer.request(http::Method::Get, "org/");
  bare.headers.clear();

  EXPECT_THAT(transport.send(enrolling(peer)), IsOk());
  EXPECT_THAT(transport.send(bare), IsOk());
  EXPECT_THAT(transport.send(
                  peer.request(http::Method::Get, "https://app.praxicraft.io/api/v1/public/org/")),
              FailsWith(ErrorKind::Transient));

  ASSERT_EQ(transport.log().size(), 3U);
  EXPECT_TRUE(transport.log()[0].authorized);
  EXPECT_TRUE(transport.log()[0].ours);
  EXPECT_EQ(transport.log()[0].status, 201);
  EXPECT_EQ(transport.log()[0].body_hash, fnv1a(kJaneAlone));
  EXPECT_FALSE(transport.log()[1].authorized);
  EXPECT_EQ(transport.log()[1].status, 401);
  EXPECT_FALSE(transport.log()[2].ours);
  EXPECT_EQ(transport.log()[2].status, 0);
}

TEST(Transport, AddsAKeyWhereItWasGivenOne) {
  Peer peer;
  SandboxTransport transport(peer.sandbox, peer.clock);
  http::Request bare = peer.request(http::Method::Get, "org/");
  bare.headers.clear();

  transport.authorize_with(kKey);

  const auto reply = transport.send(bare);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 200);
}

}  // namespace
}  // namespace praxisync::sandbox
