#include "http/curl_transport.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/loopback_server.h"
#include "support/result_matchers.h"

namespace praxisync::http {
namespace {

using testing_support::answer;
using testing_support::Arrival;
using testing_support::close_without_answer;
using testing_support::endless;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::in_turn;
using testing_support::IsOk;
using testing_support::Line;
using testing_support::LoopbackServer;
using testing_support::raw;
using testing_support::RefusingPort;
using testing_support::silence;
using testing_support::Then;

Request read(const LoopbackServer& server) { return {.url = server.url("/x?y=1")}; }

Request note(const LoopbackServer& server, Repeat repeat) {
  return {.method = Method::Post,
          .url = server.url("/notes"),
          .headers = {{"Content-Type", "application/json"}},
          .body = R"({"note":"passed"})",
          .repeat = repeat,
          .cost = Cost::Write};
}

TEST(CurlTransport, CarriesARequestAndItsAnswer) {
  LoopbackServer server(answer(201, "hello", "X-Kind: a\r\nX-Kind:  b \r\nX-Empty:\r\n"));
  CurlTransport transport({.version = "1.2.3"});
  Request request = note(server, Repeat::Safe);
  request.headers.push_back({"X-None", ""});

  const Result<Response> reply = transport.send(request);

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 201);
  EXPECT_EQ(reply->body, "hello");
  EXPECT_EQ(header(reply->headers, "x-kind"), "a");
  EXPECT_EQ(reply->headers.size(), 4U);
  const Arrival arrival = server.arrivals().at(0);
  EXPECT_EQ(arrival.head.substr(0, arrival.head.find('\r')), "POST /notes HTTP/1.1");
  EXPECT_EQ(arrival.body, request.body);
  EXPECT_EQ(arrival.header("User-Agent"), "praxisync/1.2.3");
  EXPECT_EQ(arrival.header("Content-Type"), "application/json");
  EXPECT_NE(arrival.head.find("X-None:"), std::string::npos);
}

TEST(CurlTransport, AsksForNothingThatItDoesNotWant) {
  LoopbackServer server(answer(200, ""));
  CurlTransport transport({});
  Request request = note(server, Repeat::Safe);
  request.headers.clear();
  request.body = std::string(2'000'000, 'x');  // libcurl would ask for leave to send this much

  ASSERT_THAT(transport.send(request), IsOk());

  const Arrival arrival = server.arrivals().at(0);
  EXPECT_EQ(arrival.body.size(), request.body.size());
  for (const char* name : {"Expect", "Accept-Encoding", "Cookie", "Authorization", "Content-Type",
                           "Upgrade", "Referer"}) {
    EXPECT_EQ(arrival.header(name), "") << name;
  }
}

struct VerbCase {
  Method method;
  std::string body, length;
};
void PrintTo(const VerbCase& row, std::ostream* out) { *out << to_string(row.method) << row.body; }
class CurlVerb : public testing::TestWithParam<VerbCase> {};

TEST_P(CurlVerb, IsSentAsItIs) {
  LoopbackServer server(answer(200, "ok"));
  CurlTransport transport({});
  ASSERT_THAT(transport.send(note(server, Repeat::Safe)),
              IsOk());  // what comes before must not show

  ASSERT_THAT(transport.send({.method = GetParam().method,
                              .url = server.url("/a/../b?c=%20"),
                              .body = GetParam().body}),
              IsOk());

  const Arrival arrival = server.arrivals().at(1);
  EXPECT_EQ(arrival.method(), to_string(GetParam().method));
  EXPECT_EQ(arrival.target(), "/a/../b?c=%20");
  EXPECT_EQ(arrival.body, GetParam().body);
  EXPECT_EQ(arrival.header("Content-Length"), GetParam().length);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CurlVerb,
    testing::Values(VerbCase{Method::Get, "", ""}, VerbCase{Method::Post, "", "0"},
                    VerbCase{Method::Post, "abc", "3"}, VerbCase{Method::Put, "", "0"},
                    VerbCase{Method::Put, "abc", "3"}, VerbCase{Method::Patch, "abc", "3"},
                    VerbCase{Method::Delete, "", ""}, VerbCase{Method::Delete, "abc", "3"}));

TEST(CurlTransport, KeepsTheConnectionForSafeRequests) {
  LoopbackServer server(answer(200, "ok"));
  CurlTransport transport({});

  for (int request = 0; request < 5; ++request) ASSERT_THAT(transport.send(read(server)), IsOk());

  EXPECT_EQ(server.arrivals().size(), 5U);
  EXPECT_EQ(server.connections(), 1);
}

TEST(CurlTransport, SendsWhatMayNotBeRepeatedAloneOnItsConnection) {
  LoopbackServer server(answer(200, "ok"));
  CurlTransport transport({});

  ASSERT_THAT(transport.send(read(server)), IsOk());
  ASSERT_THAT(transport.send(note(server, Repeat::Look)), IsOk());
  ASSERT_THAT(transport.send(note(server, Repeat::Never)), IsOk());
  ASSERT_THAT(transport.send(read(server)), IsOk());

  const std::vector<Arrival> arrivals = server.arrivals();
  EXPECT_EQ(arrivals.at(1).connection, 2);
  EXPECT_EQ(arrivals.at(2).connection, 3);
  EXPECT_EQ(arrivals.at(3).connection, 1);
}

std::string name_of(Repeat repeat) {
  if (repeat == Repeat::Safe) return "Safe";
  return repeat == Repeat::Look ? "Look" : "Never";
}

class Unrepeatable : public testing::TestWithParam<Repeat> {};

TEST_P(Unrepeatable, ArrivesExactlyOnceThoughTheServerClosesWithoutAnAnswer) {
  LoopbackServer server(in_turn({answer(200, "ok"), close_without_answer()}));
  CurlTransport transport({});
  ASSERT_THAT(transport.send(read(server)), IsOk());  // leaves a connection that could be reused

  const Result<Response> reply = transport.send(note(server, GetParam()));

  EXPECT_THAT(reply, FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_EQ(server.arrivals().size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Table, Unrepeatable, testing::Values(Repeat::Look, Repeat::Never),
                         [](const auto& row) { return name_of(row.param); });

TEST(CurlTransport, TakesALostAnswerToASafeRequestForTransient) {
  LoopbackServer server(close_without_answer());
  CurlTransport transport({});

  const Result<Response> reply = transport.send(read(server));

  EXPECT_THAT(reply, FailsWith(ErrorKind::Transient));
  EXPECT_THAT(reply, FailsSaying(fmt::format("127.0.0.1:{} closed the connection", server.port())));
  EXPECT_THAT(reply, testing::Not(FailsSaying("y=1")));
}

/// What breaks an answer, and what is to be done about it when the request is Safe.
struct BreachCase {
  std::string name;
  testing_support::Behaviour behaviour;
  ErrorKind when_safe;
  std::string says;
};
void PrintTo(const BreachCase& row, std::ostream* out) { *out << row.name; }
class BrokenAnswer : public testing::TestWithParam<BreachCase> {};

TEST_P(BrokenAnswer, IsNeverTakenForSuccess) {
  LoopbackServer server(GetParam().behaviour);
  CurlTransport transport({.max_body = 1U << 20});

  const Result<Response> safe = transport.send(read(server));
  const Result<Response> look = transport.send(note(server, Repeat::Look));

  EXPECT_THAT(safe, FailsWith(GetParam().when_safe));
  EXPECT_THAT(safe, FailsSaying(GetParam().says));
  EXPECT_THAT(look, FailsWith(ErrorKind::OutcomeUnknown));
}

const std::string kHead = "HTTP/1.1 200 OK\r\n";
const std::string kChunked = kHead + "Transfer-Encoding: chunked\r\n\r\n";

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenAnswer,
    testing::Values(
        BreachCase{"ShortOfItsLength", raw(kHead + "Content-Length: 10\r\n\r\nhello"),
                   ErrorKind::Transient, "cut short"},
        BreachCase{"CutInAChunk", raw(kChunked + "a\r\nhel"), ErrorKind::Transient, ""},
        BreachCase{"WithoutTheLastChunk", raw(kChunked + "5\r\nhello\r\n"), ErrorKind::Transient,
                   ""},
        BreachCase{"CutInTheHead", raw("HTTP/1.1 200 OK\r\nX-A: "), ErrorKind::Transient, ""},
        BreachCase{"BadChunkSize", raw(kChunked + "zz\r\nhello\r\n"), ErrorKind::Transient, ""},
        BreachCase{"NotHttp", raw("SSH-2.0-OpenSSH_9.2\r\n"), ErrorKind::Malformed, "not HTTP"},
        BreachCase{"LengthOverTheLimit", silence(kHead + "Content-Length: 1048577\r\n\r\n"),
                   ErrorKind::Malformed, "more than 1048576 bytes"},
        BreachCase{"EndlessBody", endless(kHead + "\r\n", std::string(65536, 'x')),
                   ErrorKind::Malformed, "more than 1048576 bytes"},
        BreachCase{"EndlessChunks", endless(kChunked, "1000\r\n" + std::string(4096, 'x') + "\r\n"),
                   ErrorKind::Malformed, "more than 1048576 bytes"},
        BreachCase{"EndlessHeaders", endless(kHead, "X-A: " + std::string(900, 'x') + "\r\n"),
                   ErrorKind::Malformed, "more than 65536 bytes of headers"},
        BreachCase{"EndlessHeader", endless(kHead + "X-A: ", std::string(900, 'x')),
                   ErrorKind::Malformed, ""},
        BreachCase{"EndlessInterimAnswers", endless("", "HTTP/1.1 100 Continue\r\n\r\n"),
                   ErrorKind::Malformed, "bytes of headers"},
        BreachCase{"EndlessTrailers",
                   endless(kChunked + "0\r\n", "X-A: " + std::string(90, 'x') + "\r\n"),
                   ErrorKind::Malformed, "bytes of headers"}),
    [](const auto& row) { return row.param.name; });

TEST(CurlTransport, GivesUpOnAnAnswerThatStalls) {
  for (const std::string& first : {kHead, kHead + "Content-Length: 10\r\n\r\nhel"}) {
    LoopbackServer server(silence(first));
    CurlTransport transport({.stall_timeout = Milliseconds{100}});

    const Result<Response> safe = transport.send(read(server));
    const Result<Response> look = transport.send(note(server, Repeat::Look));

    EXPECT_THAT(safe, FailsWith(ErrorKind::Transient));
    EXPECT_THAT(safe, FailsSaying("stalled: less than one byte a second for 100 ms"));
    EXPECT_THAT(look, FailsWith(ErrorKind::OutcomeUnknown));
  }
}

TEST(CurlTransport, GivesUpOnAServerThatNeverBeginsToAnswer) {
  LoopbackServer server(silence());
  CurlTransport transport({.first_byte_timeout = Milliseconds{100}});

  const Result<Response> safe = transport.send(read(server));
  const Result<Response> look = transport.send(note(server, Repeat::Look));

  EXPECT_THAT(safe, FailsWith(ErrorKind::Transient));
  EXPECT_THAT(safe, FailsSaying("within 100 ms"));
  EXPECT_THAT(look, FailsWith(ErrorKind::OutcomeUnknown));
}

TEST(CurlTransport, TakesNoAnswerThatWasCutAnywhereForSuccess) {
  for (const std::string& whole :
       {kHead + "Content-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello",
        kChunked + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"}) {
    std::atomic<std::size_t> cut = 0;
    LoopbackServer server([&](const Arrival& arrival, Line& line) {
      return raw(whole.substr(0, cut))(arrival, line);
    });
    CurlTransport transport({});
    // Of a chunked answer the very last line feed adds nothing: the end was told before it.
    const std::size_t told = whole.ends_with('\n') ? whole.size() - 1 : whole.size();
    for (cut = 0; cut < told; ++cut) {
      const Result<Response> reply = transport.send(note(server, Repeat::Look));

      EXPECT_THAT(reply, FailsWith(ErrorKind::OutcomeUnknown)) << "cut at " << cut;
    }

    cut = whole.size();
    const Result<Response> reply = transport.send(note(server, Repeat::Look));
    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->body, "hello");
  }
}

TEST(CurlTransport, GivesUpOnASlowLorisAtTheTotalDeadline) {
  LoopbackServer server(endless(kHead + "Content-Length: 100000\r\n\r\n", "x", Milliseconds{5}));
  CurlOptions options;
  options.total_timeout = Milliseconds{200};
  CurlTransport transport(options);

  const Result<Response> reply = transport.send(read(server));

  EXPECT_THAT(reply, FailsWith(ErrorKind::Transient));
  EXPECT_THAT(reply, FailsSaying("no complete answer"));
}

TEST(CurlTransport, GoesOnAfterABrokenAnswer) {
  LoopbackServer server(in_turn({raw(kHead + "Content-Length: 10\r\n\r\nhello"),
                                 raw("no HTTP at all"), answer(200, "whole")}));
  CurlTransport transport({});
  (void)transport.send(read(server));
  (void)transport.send(read(server));

  const Result<Response> reply = transport.send(read(server));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->body, "whole");
}

TEST(CurlTransport, ReadsPastInterimAnswers) {
  LoopbackServer server(
      raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n"
          "Content-Length: 2\r\n\r\nok"));
  CurlTransport transport({});

  const Result<Response> reply = transport.send(read(server));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(header(reply->headers, "link"), "");
  EXPECT_EQ(header(reply->headers, "a"), "b");
}

class Redirect : public testing::TestWithParam<std::tuple<int, Repeat>> {};

TEST_P(Redirect, IsGivenBackAndNotFollowed) {
  const auto [code, repeat] = GetParam();
  LoopbackServer evil(answer(200, "caught"));
  LoopbackServer server(answer(code, "", fmt::format("Location: {}\r\n", evil.url("/steal"))));
  CurlTransport transport({});

  const Result<Response> reply = transport.send(note(server, repeat));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, code);
  EXPECT_EQ(server.arrivals().size(), 1U);
  EXPECT_EQ(evil.connections(), 0);
}

INSTANTIATE_TEST_SUITE_P(Table, Redirect,
                         testing::Combine(testing::Values(301, 302, 303, 307, 308),
                                          testing::Values(Repeat::Safe, Repeat::Look)),
                         [](const auto& row) {
                           return name_of(std::get<1>(row.param)) +
                                  std::to_string(std::get<0>(row.param));
                         });

TEST(CurlTransport, TakesARefusedConnectionForTransientWhateverTheRequest) {
  RefusingPort port;
  CurlTransport transport({});
  for (const Repeat repeat : {Repeat::Safe, Repeat::Look, Repeat::Never}) {
    const Result<Response> reply = transport.send(
        {.url = fmt::format("http://127.0.0.1:{}/x?secret=1", port.port()), .repeat = repeat});

    EXPECT_THAT(reply, FailsWith(ErrorKind::Transient));
    EXPECT_THAT(reply, FailsSaying(fmt::format("cannot connect to 127.0.0.1:{}: Connection refused",
                                               port.port())));
    EXPECT_THAT(reply, testing::Not(FailsSaying("secret")));
  }
}

TEST(CurlTransport, TakesAnUnknownHostForTransient) {
  const std::string host = std::string(64, 'a') + ".invalid";  // too long a label to be asked for
  CurlTransport transport({});

  const Result<Response> reply =
      transport.send({.url = "https://" + host + "/", .repeat = Repeat::Never});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Transient));
  EXPECT_THAT(reply, FailsSaying("cannot find the host " + host));
}

TEST(CurlTransport, RefusesWhatItShouldNeverBeGiven) {
  LoopbackServer server(answer(200, ""));
  CurlTransport transport({});

  EXPECT_THAT(transport.send({.url = "file:///etc/passwd"}), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(transport.send({.url = "http://user@127.0.0.1/"}), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(transport.send({.url = server.url(), .headers = {{"X-A", "a\r\nX-B: b"}}}),
              FailsWith(ErrorKind::Fatal));
  EXPECT_EQ(server.connections(), 0);
}

/// Sets a variable of the environment for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(CurlTransport, IgnoresAHostileEnvironment) {
  const std::filesystem::path home =
      std::filesystem::path(testing::TempDir()) / "praxisync_hostile_home";
  std::filesystem::create_directories(home);
  std::ofstream(home / ".netrc")
      << "machine 127.0.0.1 login evil password evil\ndefault login evil "
         "password evil\n";
  std::ofstream(home / ".curlrc") << "user = evil:evil\n";
  LoopbackServer proxy(answer(200, "from the proxy"));
  LoopbackServer server(answer(200, "from the server", "Set-Cookie: a=b\r\n"));
  const Environment plain("http_proxy", proxy.url());
  const Environment secure("https_proxy", proxy.url());
  const Environment any("ALL_PROXY", proxy.url());
  const Environment none("no_proxy", "");
  const Environment where("HOME", home.string());
  CurlTransport transport({});

  ASSERT_THAT(transport.send(read(server)), IsOk());
  const Result<Response> reply = transport.send(read(server));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->body, "from the server");
  EXPECT_EQ(proxy.connections(), 0);
  EXPECT_EQ(server.arrivals().at(1).header("Authorization"), "");
  EXPECT_EQ(server.arrivals().at(1).header("Cookie"), "");
  std::filesystem::remove_all(home);
}

TEST(CurlTransport, UsesTheProxyOfTheEnvironmentWhereAskedTo) {
  LoopbackServer proxy(answer(200, "from the proxy"));
  LoopbackServer server(answer(200, "from the server"));
  const Environment plain("http_proxy", proxy.url());
  const Environment none("no_proxy", "");
  CurlTransport transport({.proxy = ProxyUse::FromEnvironment});

  const Result<Response> reply = transport.send(read(server));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->body, "from the proxy");
}

/// A server that has the program told to stop when a request has arrived, and then says nothing.
testing_support::Behaviour stop_then_silence(std::atomic<bool>& stop) {
  return [&stop](const Arrival&, Line& line) {
    stop = true;
    line.stay_until_the_client_leaves();
    return Then::Close;
  };
}

TEST(CurlTransport, GivesASafeRequestUpWhenToldToStop) {
  std::atomic<bool> stop = false;
  LoopbackServer server(stop_then_silence(stop));
  CurlTransport transport({.stop = &stop});

  EXPECT_THAT(transport.send(read(server)), FailsWith(ErrorKind::Exhausted));
}

TEST(CurlTransport, DoesNotKnowTheOutcomeOfAnotherOneWhenToldToStop) {
  std::atomic<bool> stop = false;
  LoopbackServer server(stop_then_silence(stop));
  CurlTransport transport({.stop = &stop, .stop_grace = Milliseconds{50}});

  EXPECT_THAT(transport.send(note(server, Repeat::Look)), FailsWith(ErrorKind::OutcomeUnknown));
}

TEST(CurlTransport, LetsAnUnrepeatableRequestEndInItsGrace) {
  std::atomic<bool> stop = false;
  LoopbackServer server([&stop](const Arrival& arrival, Line& line) {
    stop = true;
    line.stay(Milliseconds{150});  // several looks at the flag later
    return answer(201, "landed")(arrival, line);
  });
  CurlTransport transport({.stop = &stop});

  const Result<Response> reply = transport.send(note(server, Repeat::Never));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 201);
}

TEST(CurlTransport, StartsNothingOnceToldToStop) {
  const std::atomic<bool> stop = true;
  LoopbackServer server(answer(200, ""));
  CurlTransport transport({.stop = &stop});

  EXPECT_THAT(transport.send(note(server, Repeat::Never)), FailsWith(ErrorKind::Exhausted));
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace praxisync::http
