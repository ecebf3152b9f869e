#include "http/retry_transport.h"

#include <gtest/gtest.h>

#include "support/fake_clock.h"
#include "support/result_matchers.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing_support::FailsWith;
using testing_support::FakeClock;
using testing_support::IsOk;

const Request kRead{.url = "https://api.example.com/x"};
const Request kEnroll{.method = Method::Post,
                      .url = "https://api.example.com/x",
                      .repeat = Repeat::Look,
                      .cost = Cost::Write};
const Error kNoConnection{ErrorKind::Transient, "cannot connect"};

/// A client over a peer that follows a script.
struct Client {
  explicit Client(std::vector<Result<Response>> answers, RetryPolicy policy = {})
      : peer(std::move(answers)),
        retry(peer, clock, random, std::move(policy),
              [this](const RetryNotice& notice) { notices.push_back(notice); }) {}

  Milliseconds waited() const { return clock.now() - start; }

  ScriptedTransport peer;
  FakeClock clock;
  Timestamp start = clock.now();
  SeededRandom random{7};
  std::vector<RetryNotice> notices;
  RetryTransport retry;
};

TEST(RetryTransport, RepeatsASafeRequestUntilItSucceeds) {
  Client client({status(503), kNoConnection, status(200)});

  const Result<Response> reply = client.retry.send(kRead);

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(client.peer.sent.size(), 3U);
  ASSERT_EQ(client.notices.size(), 2U);
  EXPECT_EQ(client.notices[0].why, "HTTP 503 from api.example.com");
  EXPECT_EQ(client.notices[1].attempt, 2);
  EXPECT_EQ(client.notices[0].wait + client.notices[1].wait, client.waited());
  EXPECT_GE(client.waited(), Milliseconds{200});
}

TEST(RetryTransport, GivesUpAfterTheLastAttempt) {
  Client client({status(500)});

  const Result<Response> reply = client.retry.send(kRead);

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 500);
  EXPECT_EQ(client.peer.sent.size(), 4U);
}

TEST(RetryTransport, GivesTheLastErrorBack) {
  Client client({kNoConnection});

  EXPECT_EQ(client.retry.send(kRead).error(), kNoConnection);
  EXPECT_EQ(client.peer.sent.size(), 4U);
}

struct OnceCase {
  std::string name;
  Repeat repeat;
  Result<Response> answer;
};
void PrintTo(const OnceCase& row, std::ostream* out) { *out << row.name; }
class SentOnce : public testing::TestWithParam<OnceCase> {};

TEST_P(SentOnce, WhateverTheAnswerMeans) {
  Client client({GetParam().answer});
  Request request = kEnroll;
  request.repeat = GetParam().repeat;

  (void)client.retry.send(request);

  EXPECT_EQ(client.peer.sent.size(), 1U);
  EXPECT_EQ(client.waited(), Milliseconds{0});
}

INSTANTIATE_TEST_SUITE_P(
    Table, SentOnce,
    testing::Values(
        OnceCase{"LookAfterAnUnknownOutcome", Repeat::Look, Error{ErrorKind::OutcomeUnknown, "x"}},
        OnceCase{"NeverAfterAnUnknownOutcome", Repeat::Never,
                 Error{ErrorKind::OutcomeUnknown, "x"}},
        OnceCase{"LookAfter500", Repeat::Look, status(500)},
        OnceCase{"NeverAfter502", Repeat::Never, status(502)},
        OnceCase{"LookAfter503WithRetryAfter", Repeat::Look, status(503, {{"Retry-After", "1"}})},
        OnceCase{"LookAfter504", Repeat::Look, status(504)},
        OnceCase{"NeverAfter408", Repeat::Never, status(408)},
        OnceCase{"SafeAfterSuccess", Repeat::Safe, status(200)},
        OnceCase{"SafeAfter401", Repeat::Safe, status(401)},
        OnceCase{"SafeAfter404", Repeat::Safe, status(404)},
        OnceCase{"SafeAfterARedirect", Repeat::Safe, status(302)},
        OnceCase{"SafeAfter429WithoutRetryAfter", Repeat::Safe, status(429)},
        OnceCase{"SafeAfter429ForTooLong", Repeat::Safe, status(429, {{"Retry-After", "31"}})},
        OnceCase{"SafeAfter503ForTooLong", Repeat::Safe, status(503, {{"Retry-After", "3600"}})},
        OnceCase{"SafeWhenToldToStop", Repeat::Safe, Error{ErrorKind::Exhausted, "x"}},
        OnceCase{"SafeWithABadCertificate", Repeat::Safe, Error{ErrorKind::Unauthorized, "x"}},
        OnceCase{"SafeWithAMalformedAnswer", Repeat::Safe, Error{ErrorKind::Malformed, "x"}},
        OnceCase{"SafeRefusedByTheGate", Repeat::Safe, Error{ErrorKind::Fatal, "x"}}),
    [](const auto& row) { return row.param.name; });

TEST(RetryTransport, RepeatsAnUnrepeatableRequestWhereNothingCanHaveTakenEffect) {
  Client client({kNoConnection, status(429, {{"Retry-After", "2"}}), status(201)});

  const Result<Response> reply = client.retry.send(kEnroll);

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 201);
  EXPECT_EQ(client.peer.sent.size(), 3U);
}

TEST(RetryTransport, SendsNothingBeforeRetryAfterIsOver) {
  Client client({status(429, {{"Retry-After", "30"}}), status(200)});

  ASSERT_THAT(client.retry.send(kRead), IsOk());

  EXPECT_GE(client.waited(), seconds{30});
  EXPECT_LE(client.waited(), seconds{31});
}

TEST(RetryTransport, DoesNotWaitPastTheDeadline) {
  RetryPolicy policy;
  const Timestamp deadline = FakeClock{}.now() + seconds{5};
  policy.deadline = [deadline] { return deadline; };
  Client client({status(429, {{"Retry-After", "10"}}), status(200)}, policy);

  const Result<Response> reply = client.retry.send(kRead);

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 429);
  EXPECT_EQ(client.waited(), Milliseconds{0});
}

TEST(RetryTransport, EndsAStormInsteadOfFeedingIt) {
  Client client({status(503)});
  constexpr int kRequests = 1000;

  for (int request = 0; request < kRequests; ++request) (void)client.retry.send(kRead);

  EXPECT_LE(client.peer.sent.size(), kRequests * 11 / 10 + 10U);
  EXPECT_GE(client.peer.sent.size(), static_cast<std::size_t>(kRequests) + 100U);
}

TEST(RetryTransport, IsExhaustedWhenTheClockComesBackEarly) {
  class StoppedClock final : public Clock {
   public:
    Timestamp now() const override { return Timestamp{Milliseconds{1'767'600'000'000}}; }
    Uptime uptime() const override { return {}; }
    void sleep_until(Timestamp) override {}
  };
  ScriptedTransport peer({status(503), status(200)});
  StoppedClock clock;
  SeededRandom random{7};
  RetryTransport retry(peer, clock, random, {});

  EXPECT_THAT(retry.send(kRead), FailsWith(ErrorKind::Exhausted));
  EXPECT_EQ(peer.sent.size(), 1U);
}

TEST(RetryTransport, SendsTheSameBytesAgain) {
  Client client({status(500), status(200)});
  Request request = kRead;
  request.method = Method::Post;
  request.body = R"({"candidates":[]})";

  (void)client.retry.send(request);

  ASSERT_EQ(client.peer.sent.size(), 2U);
  EXPECT_EQ(client.peer.sent[0].body, client.peer.sent[1].body);
  EXPECT_EQ(client.peer.sent[0].url, client.peer.sent[1].url);
}

}  // namespace
}  // namespace praxisync::http
