#include "serve/page.h"

#include <nlohmann/json.hpp>

#include "support/fake_clock.h"
#include "unit/store/store_fixture.h"

namespace praxisync::serve {
namespace {

using testing_support::IsOk;

using http::Method;
using http::Request;
using http::Response;
using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const http::Peer kLoopback{"127.0.0.1", true}, kElsewhere{"192.0.2.1", false};
constexpr const char* kToken = "a-token-of-32-characters-or-more";

class PageTest : public store::StoreTest {
 protected:
  PageTest() {
    store::Listed person = store::listed("a-1", "ada@example.org");
    person.application.name = "Ada Lovelace";
    accept({person, store::listed("a-2", "")});
    invite("a-1");
  }

  Pages pages(const std::string& token = {}, const std::string& file = "praxisync.db") {
    return Pages({.database = folder / file, .dashboard = {}, .token = PageToken(token)}, live,
                 clock);
  }
  static Request get(const std::string& target, std::vector<http::Header> more = {}) {
    if (http::header(more, "Host").empty()) more.push_back({"Host", "127.0.0.1:8080"});
    return {Method::Get, "http://127.0.0.1:8080" + target, std::move(more)};
  }
  static Request with_token(const std::string& target, const std::string& token = kToken) {
    return get(target, {{"Authorization", "Bearer " + token}});
  }

  testing_support::FakeClock clock{store::kNow};
  sync::Observer nobody;
  Live live{nobody, clock};
};

TEST_F(PageTest, IsOneDocumentThatAsksForNothingElse) {
  const Response page = pages().handle(get("/"), kLoopback);

  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(http::header(page.headers, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, AllOf(HasSubstr("<title>praxisync</title>"), HasSubstr("Chart.js v3"),
                               HasSubstr("Permission is hereby granted"), Not(HasSubstr("{{")),
                               Not(HasSubstr(" src=")), Not(HasSubstr("rel=\"stylesheet\""))));
}

TEST_F(PageTest, RunsNoScriptButItsOwn) {
  const Response page = pages().handle(get("/"), kLoopback);
  const std::string policy(http::header(page.headers, "Content-Security-Policy"));

  EXPECT_THAT(policy, AllOf(HasSubstr("default-src 'none'"), HasSubstr("script-src 'sha256-"),
                            HasSubstr("style-src 'sha256-"), HasSubstr("frame-ancestors 'none'"),
                            Not(HasSubstr("unsafe"))));
}

TEST_F(PageTest, EveryAnswerIsKeptNowhereAndLeadsNowhere) {
  Pages page = pages(kToken);
  for (const Request& request :
       {get("/"), get("/api/overview"), with_token("/api/overview"), with_token("/api/candidate"),
        with_token("/api/candidate?who=a-1"), get("/nothing")}) {
    const Response reply = page.handle(request, kElsewhere);

    SCOPED_TRACE(request.url);
    EXPECT_EQ(http::header(reply.headers, "Cache-Control"), "no-store");
    EXPECT_EQ(http::header(reply.headers, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(http::header(reply.headers, "Referrer-Policy"), "no-referrer");
    EXPECT_THAT(std::string(http::header(reply.headers, "Content-Security-Policy")),
                AllOf(HasSubstr("frame-ancestors 'none'"), HasSubstr("default-src 'none'")));
    EXPECT_EQ(http::header(reply.headers, "Access-Control-Allow-Origin"), "");
    EXPECT_EQ(http::header(reply.headers, "X-Praxisync-Time"), "2026-03-02T00:00:00Z");
  }
}

struct DoorCase {
  std::string name, token;
  http::Peer peer = kLoopback;
  std::string target;
  std::vector<http::Header> headers;
  int want = 200;
};
void PrintTo(const DoorCase& row, std::ostream* out) { *out << row.name; }
class PageDoor : public PageTest, public testing::WithParamInterface<DoorCase> {};

TEST_P(PageDoor, OpensToWhomItIsFor) {
  const DoorCase& row = GetParam();

  const Response reply = pages(row.token).handle(get(row.target, row.headers), row.peer);

  EXPECT_EQ(reply.status, row.want) << reply.body;
  if (row.want >= 400) {
    EXPECT_THAT(json::parse(reply.body).at("error").at("mend").get<std::string>(), Not(IsEmpty()));
    EXPECT_THAT(reply.body, Not(HasSubstr(kToken)));
    EXPECT_THAT(reply.body, Not(HasSubstr("backend"))) << "no word of the database";
  }
}

const std::string kOverview = "/api/overview", kAda = "/api/candidate?who=a-1";
INSTANTIATE_TEST_SUITE_P(
    WithoutToken, PageDoor,
    testing::Values(
        DoorCase{"Page", "", kLoopback, "/", {}, 200},
        DoorCase{"Overview", "", kLoopback, kOverview, {}, 200},
        DoorCase{"OverviewWithQuery", "", kLoopback, "/api/overview?x=1", {}, 200},
        DoorCase{"Localhost", "", kLoopback, kOverview, {{"Host", "localhost:1234"}}, 200},
        DoorCase{"IPv6", "", kLoopback, kOverview, {{"Host", "[::1]:1234"}}, 200},
        DoorCase{"Candidate", "", kLoopback, kAda, {}, 403},
        DoorCase{
            "CandidateWithSomeToken", "", kLoopback, kAda, {{"Authorization", "Bearer x"}}, 403},
        DoorCase{
            "CandidateWithEmptyToken", "", kLoopback, kAda, {{"Authorization", "Bearer "}}, 403},
        DoorCase{"PageFromElsewhere", "", kElsewhere, "/", {}, 403},
        DoorCase{"OverviewFromElsewhere", "", kElsewhere, kOverview, {}, 403},
        DoorCase{"NothingFromElsewhere", "", kElsewhere, "/nothing", {}, 403},
        DoorCase{"Rebound", "", kLoopback, kOverview, {{"Host", "evil.example:8080"}}, 403},
        DoorCase{"ReboundPage", "", kLoopback, "/", {{"Host", "evil.example"}}, 403},
        DoorCase{"LooksLikeLoopback",
                 "",
                 kLoopback,
                 kOverview,
                 {{"Host", "127.0.0.1.evil.example"}},
                 403},
        DoorCase{
            "UserBeforeHost", "", kLoopback, kOverview, {{"Host", "127.0.0.1@evil.example"}}, 403},
        DoorCase{"OddHost", "", kLoopback, kOverview, {{"Host", "127.0.0.1/x"}}, 403},
        DoorCase{"Forwarded", "", kLoopback, kOverview, {{"X-Forwarded-For", "203.0.113.9"}}, 403},
        DoorCase{
            "ForwardedToo", "", kLoopback, kOverview, {{"Forwarded", "for=203.0.113.9"}}, 403}),
    [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(
    WithToken, PageDoor,
    testing::Values(
        DoorCase{"EmptyPageToAnybody", kToken, kElsewhere, "/", {}, 200},
        DoorCase{"Right",
                 kToken,
                 kElsewhere,
                 kOverview,
                 {{"Authorization", std::string("Bearer ") + kToken}},
                 200},
        DoorCase{"RightUnderAnyName",
                 kToken,
                 kElsewhere,
                 kAda,
                 {{"Authorization", std::string("bearer  ") + kToken}, {"Host", "ops.example.com"}},
                 200},
        DoorCase{"None", kToken, kElsewhere, kOverview, {}, 401},
        DoorCase{"NoneFromHere", kToken, kLoopback, kOverview, {}, 401},
        DoorCase{"Wrong", kToken, kLoopback, kOverview, {{"Authorization", "Bearer wrong"}}, 401},
        DoorCase{
            "Beginning", kToken, kLoopback, kOverview, {{"Authorization", "Bearer a-token"}}, 401},
        DoorCase{"Longer",
                 kToken,
                 kLoopback,
                 kOverview,
                 {{"Authorization", std::string("Bearer ") + kToken + "x"}},
                 401},
        DoorCase{"Basic",
                 kToken,
                 kLoopback,
                 kOverview,
                 {{"Authorization", std::string("Basic ") + kToken}},
                 401},
        DoorCase{
            "InTheUrl", kToken, kLoopback, std::string("/api/overview?token=") + kToken, {}, 401},
        DoorCase{"CandidateWithout", kToken, kLoopback, kAda, {}, 401},
        DoorCase{"Unknown", kToken, kLoopback, "/api/overviews", {}, 404},
        DoorCase{"Above", kToken, kLoopback, "/../etc/passwd", {}, 404}),
    [](const auto& row) { return row.param.name; });

TEST_F(PageTest, OnlyShows) {
  Pages page = pages(kToken);
  for (const Method method : {Method::Post, Method::Put, Method::Patch, Method::Delete}) {
    for (const char* target : {"/", "/api/overview", "/api/candidate?who=a-1"}) {
      Request request = with_token(target);
      request.method = method;

      const Response reply = page.handle(request, kLoopback);

      EXPECT_EQ(reply.status, 405);
      EXPECT_EQ(http::header(reply.headers, "Allow"), "GET, HEAD");
    }
  }
}

TEST_F(PageTest, TakesAPathAlone) {
  const Request request{Method::Get, "/api/overview?x=http://elsewhere/", {{"Host", "localhost"}}};

  EXPECT_EQ(pages().handle(request, kLoopback).status, 200);
}

TEST_F(PageTest, OverviewHoldsNoPersonalData) {
  const Response reply = pages(kToken).handle(with_token("/api/overview"), kElsewhere);

  EXPECT_THAT(reply.body, HasSubstr("\"route\":\"backend\""));
  for (const char* part : {"ada@", "Ada", "Lovelace", "a-1", "token-a-1"})
    EXPECT_THAT(reply.body, Not(HasSubstr(part)));
}

TEST_F(PageTest, OverviewIsSentOnceUntilItChanges) {
  Pages page = pages();
  const Response first = page.handle(get("/api/overview"), kLoopback);
  const std::string etag(http::header(first.headers, "ETag"));
  const Request again = get("/api/overview", {{"If-None-Match", etag}});

  const Response same = page.handle(again, kLoopback);
  live.begun(RunKey{2}, clock.now());
  const Response other = page.handle(again, kLoopback);

  EXPECT_EQ(same.status, 304);
  EXPECT_THAT(same.body, IsEmpty());
  EXPECT_EQ(http::header(same.headers, "ETag"), etag);
  EXPECT_EQ(other.status, 200);
  EXPECT_EQ(json::parse(other.body).at("live").at("running").at("id"), 2);
}

TEST_F(PageTest, OverviewSeesWhatAnotherConnectionWroteWithinASecond) {
  Pages page = pages();
  const auto in_stage = [&] {
    const Response reply = page.handle(get("/api/overview"), kLoopback);
    return json::parse(reply.body).at("routes").at(0).at("in_stage").get<int>();
  };
  EXPECT_EQ(in_stage(), 2);

  accept({store::listed("a-3", "eve@example.org")});

  EXPECT_EQ(in_stage(), 2) << "read a moment ago";
  clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(in_stage(), 3);
}

/// On which everything takes its time.
class SlowClock final : public Clock {
 public:
  explicit SlowClock(testing_support::FakeClock& clock) : clock_(clock) {}
  Timestamp now() const override { return clock_.now(); }
  Uptime uptime() const override {
    clock_.advance(std::chrono::seconds{1});
    return clock_.uptime();
  }
  void sleep_until(Timestamp) override {}

 private:
  testing_support::FakeClock& clock_;
};

TEST_F(PageTest, ADatabaseThatIsSlowToReadIsReadSeldom) {
  const SlowClock slow(clock);
  Pages page({.database = path, .dashboard = {}, .token = {}}, live, slow);
  const auto in_stage = [&] {
    const Response reply = page.handle(get("/api/overview"), kLoopback);
    return json::parse(reply.body).at("routes").at(0).at("in_stage").get<int>();
  };
  EXPECT_EQ(in_stage(), 2);
  accept({store::listed("a-3", "eve@example.org")});

  clock.advance(std::chrono::seconds{8});
  EXPECT_EQ(in_stage(), 2) << "it took seconds to read";
  clock.advance(std::chrono::minutes{5});
  EXPECT_EQ(in_stage(), 3);
}

TEST_F(PageTest, BudgetThatComesFreeWithTimeIsSeen) {
  const auto ledger = store.request_ledger(clock, "assess", {{500, 0}, {100, 0}});
  ASSERT_THAT(ledger->debit(http::Cost::Read, http::Draw::Work), IsOk());
  Pages page({.database = path, .dashboard = {.routes = {}, .limits = {{500, 0}, {100, 0}}}}, live,
             clock);
  const auto left = [&] {
    const Response reply = page.handle(get("/api/overview"), kLoopback);
    return json::parse(reply.body).at("budget").at("reads").at("left").get<int>();
  };
  EXPECT_EQ(left(), 499);

  clock.advance(std::chrono::hours{2});

  EXPECT_EQ(left(), 500);
}

TEST_F(PageTest, BeforeTheFirstRunThereIsNothingToShow) {
  const Response reply = pages("", "new.db").handle(get("/api/overview"), kLoopback);

  EXPECT_EQ(reply.status, 200);
  const json document = json::parse(reply.body);
  EXPECT_THAT(document.at("runs"), SizeIs(0));
  EXPECT_TRUE(document.at("budget").at("reads").is_null());
  EXPECT_FALSE(std::filesystem::exists(folder / "new.db"));
  EXPECT_EQ(pages(kToken, "new.db").handle(with_token(kAda), kLoopback).status, 200);
}

TEST_F(PageTest, ADatabaseThatIsNoneIsSaidSoAndTriedAgain) {
  folder.write("other.db", std::string(5000, 'x'));
  Pages page = pages(kToken, "other.db");

  EXPECT_EQ(page.handle(with_token("/api/overview"), kLoopback).status, 503);
  EXPECT_EQ(page.handle(with_token(kAda), kLoopback).status, 503);

  std::filesystem::remove(folder / "other.db");
  EXPECT_EQ(page.handle(with_token("/api/overview"), kLoopback).status, 200);
}

TEST_F(PageTest, CandidateIsMaskedUnlessAskedFor) {
  Pages page = pages(kToken);

  const Response masked =
      page.handle(with_token("/api/candidate?who=Ada%40example.org"), kLoopback);
  const Response whole = page.handle(with_token(kAda + "&unmask=1"), kLoopback);

  EXPECT_THAT(masked.body,
              AllOf(HasSubstr("\"masked\":true"), HasSubstr("A. L."), HasSubstr("a…@e…"),
                    Not(HasSubstr("Lovelace")), Not(HasSubstr("ada@example"))));
  EXPECT_THAT(whole.body, AllOf(HasSubstr("\"masked\":false"), HasSubstr("Ada Lovelace"),
                                HasSubstr("ada@example.org"), Not(HasSubstr("token-a-1"))));
}

TEST_F(PageTest, UnmaskIsOneOrNothing) {
  Pages page = pages(kToken);
  for (const char* query : {"&unmask=", "&unmask=0", "&unmask=true", "&unmask=01", "&mask=1"})
    EXPECT_THAT(page.handle(with_token(kAda + query), kLoopback).body,
                HasSubstr("\"masked\":true"));
}

TEST_F(PageTest, NobodyOfThatNameIsAnEmptyAnswer) {
  const Response reply = pages(kToken).handle(with_token("/api/candidate?who=nobody"), kLoopback);

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(json::parse(reply.body).at("screenings"), SizeIs(0));
}

TEST_F(PageTest, WhoMustBeAText) {
  Pages page = pages(kToken);
  for (const std::string& query :
       {std::string(), std::string("?who="), std::string("?who=%20"), std::string("?who=%ff"),
        std::string("?who=%zz"), "?who=" + std::string(321, 'a')})
    EXPECT_EQ(page.handle(with_token("/api/candidate" + query), kLoopback).status, 400) << query;
}

}  // namespace
}  // namespace praxisync::serve
