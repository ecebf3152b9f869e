#include "sandbox/ats/server.h"

#include <gmock/gmock.h>
#include <httplib.h>

#include "support/result_matchers.h"
#include "unit/sandbox/ats/small_peer.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::IsOk;
using testing::HasSubstr;
using testing_support::SmallPeer;

class ServedPeer : public testing::Test {
 protected:
  ServedPeer() {
    EXPECT_THAT(server_.start(), IsOk());
    client_.emplace("127.0.0.1", server_.port());
  }

  DrivenClock clock_{Timestamp{Milliseconds{1'767'600'000'000}}};
  SmallPeer peer_{clock_, {"https://api.one.example"}};
  int caught_up_ = 0;
  PeerServer server_{peer_, clock_, {}, [this] { ++caught_up_; }};
  std::optional<httplib::Client> client_;
};

TEST_F(ServedPeer, AnswersEveryMethodOverASocket) {
  EXPECT_EQ(client_->Get("/v1/jobs")->body, "ok");
  EXPECT_EQ(client_->Put("/v1/stage", "{}", "application/json")->body, "ok");
  EXPECT_EQ(client_->Post("/v1/notes", "hello", "text/plain")->status, 200);

  EXPECT_EQ(server_.between_requests([](Peer& peer) { return peer.world().effects().size(); }), 1U);
  EXPECT_EQ(server_.between_requests([](Peer& peer) { return peer.requests(); }), 3);
  EXPECT_EQ(server_.between_requests([this](Peer&) { return caught_up_; }), 3);
}

TEST_F(ServedPeer, TakesOrdersThatAreNoRequestsOfTheApi) {
  const Timestamp before = clock_.now();

  EXPECT_EQ(client_
                ->Post("/__sandbox/faults", R"({"fault":"drop_before","method":"PUT"})",
                       "application/json")
                ->status,
            200);
  EXPECT_FALSE(client_->Put("/v1/stage", "{}", "application/json"));
  EXPECT_EQ(client_->Post("/__sandbox/clock", R"({"advance":"2d"})", "application/json")->status,
            200);
  EXPECT_EQ(clock_.now() - before, std::chrono::days{2});
  client_->Post("/v1/notes", "hello", "text/plain");

  const auto truth = client_->Get("/__sandbox/truth");

  EXPECT_THAT(truth->body, HasSubstr(R"("notes":1)"));
  EXPECT_THAT(truth->body, HasSubstr(R"("requests":2)"));
  EXPECT_EQ(client_->Get("/__sandbox/nothing")->status, 404);
}

}  // namespace
}  // namespace praxisync::sandbox::ats
