// What operations look at: metrics, logs, pings and messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "integration/workplace.h"
#include "support/loopback_server.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(MetricsFile, HoldsWhatAllRunsDidAndIsForEverybodyToRead) {
  Workplace place;
  place.exports(crowd("ada", 3));
  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(0));
  place.exports(crowd("ada", 5));
  place.advance(std::chrono::hours{1});

  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(0));

  EXPECT_THAT(place.folder.read("praxisync.prom"),
              AllOf(HasSubstr("praxisync_invitations_total 5\n"),
                    HasSubstr("praxisync_runs_total{reason=\"done\"} 2\n"),
                    HasSubstr("praxisync_backlog_screenings{state=\"waiting\"} 5\n"),
                    Not(HasSubstr("@")), Not(HasSubstr(place.key))));
  EXPECT_EQ(std::filesystem::status(place.folder / "praxisync.prom").permissions(),
            std::filesystem::perms{0644});
}

TEST(MetricsFile, OfAFailedRunCountsItAndKeepsTheLastSuccess) {
  const auto last_success = [](const std::string& text) {
    const auto at = text.find("\npraxisync_last_success_timestamp_seconds ");
    return at == std::string::npos ? "" : text.substr(at, text.find('\n', at + 1) - at);
  };
  Workplace place;
  place.exports(crowd("ada", 3));
  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(0));
  const std::string success = last_success(place.folder.read("praxisync.prom"));
  EXPECT_NE(success, "");
  place.key = "ct_live_that_nobody_knows";

  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(5));

  const std::string text = place.folder.read("praxisync.prom");
  EXPECT_EQ(last_success(text), success);
  EXPECT_THAT(text, AllOf(HasSubstr("praxisync_runs_total{reason=\"unauthorized\"} 1\n"),
                          HasSubstr("praxisync_last_run_exit_code 5\n"),
                          HasSubstr("praxisync_errors_total{kind=\"unauthorized\"} 1\n")));
}

TEST(MetricsFile, ThatCannotBeWrittenIsAWarning) {
  Workplace place;

  const Ended ended = place.run({"sync", "--metrics-file", "no/such/folder/praxisync.prom"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.err, HasSubstr("--metrics-file: no/such/folder/praxisync.prom "
                                   "cannot be written: No such file or directory"));
}

TEST(TerminationMessage, IsWrittenOverWhatTheFileHeldHoweverTheRunEnded) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.folder.write("message", std::string(9000, 'x'));
  const auto told = [&](const Arguments& more, const Environment& environment = {}) {
    Arguments arguments{"sync", "--termination-message", "message"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    place.run(arguments, environment);
    return place.folder.read("message");
  };

  EXPECT_THAT(told({"--max-duration", "1ms"}),
              StartsWith(R"({"exit_code":4,"reason":"deadline","run":1,)"));
  EXPECT_THAT(told({}),
              AllOf(StartsWith(R"({"exit_code":0,"reason":"done","run":2,)"),
                    HasSubstr(R"("invited":3)"), testing::EndsWith("}\n"), Not(HasSubstr("@"))));
  EXPECT_EQ(told({}, {{"PRAXICRAFT_API_KEY", ""}}),
            "{\"exit_code\":2,\"reason\":\"usage or configuration\"}\n");
}

TEST(TerminationMessage, ThatCannotBeWrittenChangesNothingElse) {
  Workplace place;
  place.exports(crowd("ada", 1));

  const Ended ended = place.run({"sync", "--termination-message", "no/such/folder/message"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.err, HasSubstr("--termination-message: no/such/folder/message cannot be "
                                   "written: No such file or directory"));
}

constexpr const char* kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr const char* kTraceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Logs, HaveTheRunAndTheTraceOnEachLine) {
  Workplace place;
  place.exports(crowd("ada", 2));

  const Ended ended = place.run({"sync", "--log-format", "json", "--log-level", "debug"},
                                {{"TRACEPARENT", kTraceparent}});

  EXPECT_THAT(ended, ExitsWith(0));
  const auto lines = lines_of(ended.err);
  EXPECT_GT(lines.size(), 5U);
  EXPECT_THAT(lines, testing::Each(AllOf(HasSubstr(R"("run":"1")"),
                                         HasSubstr(std::string(R"("trace_id":")") + kTrace),
                                         HasSubstr(R"("span_id":"00f067aa0ba902b7")"))));
}

TEST(Logs, WarnOnceOfATraceThatIsNone) {
  Workplace place;
  place.exports(crowd("ada", 2));

  const Ended ended = place.run({"sync"}, {{"TRACEPARENT", "00-nonsense"}});

  EXPECT_THAT(ended, ExitsWith(0));
  const auto at = ended.err.find("TRACEPARENT is ignored");
  EXPECT_NE(at, std::string::npos) << ended.err;
  EXPECT_EQ(ended.err.find("TRACEPARENT", at + 1), std::string::npos) << ended.err;
}

/// Stands in for the Assess API, which refuses everything: what a request carried is all that is
/// looked at.
TEST(Trace, GoesToTheAssessApi) {
  Workplace place;
  LoopbackServer server(answer(401, "{}"));
  const Environment elsewhere{{"PRAXISYNC_ASSESS__BASE_URL", server.url("")},
                              {"TRACEPARENT", kTraceparent},
                              {"TRACESTATE", "vendor=a"}};

  place.run({"org", "show"}, elsewhere);

  ASSERT_FALSE(server.arrivals().empty());
  EXPECT_THAT(server.arrivals()[0].header("traceparent"),
              AllOf(testing::StartsWith(std::string("00-") + kTrace), testing::EndsWith("-01"),
                    Not(HasSubstr("00f067aa0ba902b7"))));
  EXPECT_EQ(server.arrivals()[0].header("tracestate"), "vendor=a");
}

TEST(Trace, CanBeTurnedOff) {
  Workplace place;
  LoopbackServer server(answer(401, "{}"));

  const Ended ended = place.run({"org", "show", "--log-format", "json", "--log-level", "debug"},
                                {{"PRAXISYNC_ASSESS__BASE_URL", server.url("")},
                                 {"TRACEPARENT", kTraceparent},
                                 {"OTEL_SDK_DISABLED", "true"}});

  ASSERT_FALSE(server.arrivals().empty());
  EXPECT_EQ(server.arrivals()[0].header("traceparent"), "");
  EXPECT_THAT(ended.err, Not(HasSubstr("trace_id")));
}

/// The first parts of the targets that a server was asked for: "/c0ffee/start", without the run id.
std::vector<std::string> pings_of(const LoopbackServer& server) {
  std::vector<std::string> all;
  for (const Arrival& arrival : server.arrivals())
    all.push_back(arrival.target().substr(0, arrival.target().find('?')));
  return all;
}

class Notifications : public testing::Test {
 protected:
  Notifications() { place_.exports(crowd("ada", 2)); }
  Ended sync(const Environment& more, const Arguments& options = {}) {
    Arguments arguments{"sync", "--log-level", "debug"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return place_.run(arguments, more);
  }
  /// Where no URL of the test stands: neither whole nor its path, in anything that is printed.
  static void expect_silent_about(const Ended& ended, const std::string& part) {
    EXPECT_THAT(ended.out + ended.err, Not(HasSubstr(part)));
  }

  Workplace place_;
};

TEST_F(Notifications, FollowARunFromItsStartToItsEnd) {
  LoopbackServer pings(answer(200, "OK"));
  const Environment told{{"PRAXISYNC_NOTIFY__PING_URL", pings.url("/c0ffee")},
                         {"TRACEPARENT", kTraceparent}};

  EXPECT_THAT(sync(told), ExitsWith(0));
  place_.key = "ct_live_that_nobody_knows";
  EXPECT_THAT(sync(told), ExitsWith(5));

  EXPECT_THAT(pings_of(pings),
              testing::ElementsAre("/c0ffee/start", "/c0ffee", "/c0ffee/start", "/c0ffee/5"));
  for (const Arrival& arrival : pings.arrivals()) {
    EXPECT_EQ(arrival.header("authorization"), "");
    EXPECT_EQ(arrival.header("traceparent"), "");
    EXPECT_THAT(arrival.body, AllOf(Not(HasSubstr("@")), Not(HasSubstr(place_.key))));
  }
}

TEST_F(Notifications, TellOfTheFirstFailureAndOfTheRecovery) {
  LoopbackServer hook(answer(200, "ok"));
  const Environment told{{"PRAXISYNC_NOTIFY__WEBHOOK_URL", hook.url("/services/T0")}};
  const std::string key = place_.key;
  place_.key = "ct_live_that_nobody_knows";
  EXPECT_THAT(sync(told), ExitsWith(5));
  EXPECT_THAT(sync(told), ExitsWith(5));
  place_.key = key;
  EXPECT_THAT(sync(told), ExitsWith(0));
  EXPECT_THAT(sync(told), ExitsWith(0));

  ASSERT_EQ(hook.arrivals().size(), 2U);
  EXPECT_THAT(hook.arrivals()[0].body, HasSubstr("exit code 5 (unauthorized)"));
  EXPECT_THAT(hook.arrivals()[1].body, HasSubstr("run 3 went well again, after exit code 5"));
}

TEST_F(Notifications, TellOfAHeldRunOnceUntilItIsReleased) {
  LoopbackServer hook(answer(200, "ok"));
  const Environment told{{"PRAXISYNC_NOTIFY__WEBHOOK_URL", hook.url("/services/T0")},
                         {"PRAXISYNC_NOTIFY__FORMAT", "json"}};
  place_.edit_config("max_invites_per_run = 500", "max_invites_per_run = 1");

  EXPECT_THAT(sync(told), ExitsWith(7));
  EXPECT_THAT(sync(told), ExitsWith(7));
  EXPECT_THAT(sync(told, {"--confirm", "2"}), ExitsWith(0));

  ASSERT_EQ(hook.arrivals().size(), 2U);
  EXPECT_THAT(hook.arrivals()[0].body,
              AllOf(HasSubstr(R"("event":"held")"), HasSubstr("--confirm N")));
  EXPECT_THAT(hook.arrivals()[1].body, HasSubstr(R"("event":"recovery")"));
}

TEST_F(Notifications, ThatFailAreLoggedOnceAndChangeNothing) {
  const RefusingPort refusing;
  LoopbackServer broken(answer(500, "c0ffee"));
  LoopbackServer hanging(silence());
  for (const std::string& url : {"http://127.0.0.1:" + std::to_string(refusing.port()) + "/c0ffee",
                                 broken.url("/c0ffee"), hanging.url("/c0ffee")}) {
    const Ended ended =
        sync({{"PRAXISYNC_NOTIFY__PING_URL", url}, {"PRAXISYNC_NOTIFY__TIMEOUT", "200ms"}});

    EXPECT_THAT(ended, ExitsWith(0)) << url;
    const auto at = ended.err.find("[notify] ping_url: ");
    EXPECT_NE(at, std::string::npos) << ended.err;
    EXPECT_EQ(ended.err.find("[notify]", at + 1), std::string::npos) << ended.err;
    expect_silent_about(ended, "c0ffee");
    expect_silent_about(ended, url.substr(0, url.rfind('/')));
  }
  EXPECT_EQ(hanging.arrivals().size(), 2U);
  EXPECT_EQ(place_.invitations().size(), 2U);
}

TEST_F(Notifications, TellOfADatabaseThatCannotBeUsed) {
  LoopbackServer pings(answer(200, "OK"));
  place_.folder.write("praxisync.db", "this is no database, whatever its name says");

  const Ended ended = sync({{"PRAXISYNC_NOTIFY__PING_URL", pings.url("/c0ffee")}});

  EXPECT_THAT(ended, ExitsWith(1));
  EXPECT_THAT(pings_of(pings), testing::ElementsAre("/c0ffee/1"));
}

}  // namespace
}  // namespace praxisync::testing_support
