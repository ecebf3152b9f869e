#include "connector/account.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connector/client_credentials.h"
#include "connector/link_header.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::connector {
namespace {

using namespace std::chrono_literals;
using http::Repeat;
using http::Response;
using http::ScriptedTransport;
using http::status;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing_support::FailsWith;
using testing_support::IsOk;

Response json(std::string body) { return {.status = 200, .headers = {}, .body = std::move(body)}; }

class AnAccount : public testing::Test {
 protected:
  Account account(ScriptedTransport& network, AccountPolicy policy = {}) {
    return Account(
        {.transport = network, .clock = clock},
        {.scheme = "https", .host = "ats.example", .port = 443},
        [this]() -> Result<std::vector<http::Credential>> {
          return std::vector<http::Credential>{http::bearer(key)};
        },
        policy, [this] { ++renewals; });
  }
  http::Request get(const Account& of, Repeat repeat = Repeat::Safe) {
    return {.url = of.url("/v1/things"), .repeat = repeat};
  }

  testing_support::FakeClock clock;
  ApiKey key{"key-1"};
  int renewals = 0;
};

TEST_F(AnAccount, RenewsARefusedCredentialOnce) {
  ScriptedTransport network({status(401), status(200)});
  Account ats = account(network);

  EXPECT_THAT(ats.ask(get(ats, Repeat::Look)), IsOk());
  EXPECT_EQ(renewals, 1);
  EXPECT_THAT(network.sent, SizeIs(2));
}

TEST_F(AnAccount, AsksNoMoreWhenTheNewCredentialIsRefusedToo) {
  ScriptedTransport network({status(401)});
  Account ats = account(network);

  for (int i = 0; i < 5; ++i) EXPECT_THAT(ats.ask(get(ats)), FailsWith(ErrorKind::Unauthorized));

  EXPECT_THAT(network.sent, SizeIs(2));
}

TEST_F(AnAccount, KeepsToThePaceOfItsPeer) {
  ScriptedTransport network({status(200)});
  Account ats = account(network, {.requests = 8, .span = 1s});
  const Timestamp began = clock.now();

  for (int i = 0; i < 80; ++i) ASSERT_THAT(ats.ask(get(ats)), IsOk());

  EXPECT_GE(clock.now() - began, 8900ms);
  EXPECT_LE(clock.now() - began, 9200ms);
}

TEST_F(AnAccount, AsksNothingElseBeforeTheTimeThatA429Names) {
  const Response refused = status(429, {{"Retry-After", "20"}});
  ScriptedTransport network({refused, refused, refused, refused, status(200)});
  Account ats = account(network);
  ASSERT_THAT(ats.ask(get(ats)), FailsWith(ErrorKind::Throttled));
  const Timestamp given_up = clock.now();

  EXPECT_THAT(ats.ask(get(ats)), IsOk());
  EXPECT_GE(clock.now() - given_up, 20s);
}

TEST_F(AnAccount, WaitsForTheWindowThatTheHeadersTell) {
  const auto now = std::to_string(clock.now().time_since_epoch() / 1s + 17);
  ScriptedTransport network(
      {status(200, {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", now}}), status(200)});
  Account ats = account(network);
  const Timestamp began = clock.now();

  ASSERT_THAT(ats.ask(get(ats)), IsOk());
  EXPECT_EQ(clock.now(), began);
  ASSERT_THAT(ats.ask(get(ats)), IsOk());
  EXPECT_EQ(clock.now() - began, 17s);
}

TEST_F(AnAccount, ReturnsInsteadOfWaitingForHours) {
  ScriptedTransport network(
      {status(200, {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "7200"}})});
  Account ats = account(network);
  ASSERT_THAT(ats.ask(get(ats)), IsOk());

  const auto reply = ats.ask(get(ats));

  ASSERT_THAT(reply, FailsWith(ErrorKind::Throttled));
  EXPECT_EQ(reply.error().retry_at, clock.now() + 2h);
  EXPECT_THAT(network.sent, SizeIs(1));
}

TEST_F(AnAccount, BacksOffAfterA429ThatDoesNotSayForHowLong) {
  ScriptedTransport network({status(429), status(429), status(200)});
  Account ats = account(network);

  EXPECT_THAT(ats.ask(get(ats, Repeat::Look)), IsOk());
  EXPECT_THAT(network.sent, SizeIs(3));
}

TEST_F(AnAccount, NeverRepeatsAWriteWhoseOutcomeIsUnknown) {
  ScriptedTransport network({status(502)});
  Account ats = account(network);

  EXPECT_THAT(ats.ask(get(ats, Repeat::Look)), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_THAT(network.sent, SizeIs(1));
}

TEST_F(AnAccount, SendsItsCredentialToItsOwnOriginAlone) {
  ScriptedTransport network({status(200)});
  Account ats = account(network);

  EXPECT_THAT(ats.ask({.url = "https://evil.example/v1"}), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(network.sent, SizeIs(0));
}

class AToken : public testing::Test {
 protected:
  std::unique_ptr<ClientCredentials> client(ScriptedTransport& network) {
    auto made = ClientCredentials::make(
        {.transport = network,
         .clock = clock,
         .keep_secret = [this](const ApiKey& secret) { kept.push_back(secret.reveal()); }},
        "https://auth.example/token", ApiKey("id"), ApiKey("secret"), {{"sub", "11&2"}});
    EXPECT_THAT(made, IsOk());
    return std::move(*made);
  }

  testing_support::FakeClock clock;
  std::vector<std::string> kept;
};

TEST_F(AToken, IsAskedForOnceAndRenewedAMinuteBeforeItsEnd) {
  ScriptedTransport network({json(R"({"access_token": "t1", "expires_in": 3600})"),
                             json(R"({"access_token": "t2", "expires_in": 3600})")});
  const auto tokens = client(network);

  EXPECT_EQ(tokens->token()->reveal(), "t1");
  clock.advance(59min - 1s);
  EXPECT_EQ(tokens->token()->reveal(), "t1");
  EXPECT_THAT(network.sent, SizeIs(1));
  clock.advance(1s);
  EXPECT_EQ(tokens->token()->reveal(), "t2");
  EXPECT_THAT(kept, ElementsAre("t1", "t2"));
}

TEST_F(AToken, IsAskedForWithBasicCredentialsAndAForm) {
  ScriptedTransport network({json(R"({"access_token": "t1"})")});

  ASSERT_THAT(client(network)->token(), IsOk());

  const http::Request& sent = network.sent.at(0);
  EXPECT_EQ(sent.body, "grant_type=client_credentials&sub=11%262");
  EXPECT_EQ(http::header(sent.headers, "Authorization"), "Basic aWQ6c2VjcmV0");
  EXPECT_THAT(sent.url, Not(HasSubstr("secret")));
}

TEST_F(AToken, TakesAPointInTimeByTheServersClock) {
  Response reply = json(R"({"access_token": "t1", "expires_at": "2030-01-01T01:00:00Z"})");
  reply.headers.push_back({"Date", "Tue, 01 Jan 2030 00:00:00 GMT"});
  ScriptedTransport network({reply, json(R"({"access_token": "t2"})")});
  const auto tokens = client(network);
  ASSERT_THAT(tokens->token(), IsOk());

  clock.advance(58min);
  EXPECT_EQ(tokens->token()->reveal(), "t1");
  clock.advance(1min);
  EXPECT_EQ(tokens->token()->reveal(), "t2");
}

TEST_F(AToken, IsAskedForAgainAfterItWasDropped) {
  ScriptedTransport network({json(R"({"access_token": "t1"})"), json(R"({"access_token": "t2"})")});
  const auto tokens = client(network);
  ASSERT_THAT(tokens->token(), IsOk());

  tokens->drop();

  EXPECT_EQ(tokens->token()->reveal(), "t2");
}

TEST_F(AToken, OfARefusedClientIsUnauthorizedAndTellsNothingOfTheBody) {
  for (const int code : {400, 401, 403}) {
    ScriptedTransport network(
        {Response{.status = code, .headers = {}, .body = "client_id=id is unknown"}});

    const auto token = client(network)->token();

    ASSERT_THAT(token, FailsWith(ErrorKind::Unauthorized)) << code;
    EXPECT_THAT(token.error().what, Not(HasSubstr("client_id")));
  }
}

TEST_F(AToken, ThatIsMissingIsMalformed) {
  ScriptedTransport network({json(R"({"token": 1})")});

  EXPECT_THAT(client(network)->token(), FailsWith(ErrorKind::Malformed));
}

TEST(NextLink, IsTheTargetOfTheRelationNext) {
  const auto next = [](std::string value) {
    return next_link(status(200, {{"link", std::move(value)}}));
  };
  EXPECT_EQ(next("<https://a/x?cursor=1>; rel=\"next\""), "https://a/x?cursor=1");
  EXPECT_EQ(next("<https://a/1>; rel=prev, <https://a/2>;title=\"b, c\"; rel=next"), "https://a/2");
  EXPECT_EQ(next("<https://a/1>; rel=\"prev\""), std::nullopt);
  EXPECT_EQ(next("<https://a/1; rel=\"next\""), std::nullopt);
  EXPECT_EQ(next("<https://a/1>; title=\"no relation\""), std::nullopt);
  EXPECT_EQ(next("garbage"), std::nullopt);
  EXPECT_EQ(next_link(status(200)), std::nullopt);
}

}  // namespace
}  // namespace praxisync::connector
