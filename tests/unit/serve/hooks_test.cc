#include "serve/hooks.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "connectors/all.h"
#include "support/fake_clock.h"
#include "unit/serve/inbox_fixture.h"

namespace praxisync::serve {
namespace {

using http::Method;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kSecret = "a-secret-that-nobody-knows";

/// A receiver of the Assess API's webhooks and of each connector that can have some.
class HooksTest : public InboxTest {
 protected:
  HooksTest() { begin(); }

  void begin(const HookRate& rate = {}, const InboxLimits& limits = {}) {
    hooks_ = std::make_unique<Hooks>(
        sources(), restart(limits), clock, [this] { ++arrivals; }, rate);
  }
  static std::vector<HookSource> sources() {
    config::Config config;
    config.serve.webhook_secrets = {ApiKey("the-old-one"), ApiKey(kSecret)};
    for (const char* type : {"ashby", "greenhouse", "lever"}) {
      connector::Settings settings{ConnectorName(type)};
      settings.set_secrets(connector::kWebhookSecrets, {ApiKey(kSecret)});
      config.connectors.push_back({ConnectorName(type), type, std::move(settings), {}});
    }
    for (const char* sender : {"recruitee", "smartrecruiters"}) {
      connector::Settings settings{ConnectorName(sender)};
      settings.set("webhooks_from", sender);
      settings.set_secrets(connector::kWebhookSecrets, {ApiKey(kSecret)});
      config.connectors.push_back({ConnectorName(sender), "file", std::move(settings), {}});
    }
    return hook_sources(config, all_connectors());
  }

  static std::string sign(const std::string& text, const std::string& secret = kSecret) {
    return webhook_signature(text, WebhookSecret(secret)).text();
  }
  static http::Request post(const std::string& hook, std::string body,
                            std::vector<http::Header> headers) {
    headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    return {.method = Method::Post,
            .url = "http://127.0.0.1:8377/hooks/" + hook,
            .headers = std::move(headers),
            .body = std::move(body)};
  }
  /// What the Assess API sends, signed.
  static http::Request assess(const std::string& body, const std::string& secret = kSecret) {
    return post("assess", body, {{"X-Praxicraft-Signature", sign(body, secret)}});
  }
  static http::Request passed(const std::string& slug, int number = 0) {
    return assess(
        fmt::format(R"({{"event":"candidate.passed","n":{},"data":{{"assessment_slug":"{}"}}}})",
                    number, slug));
  }
  http::Request lever(const std::string& token, const std::string& data = R"({"a":1})") const {
    const std::string at = std::to_string(clock.now().time_since_epoch().count());
    return post("lever",
                fmt::format(R"({{"event":"candidateStageChange","triggeredAt":{},"data":{},)"
                            R"("token":"{}","signature":"{}"}})",
                            at, data, token, sign(token + at)),
                {});
  }
  static http::Request greenhouse(const std::string& body, const std::string& id) {
    return post("greenhouse", body,
                {{"Signature", "sha256 " + sign(body)}, {"Greenhouse-Event-ID", id}});
  }
  static http::Request ashby(const std::string& body) {
    return post("ashby", body, {{"Ashby-Signature", "sha256=" + sign(body)}});
  }

  http::Response deliver(const http::Request& request) { return hooks_->handle(request); }
  int status(const http::Request& request) { return deliver(request).status; }
  std::int64_t count(const std::string& source, HookOutcome outcome) {
    for (const HookCount& row : hooks_->counts()) {
      if (row.source == source && row.outcome == outcome) return row.count;
    }
    return -1;
  }

  testing_support::FakeClock clock;
  std::atomic<int> arrivals{0};
  std::unique_ptr<Hooks> hooks_;
};

TEST_F(HooksTest, KeepsGenuineOnesAndSaysThatTheyCame) {
  EXPECT_EQ(status(passed("backend")), 200);
  EXPECT_EQ(status(lever("t1")), 200);
  EXPECT_EQ(status(greenhouse(R"({"action":"reject_candidate"})", "e1")), 200);
  EXPECT_EQ(status(ashby(R"({"action":"applicationUpdate"})")), 200);

  EXPECT_EQ(arrivals, 4);
  EXPECT_THAT(waiting(), ElementsAre(Place{"ashby", ""}, Place{"assess", "backend"},
                                     Place{"greenhouse", ""}, Place{"lever", ""}));
  EXPECT_EQ(count("lever", HookOutcome::Accepted), 1);
}

TEST_F(HooksTest, KeepsUnknownEventsToo) {
  EXPECT_EQ(status(assess(R"({"event":"candidate.cloned","data":{}})")), 200);
  EXPECT_EQ(status(ashby("not JSON")), 200);

  EXPECT_THAT(waiting(), ElementsAre(Place{"ashby", ""}, Place{"assess", ""}));
  EXPECT_THAT(counts().kinds, ElementsAre(KindCount{"ashby", "unknown", 1},
                                          KindCount{"assess", "candidate.cloned", 1}));
}

TEST_F(HooksTest, AnswersTestsAndKeepsNothingOfThem) {
  EXPECT_EQ(status(assess(R"({"event":"webhook.test","data":{}})")), 200);
  EXPECT_EQ(status(ashby(R"({"action":"ping","data":{}})")), 200);
  EXPECT_EQ(status(greenhouse(R"({"action":"ping"})", "e")), 200);
  EXPECT_EQ(status(lever("t", "{}")), 200);

  EXPECT_EQ(arrivals, 0);
  EXPECT_THAT(waiting(), IsEmpty());
  EXPECT_EQ(count("ashby", HookOutcome::Test), 1);
}

TEST_F(HooksTest, ForgedOnesAreRefusedWithoutAWordAndLeaveNothing) {
  const std::string body = R"({"event":"candidate.passed"})";
  for (http::Request request :
       {post("assess", body, {}), assess(body, "another-secret"),
        post("assess", body, {{"X-Praxicraft-Signature", ""}}),
        post("assess", body, {{"X-Praxicraft-Signature", "sha256=" + sign(body)}}),
        post("assess", body + " ", {{"X-Praxicraft-Signature", sign(body)}}),
        post("assess", body,
             {{"X-Praxicraft-Signature", sign(body)}, {"x-praxicraft-signature", sign(body)}}),
        // Of one source, brought to another's door.
        post("greenhouse", body, {{"X-Praxicraft-Signature", sign(body)}}),
        post("ashby", body, {{"Ashby-Signature", sign(body)}}), post("lever", body, {})}) {
    const http::Response answer = deliver(request);

    EXPECT_EQ(answer.status, 401);
    EXPECT_THAT(answer.body, IsEmpty());
    EXPECT_THAT(answer.headers, IsEmpty());
  }

  EXPECT_EQ(arrivals, 0);
  EXPECT_EQ(counts().rows, 0);
  EXPECT_EQ(count("assess", HookOutcome::Forged), 6);
}

TEST_F(HooksTest, EitherSecretHoldsWhileOneIsBeingChanged) {
  EXPECT_EQ(status(assess(R"({"event":"a"})", "the-old-one")), 200);
  EXPECT_EQ(status(assess(R"({"event":"b"})", kSecret)), 200);
}

TEST_F(HooksTest, ReplayedOnesHaveNoEffect) {
  const http::Request first = lever("t1"), second = greenhouse(R"({"action":"a"})", "e1");
  EXPECT_EQ(status(first), 200);
  EXPECT_EQ(status(second), 200);
  work();
  arrivals = 0;

  EXPECT_EQ(status(first), 200);
  EXPECT_EQ(status(second), 200);
  EXPECT_EQ(status(greenhouse(R"({"action":"a"})", "an id that nobody signs")), 200);
  EXPECT_EQ(status(lever("t1", R"({"changed":true})")), 200) << "its body is not signed";

  EXPECT_EQ(arrivals, 0);
  EXPECT_THAT(waiting(), IsEmpty());
  EXPECT_EQ(count("lever", HookOutcome::Known), 2);
}

TEST_F(HooksTest, ReplaysThatWereForgottenAreTooOldToBeTaken) {
  const http::Request first = lever("t1");
  EXPECT_EQ(status(first), 200);
  work();
  clock.advance(connector::kWebhookMemory - connector::kWebhookClockAhead);
  EXPECT_EQ(status(first), 200);
  EXPECT_THAT(waiting(), IsEmpty());

  clock.advance(Milliseconds{1});

  EXPECT_EQ(status(first), 401);
}

TEST_F(HooksTest, InWhateverOrderTheyComeTheSameIsLookedAt) {
  std::vector<http::Request> events{passed("backend", 1), passed("backend", 2), passed("data", 3),
                                    lever("t1"), ashby(R"({"action":"a"})")};
  std::mt19937 dice(7);
  std::vector<Place> want;
  for (int round = 0; round < 10; ++round) {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
    begin();
    std::ranges::shuffle(events, dice);

    for (const http::Request& event : events) EXPECT_EQ(status(event), 200);
    for (const http::Request& event : events) EXPECT_EQ(status(event), 200);

    if (round == 0) want = waiting();
    EXPECT_EQ(waiting(), want);
    EXPECT_EQ(counts().waiting, 5);
  }
}

struct LooksCase {
  std::string name, url, type;
  Method method;
  std::size_t size;
  int want;
};
void PrintTo(const LooksCase& row, std::ostream* out) { *out << row.name; }
class HooksLooks : public HooksTest, public testing::WithParamInterface<LooksCase> {};

TEST_P(HooksLooks, DecideBeforeTheBodyIsRead) {
  const std::string body(GetParam().size, ' ');
  http::Request request{.method = GetParam().method,
                        .url = GetParam().url,
                        .headers = {{"X-Praxicraft-Signature", sign(body)}},
                        .body = body};
  if (!GetParam().type.empty()) request.headers.push_back({"content-type", GetParam().type});

  EXPECT_EQ(status(request), GetParam().want);
  EXPECT_EQ(arrivals, GetParam().want == 200 ? 1 : 0);
}
INSTANTIATE_TEST_SUITE_P(
    Table, HooksLooks,
    testing::Values(
        LooksCase{"Path", "/hooks/assess", "application/json", Method::Post, 9, 200},
        LooksCase{"Query", "http://h/hooks/assess?a=/b", "application/json", Method::Post, 9, 200},
        LooksCase{"NoType", "/hooks/assess", "", Method::Post, 9, 200},
        LooksCase{"Problem", "/hooks/assess", "Application/CloudEvents+JSON", Method::Post, 9, 200},
        LooksCase{"Form", "/hooks/assess", "application/x-www-form-urlencoded", Method::Post, 9,
                  415},
        LooksCase{"Get", "/hooks/assess", "", Method::Get, 0, 405},
        LooksCase{"Delete", "/hooks/assess", "", Method::Delete, 9, 405},
        LooksCase{"Empty", "/hooks/assess", "", Method::Post, 0, 200},
        LooksCase{"Largest", "/hooks/assess", "", Method::Post, kLargestHook, 200},
        LooksCase{"TooLarge", "/hooks/assess", "", Method::Post, kLargestHook + 1, 413},
        LooksCase{"NoName", "/hooks/", "", Method::Post, 9, 404},
        LooksCase{"NoSlash", "/hooks", "", Method::Post, 9, 404},
        LooksCase{"Elsewhere", "/metrics", "", Method::Post, 9, 404},
        LooksCase{"Unknown", "/hooks/workable", "", Method::Post, 9, 404},
        LooksCase{"Below", "/hooks/assess/x", "", Method::Post, 9, 404},
        LooksCase{"Case", "/hooks/Assess", "", Method::Post, 9, 404},
        LooksCase{"Nothing", "", "", Method::Post, 9, 404},
        LooksCase{"OnlyAHost", "http://hooks", "", Method::Post, 9, 404}),
    [](const auto& row) { return row.param.name; });

TEST_F(HooksTest, AHandshakeIsAnsweredAndUsesUpNothing) {
  begin({.burst = 1, .a_second = 1});
  for (int i = 0; i < 50; ++i) {
    const http::Response answer =
        deliver(post("smartrecruiters", "", {{"X-Hook-Secret", "send-me-back"}}));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(http::header(answer.headers, "X-Hook-Secret"), "send-me-back");
    EXPECT_EQ(status(post("recruitee", R"({"test":true})", {})), 200);
  }

  EXPECT_THAT(waiting(), IsEmpty());
  EXPECT_EQ(arrivals, 0);
  EXPECT_EQ(count("recruitee", HookOutcome::Test), 50);
  const std::string body = R"({"event_type":"candidate_moved"})";
  EXPECT_EQ(status(post("recruitee", body, {{"X-Recruitee-Signature", sign(body)}})), 200);
}

TEST_F(HooksTest, ASenderHearsWhatItWantsToHear) {
  const std::string body = R"({"job_id":"j","candidate_id":"c"})";
  const std::string at = std::to_string(
      std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count());
  const http::Request event = post(
      "smartrecruiters", body,
      {{"smartrecruiters-timestamp", at},
       {"smartrecruiters-signature", "v1=" + sign(at + '.' + body + ".e1.application.created..")},
       {"event-id", "e1"},
       {"event-name", "application.created"}});

  EXPECT_EQ(status(event), 202);
  EXPECT_EQ(status(event), 202) << "once more";
  EXPECT_THAT(waiting(), ElementsAre(Place{"smartrecruiters", ""}));
  EXPECT_EQ(arrivals, 1);
}

TEST_F(HooksTest, AFloodIsHeldToARateThatForgersCannotUseUp) {
  begin({.burst = 5, .a_second = 2});
  for (int i = 0; i < 50; ++i) EXPECT_EQ(status(assess("{}", "forged")), 401);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(passed("s", i)), 200);

  const http::Response answer = deliver(passed("s", 5));

  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(http::header(answer.headers, "Retry-After"), "1");
  EXPECT_EQ(status(lever("t")), 200) << "each source has its own";
  clock.set_wall(std::chrono::hours{5});
  EXPECT_EQ(status(passed("s", 5)), 429) << "by the stopwatch that nobody sets";
  clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(status(passed("s", 5)), 200);
  EXPECT_EQ(count("assess", HookOutcome::Throttled), 2);
}

TEST_F(HooksTest, AFullInboxSendsThemAwayForAWhile) {
  begin({}, {.waiting = 1, .rows = 10});
  EXPECT_EQ(status(passed("s", 1)), 200);

  const http::Response answer = deliver(passed("s", 2));

  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(http::header(answer.headers, "Retry-After"), "60");
  EXPECT_EQ(status(passed("s", 1)), 200) << "it is there already";
  EXPECT_EQ(count("assess", HookOutcome::NotKept), 1);
  EXPECT_EQ(arrivals, 1);
}

TEST_F(HooksTest, ManyThreadsAtATimeLoseNothing) {
  constexpr int kThreads = 4, kEach = 50;
  std::atomic<int> good{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i) {
          good += hooks_->handle(passed("s", t * kEach + i)).status == 200;
          (void)hooks_->handle(assess("{}", "forged"));
        }
      });
    }
    for (int i = 0; i < 20; ++i) (void)hooks_->counts();
  }

  EXPECT_EQ(good, kThreads * kEach);
  EXPECT_EQ(arrivals, kThreads * kEach);
  EXPECT_EQ(counts().waiting, kThreads * kEach);
  EXPECT_EQ(count("assess", HookOutcome::Forged), kThreads * kEach);
}

}  // namespace
}  // namespace praxisync::serve
