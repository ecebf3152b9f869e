#include "http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "http/curl_transport.h"
#include "support/result_matchers.h"

namespace praxisync::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using testing_support::FailsSaying;
using testing_support::IsOk;

/// A client that sends what it is told.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view bytes) {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }
  /// Until the server closes.
  std::string rest() {
    std::string all;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(socket_, buffer, sizeof buffer, 0)) > 0;)
      all.append(buffer, static_cast<std::size_t>(got));
    return all;
  }

 private:
  int socket_;
};

Reply echo(const Request& request, const Peer& peer) {
  return {Response{.status = 200,
                   .headers = {{"Content-Type", "text/plain"}, {"X-Seen", "yes"}},
                   .body = std::string(to_string(request.method)) + " " + request.url + " " +
                           request.body + (peer.loopback ? " from loopback" : " from outside")}};
}

TEST(Server, GivesRequestsToItsHandlerAndItsAnswerBack) {
  Server server(echo, {});
  ASSERT_THAT(server.start(), IsOk());
  CurlTransport client({});

  const Result<Response> reply =
      client.send({.method = Method::Post, .url = server.origin() + "/a?b=1", .body = "hello"});

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, "POST /a?b=1 hello from loopback");
  EXPECT_EQ(header(reply->headers, "X-Seen"), "yes");
}

TEST(Server, AnswersHeadWithoutTheBody) {
  Server server(echo, {});
  ASSERT_THAT(server.start(), IsOk());
  RawClient client(server.port());

  client.send("HEAD /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.rest();

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 21"));
  EXPECT_THAT(answer.substr(answer.find("\r\n\r\n") + 4), IsEmpty());
}

TEST(Server, RefusesABodyAboveItsLimit) {
  Server server(echo, {.max_body = 100});
  ASSERT_THAT(server.start(), IsOk());
  CurlTransport client({});

  const Result<Response> reply = client.send(
      {.method = Method::Post, .url = server.origin() + "/", .body = std::string(101, 'x')});

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 413);
}

TEST(Server, EndsARequestThatTricklesInForTooLong) {
  Server server(echo, {.stall = 10s, .whole_request = 300ms});
  ASSERT_THAT(server.start(), IsOk());
  RawClient client(server.port());

  const auto began = std::chrono::steady_clock::now();
  client.send("GET /");
  for (int i = 0; i < 100 && client.send("x"); ++i) std::this_thread::sleep_for(20ms);

  EXPECT_THAT(client.rest(), testing::Not(HasSubstr("200 OK")));
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST(Server, TurnsAwayWhoeverFindsNoRoom) {
  Server server(echo, {.threads = 1, .waiting = 1});
  ASSERT_THAT(server.start(), IsOk());
  RawClient busy(server.port());
  busy.send("GET /");
  std::this_thread::sleep_for(100ms);  // until the only thread has it
  RawClient waits(server.port());
  std::this_thread::sleep_for(100ms);
  RawClient too_many(server.port());

  EXPECT_THAT(too_many.rest(), StartsWith("HTTP/1.1 503"));
}

TEST(Server, SurvivesWhatItsHandlerThrows) {
  Server server([](const Request&, const Peer&) -> Reply { throw std::runtime_error("secret"); },
                {});
  ASSERT_THAT(server.start(), IsOk());
  CurlTransport client({});

  for (int i = 0; i < 2; ++i) {
    const Result<Response> reply = client.send({.url = server.origin() + "/"});
    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->status, 500);
    EXPECT_THAT(reply->body, testing::Not(HasSubstr("secret")));
  }
}

TEST(Server, ClosesWithoutAByteWhereThereIsNoResponse) {
  Server server([](const Request&, const Peer&) { return Reply{std::nullopt}; }, {});
  ASSERT_THAT(server.start(), IsOk());
  RawClient client(server.port());

  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(client.rest(), "");
}

TEST(Server, SharesNoPort) {
  Server first(echo, {});
  ASSERT_THAT(first.start(), IsOk());
  Server second(echo, {.port = first.port()});

  EXPECT_THAT(second.start(), FailsSaying("is it in use?"));
}

TEST(Server, StopsAtOnceAlthoughConnectionsAreOpen) {
  Server server(echo, {});
  ASSERT_THAT(server.start(), IsOk());
  RawClient idle(server.port()), half(server.port());
  half.send("GET / HTT");
  std::this_thread::sleep_for(50ms);

  const auto began = std::chrono::steady_clock::now();
  server.stop();

  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  EXPECT_EQ(idle.rest(), "");
}

}  // namespace
}  // namespace praxisync::http
