// `praxisync serve` as a user has it: the process, its signals, its sockets and its database.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "domain/text.h"
#include "domain/webhook_signature.h"
#include "integration/serving.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Endpoint;
using sandbox::Fault;
using testing::_;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

/// Seldom enough that only webhooks begin runs.
constexpr const char* kSeldom = "8784h";

using SteadyClock = std::chrono::steady_clock;

TEST(Serve, RunsOnScheduleAndSeesWhatIsNew) {
  Workplace place;
  place.exports(crowd("ada", 2));
  configure_serve(place, "1s");
  Serving serve(place);
  EXPECT_TRUE(eventually([&] { return place.invitations().size() == 2; }));

  place.exports(crowd("ada", 3));

  EXPECT_TRUE(eventually([&] { return place.invitations().size() == 3; }));
  const Ended ended = serve.stop();
  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.err, AllOf(HasSubstr("(schedule instance): done"), HasSubstr("stopping")));
  EXPECT_THAT(place.invitations(), Each(Pair(_, 1)));
}

TEST(Serve, AWebhookLeadsToAWriteBackWithoutWaitingForTheSchedule) {
  Workplace place;
  place.exports(crowd("ada", 3));
  configure_serve(place, kSeldom);
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  Serving serve(place);
  pass_events_on(place, serve);

  place.everybody_finishes();

  EXPECT_TRUE(eventually([&] { return place.results().size() == 6; }, std::chrono::seconds{20}))
      << serve.process().errors();
  EXPECT_THAT(place.results(), Each(Pair(_, 1)));
  const Ended ended = serve.stop();
  EXPECT_THAT(ended.err, AllOf(HasSubstr("(webhooks): done"), Not(HasSubstr("schedule instance")),
                               Not(HasSubstr("@example.com"))));
}

TEST(Serve, AWebhookOfTheExportsAtsIsReadAtOnce) {
  Workplace place;
  place.exports(crowd("ada", 2));
  configure_serve(place, kSeldom);
  place.edit_config("type = \"file\"",
                    "type = \"file\"\nwebhooks_from = \"recruitee\"\n"
                    "webhook_secrets = [{ file = \"hook.secret\" }]");
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  Serving serve(place);
  EXPECT_EQ(serve.post("/hooks/ats", R"({"test":true})").status, 200);
  place.exports(crowd("ada", 3));

  const std::string body = R"({"event_type":"candidate_moved","payload":{}})";
  EXPECT_EQ(serve.post("/hooks/ats", body, {{"X-Recruitee-Signature", "0"}}).status, 401);
  const WebhookSecret secret(std::string(trim(place.folder.read("hook.secret"))));
  const http::Header signature{"X-Recruitee-Signature", webhook_signature(body, secret).text()};
  EXPECT_EQ(serve.post("/hooks/ats", body, {signature}).status, 200);

  EXPECT_TRUE(eventually([&] { return place.invitations().size() == 3; }, std::chrono::seconds{20}))
      << serve.process().errors();
  EXPECT_THAT(place.invitations(), Each(Pair(_, 1)));
  EXPECT_TRUE(serve.logs("(webhooks): done"));
}

TEST(Serve, ForgedWebhooksChangeNothing) {
  Workplace place;
  configure_serve(place, kSeldom);
  Serving serve(place);
  const std::string body = R"({"event":"assessment.completed","data":{}})";

  EXPECT_EQ(serve.post("/hooks/assess", body).status, 401);
  EXPECT_EQ(serve.post("/hooks/assess", body, {{"X-Praxicraft-Signature", "0"}}).status, 401);
  EXPECT_EQ(
      serve.post("/hooks/assess", body, {{"X-Praxicraft-Signature", std::string(64, 'a')}}).status,
      401);
  EXPECT_EQ(serve.post("/hooks/nobody", body).status, 404);
  EXPECT_EQ(serve.get("/hooks/assess").status, 405);

  EXPECT_THAT(serve.get("/metrics").body, HasSubstr("praxisync_inbox_events 0\n"));
  EXPECT_EQ(runs_of(place), 0);
}

TEST(Serve, Answers) {
  Workplace place;
  place.exports(crowd("ada", 2));
  configure_serve(place, "1s");
  Serving serve(place);
  EXPECT_TRUE(serve.logs("(schedule instance): done"));

  EXPECT_EQ(serve.get("/healthz").status, 200);
  EXPECT_EQ(serve.get("/readyz").status, 200);
  const http::Response metrics = serve.get("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_THAT(metrics.body, AllOf(HasSubstr("praxisync_runs_total{reason=\"done\"}"),
                                  HasSubstr("praxisync_invitations_total 2\n")));
  EXPECT_THAT(serve.get("/").body, HasSubstr("<html"));
  EXPECT_THAT(serve.get("/api/overview").body,
              AllOf(HasSubstr("\"routes\""), Not(HasSubstr("@example.com"))));
  EXPECT_EQ(serve.get("/no/such/page").status, 404);
  EXPECT_EQ(serve.post("/metrics", "{}").status, 405);
}

TEST(Serve, IsAskedForItsHealthByACommandOnTheSameMachine) {
  Workplace place;
  configure_serve(place, "1h");
  Serving serve(place);
  for (const std::string host : {"127.0.0.1", "0.0.0.0"}) {
    const Environment there{{"PRAXISYNC_SERVE__LISTEN", host + ":" + std::to_string(serve.port())}};

    const Ended well = place.run({"health"}, there);
    const Ended document = place.run({"health", "--output", "json"}, there);

    EXPECT_THAT(well, ExitsWith(0));
    EXPECT_EQ(well.out, "ok\n");
    EXPECT_EQ(document.out, "{\"answer\":\"ok\",\"healthy\":true}\n");
  }
  const Environment there{{"PRAXISYNC_SERVE__LISTEN", "127.0.0.1:" + std::to_string(serve.port())}};
  serve.stop();
  EXPECT_THAT(place.run({"health"}, there), ExitsWith(1));
  const Ended anywhere = place.run({"health"});
  EXPECT_THAT(anywhere, ExitsWith(2));
  EXPECT_THAT(anywhere.err, HasSubstr("takes any free port"));
}

TEST(Serve, IsNotReadyWhileItsKeyIsRefused) {
  Workplace place;
  place.exports(crowd("ada", 2));
  configure_serve(place, "1s");
  const std::string key = std::exchange(place.key, "ct_live_that_nobody_knows");
  Serving serve(place);
  EXPECT_TRUE(eventually([&] { return serve.get("/readyz").status == 503; }));
  EXPECT_THAT(serve.get("/readyz").body, HasSubstr("ended with unauthorized"));
  EXPECT_EQ(serve.get("/healthz").status, 200) << "a restart mends nothing";
}

/// A socket to it that says nothing by itself.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(socket_); }
  void say(std::string_view bytes) const {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }

 private:
  int socket_;
};

TEST(Serve, SlowClientsDoNotHoldUpOthers) {
  Workplace place;
  configure_serve(place, kSeldom);
  Serving serve(place);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 20; ++i) slow.push_back(std::make_unique<RawClient>(serve.port()));
  const std::string request = "POST /hooks/assess HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n";

  const auto begin = SteadyClock::now();
  for (const char byte : request.substr(0, 30)) {
    for (const auto& client : slow) client->say({&byte, 1});
    EXPECT_EQ(serve.get("/healthz").status, 200);
  }

  EXPECT_LT(SteadyClock::now() - begin, std::chrono::seconds{5});
}

TEST(Serve, SighupTakesAGoodConfigAndRefusesABadOne) {
  Workplace place;
  place.exports(crowd("ada", 2));
  configure_serve(place, kSeldom);
  Serving serve(place);

  place.edit_config("every = \"8784h\"", "every = \"never\"");
  serve.process().send_signal(SIGHUP);
  EXPECT_TRUE(serve.logs("the config is kept as it was, and not read anew"));
  EXPECT_THAT(serve.process().errors(), HasSubstr("\"every\"")) << "it says what is wrong";
  EXPECT_EQ(serve.get("/healthz").status, 200);

  place.edit_config("every = \"never\"", "every = \"1s\"");
  serve.process().send_signal(SIGHUP);
  EXPECT_TRUE(serve.logs("the config was read anew"));
  EXPECT_TRUE(eventually([&] { return place.invitations().size() == 2; }));

  EXPECT_EQ(serve.get("/healthz").status, 200) << "at the same port";
  EXPECT_THAT(serve.stop(), ExitsWith(0));
}

TEST(Serve, SighupMovesToAnotherPort) {
  Workplace place;
  configure_serve(place, kSeldom);
  Serving serve(place);
  place.edit_config("127.0.0.1:0", "127.0.0.2:0");

  serve.process().send_signal(SIGHUP);

  EXPECT_TRUE(serve.logs("listening at http://127.0.0.2:"));
  EXPECT_TRUE(serve.logs("the config was read anew"));
}

TEST(Serve, EndsInOrderInTheMiddleOfARunAndTheNextOneGoesOn) {
  constexpr int kPeople = 40;
  Workplace place;
  place.exports(crowd("gus", kPeople, kGraduate));
  configure_serve(place, "1s");
  place.fault({.kind = Fault::Kind::Delay,
               .path = "/enroll/",
               .skip = 9,
               .delay = std::chrono::minutes{1}});
  Serving first(place);
  ASSERT_TRUE(eventually([&] { return place.calls(Endpoint::Enroll) >= 10; }));

  const auto begin = SteadyClock::now();
  const Ended ended = first.stop();

  EXPECT_LT(SteadyClock::now() - begin, std::chrono::seconds{10});
  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_LT(place.enrollments().size(), static_cast<std::size_t>(kPeople));
  Serving second(place);
  EXPECT_TRUE(eventually([&] { return place.enrollments().size() == kPeople; }));
  EXPECT_THAT(second.stop(), ExitsWith(0));
  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(kPeople), Each(Pair(_, 1))));
}

TEST(Serve, TwoInstancesOverOneDatabaseRunNothingTwice) {
  Workplace place;
  place.exports(crowd("ada", 5));
  configure_serve(place, "1s");
  const auto begin = SteadyClock::now();
  Serving first(place);
  Serving second(place);

  EXPECT_TRUE(eventually([&] { return runs_of(place) >= 4; }));
  const auto passed = std::chrono::ceil<std::chrono::seconds>(SteadyClock::now() - begin);
  const int runs = runs_of(place);

  EXPECT_LE(runs, passed.count() + 2) << "one each second";
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(5), Each(Pair(_, 1))));
  EXPECT_THAT(first.stop(), ExitsWith(0));
  EXPECT_THAT(second.stop(), ExitsWith(0));
  Serving third(place);
  const int before = runs_of(place);
  EXPECT_TRUE(eventually([&] { return runs_of(place) > before; })) << "the lease is free";
}

TEST(Serve, TwoInstancesMayStartAtOnceWithoutADatabase) {
  Workplace place;
  configure_serve(place, kSeldom);

  const Process::Start start = place.start({"serve"});
  std::vector<std::unique_ptr<Process>> all;
  for (int i = 0; i < 6; ++i) all.push_back(std::make_unique<Process>(start));

  for (const auto& one : all) {
    EXPECT_TRUE(eventually([&] { return one->errors().find("listening at") != std::string::npos; },
                           std::chrono::seconds{10}))
        << one->errors();
  }
}

TEST(Serve, ASecondOneOnTheSamePortSaysWhatToDo) {
  Workplace place;
  configure_serve(place, kSeldom);
  Serving first(place);
  place.edit_config("127.0.0.1:0", fmt::format("127.0.0.1:{}", first.port()));

  const Ended second = place.run({"serve"});

  EXPECT_THAT(second, ExitsWith(1));
  EXPECT_THAT(second.err, AllOf(HasSubstr(std::to_string(first.port())), HasSubstr("in use"),
                                HasSubstr("Change [serve] listen")));
  EXPECT_EQ(first.get("/healthz").status, 200);
}

TEST(Serve, NeedsASchedule) {
  Workplace place;

  const Ended ended = place.run({"serve"});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr("the config has no schedule; add to [schedule]"));
}

}  // namespace
}  // namespace praxisync::testing_support
