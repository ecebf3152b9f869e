#include "sandbox/server.h"

#include <gmock/gmock.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::FailsWith;
using praxisync::testing_support::IsOk;
using namespace testing_support;

class Server : public testing::Test {
 protected:
  Server() {
    sandbox_.add_key(kKey);
    sandbox_.add_assessment(kBackend, "Senior Backend Engineer Screen");
    EXPECT_THAT(server_.start(), IsOk());
  }

  httplib::Client client() const {
    httplib::Client client("127.0.0.1", server_.port());
    client.set_default_headers({{"Authorization", std::string("Bearer ") + kKey}});
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    return client;
  }

  DrivenClock clock_{Timestamp{Milliseconds{1'767'600'000'000}}};
  AssessSandbox sandbox_{clock_, roomy()};
  SandboxServer server_{sandbox_, clock_};
};

constexpr const char* kInvitesPath = "/api/v1/public/assessments/senior-backend-screen/invites/";

TEST_F(Server, ServesTheApiOverASocket) {
  auto connection = client();

  const auto created =
      connection.Post(kInvitesPath, R"({"email":"jane@example.com"})", "application/json");
  ASSERT_TRUE(created);
  EXPECT_EQ(created->status, 201);
  EXPECT_EQ(created->get_header_value("X-RateLimit-Limit"), "10000");
  EXPECT_EQ(created->get_header_value("Content-Type"), "application/json");

  const auto listed = connection.Get("/api/v1/public/invites/?page_size=1");
  ASSERT_TRUE(listed);
  EXPECT_THAT(listed->body, testing::HasSubstr("jane@example.com"));
  EXPECT_EQ(server_.origin(), "http://127.0.0.1:" + std::to_string(server_.port()));
}

TEST_F(Server, TakesEveryMethodOnOneConnection) {
  auto connection = client();
  const std::string token =
      reply_of(
          {0,
           {},
           connection.Post(kInvitesPath, R"({"email":"jane@example.com"})", "application/json")
               ->body})
          .at("/invite_token");
  const std::string path = "/api/v1/public/invites/" + token + "/";

  EXPECT_EQ(connection.Post((path + "remind/").c_str())->status, 200);
  EXPECT_EQ(connection.Patch(path.c_str(), "{}", "application/json")->status, 405);
  EXPECT_EQ(connection.Put(path.c_str(), "{}", "application/json")->status, 405);
  EXPECT_EQ(connection.Delete(path.c_str())->status, 204);
  EXPECT_EQ(connection.Delete(path.c_str())->status, 404);
  EXPECT_EQ(connection.Get("/elsewhere")->status, 404);
}

TEST_F(Server, AnswersATooLargeBodyInTheDocumentedForm) {
  auto connection = client();

  const auto reply =
      connection.Post(kInvitesPath, std::string(kMaxBody + 1, ' '), "application/json");

  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 413);
  EXPECT_THAT(reply->body, testing::HasSubstr("PAYLOAD_TOO_LARGE"));
}

TEST_F(Server, ClosesADroppedConnectionWithoutAByte) {
  auto connection = client();
  server_.between_requests([](AssessSandbox& sandbox) {
    sandbox.faults().add({.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post});
  });

  const auto dropped =
      connection.Post(kInvitesPath, R"({"email":"jane@example.com"})", "application/json");

  ASSERT_FALSE(dropped);
  EXPECT_EQ(dropped.error(), httplib::Error::Read);
  EXPECT_EQ(server_.between_requests(
                [](AssessSandbox& sandbox) { return sandbox.world().invitations.size(); }),
            1U);
  EXPECT_EQ(
      connection.Post(kInvitesPath, R"({"email":"jane@example.com"})", "application/json")->status,
      200);
}

TEST_F(Server, CutsAnAnswerShort) {
  auto connection = client();
  server_.between_requests([](AssessSandbox& sandbox) {
    sandbox.faults().add({.kind = Fault::Kind::Truncate, .bytes = 10});
  });

  std::string received;
  const auto cut = connection.Get("/api/v1/public/org/", [&](const char* data, std::size_t size) {
    received.append(data, size);
    return true;
  });

  EXPECT_FALSE(cut);
  EXPECT_EQ(received, R"({"name":"A)");
}

TEST_F(Server, DoesNotWaitForABodyThatIsNotAnnounced) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(server_.port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const std::string request =
      "POST /api/v1/public/invites/x/remind/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Authorization: Bearer " +
      std::string(kKey) + "\r\n\r\n";
  ASSERT_EQ(::send(socket, request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));

  char head[64] = {};
  ASSERT_GT(::recv(socket, head, sizeof head - 1, 0), 0);
  ::close(socket);

  EXPECT_THAT(head, testing::StartsWith("HTTP/1.1 404"));
}

TEST_F(Server, TakesOrdersOverTheSocket) {
  auto connection = client();
  connection.Post(kInvitesPath, R"({"email":"jane@example.com"})", "application/json");

  EXPECT_EQ(connection.Get("/")->status, 200);
  EXPECT_EQ(connection.Post("/__sandbox/clock", R"({"advance":"8d"})", "application/json")->status,
            200);
  EXPECT_THAT(connection.Get("/__sandbox/truth")->body, testing::HasSubstr(R"("expired":1)"));
  EXPECT_EQ(connection.Post("/__sandbox/faults", R"({"fault":"drop_before"})", "application/json")
                ->status,
            200);
  EXPECT_FALSE(connection.Get("/api/v1/public/org/"));
}

TEST_F(Server, ServesSeveralConnectionsAtOnce) {
  std::vector<std::thread> threads;
  for (int person = 0; person < 8; ++person) {
    threads.emplace_back([this, person] {
      auto connection = client();
      for (int i = 0; i < 20; ++i) {
        const std::string body =
            R"({"email":"p)" + std::to_string(person * 20 + i) + "@example.com\"}";
        EXPECT_EQ(connection.Post(kInvitesPath, body, "application/json")->status, 201);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(server_.between_requests(
                [](AssessSandbox& sandbox) { return sandbox.world().listed.size(); }),
            160U);
}

TEST_F(Server, EndsOpenConnectionsWhenItStops) {
  auto connection = client();
  ASSERT_TRUE(connection.Get("/"));

  server_.stop();
  server_.stop();

  EXPECT_FALSE(connection.Get("/"));
}

TEST_F(Server, EndsADelayWhenItStops) {
  server_.between_requests([](AssessSandbox& sandbox) {
    sandbox.faults().add({.kind = Fault::Kind::Delay, .delay = std::chrono::hours{1}});
  });
  auto connection = client();
  std::thread waiting([&] { EXPECT_FALSE(connection.Get("/api/v1/public/org/")); });
  while (server_.between_requests(
             [](AssessSandbox& sandbox) { return sandbox.requests().reads; }) == 0) {
    std::this_thread::yield();
  }

  server_.stop();

  waiting.join();
}

TEST_F(Server, CannotHaveAPortThatIsTaken) {
  SandboxServer second(sandbox_, clock_, {.port = server_.port()});

  EXPECT_THAT(second.start(), FailsWith(ErrorKind::Fatal));
}

}  // namespace
}  // namespace praxisync::sandbox
