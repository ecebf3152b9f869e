#include "sandbox/ats/transport.h"

#include <gmock/gmock.h>

#include "sandbox/sandbox_transport.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"
#include "unit/sandbox/ats/small_peer.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::FailsWith;
using praxisync::testing_support::FakeClock;
using praxisync::testing_support::IsOk;
using testing_support::SmallPeer;

class MountedPeers : public testing::Test {
 protected:
  MountedPeers() {
    transport_.mount(one_);
    transport_.mount(other_);
  }
  static http::Request post(std::string url, http::Repeat repeat = http::Repeat::Look) {
    return {.method = http::Method::Post, .url = std::move(url), .body = "hello", .repeat = repeat};
  }

  FakeClock clock_;
  SmallPeer one_{clock_, {"https://api.one.example", "https://auth.one.example"}};
  SmallPeer other_{clock_, {"https://api.other.example"}};
  PeerTransport transport_{clock_};
};

TEST_F(MountedPeers, EachAnswersForItsOrigins) {
  EXPECT_THAT(transport_.send({.url = "https://api.one.example/v1/jobs"}), IsOk());
  EXPECT_THAT(transport_.send({.url = "https://auth.one.example?grant"}), IsOk());
  EXPECT_THAT(transport_.send({.url = "https://api.other.example/v1/jobs"}), IsOk());

  EXPECT_EQ(one_.requests(), 2);
  EXPECT_EQ(other_.requests(), 1);
}

TEST_F(MountedPeers, AnOriginThatOnlyBeginsTheSameIsNoHost) {
  EXPECT_THAT(transport_.send({.url = "https://api.one.example.evil.example/v1"}),
              FailsWith(ErrorKind::Transient));
  EXPECT_THAT(transport_.send({.url = "http://api.one.example/v1"}),
              FailsWith(ErrorKind::Transient));

  EXPECT_EQ(one_.requests(), 0);
}

TEST_F(MountedPeers, AnAnswerThatIsLostMayHaveTakenEffect) {
  one_.faults().add({.kind = Fault::Kind::DropAfterApplying, .times = 2});

  EXPECT_THAT(transport_.send(post("https://api.one.example/notes")),
              FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_THAT(transport_.send(post("https://api.one.example/notes", http::Repeat::Safe)),
              FailsWith(ErrorKind::Transient));

  EXPECT_EQ(one_.world().effects().size(), 2U);
}

TEST_F(MountedPeers, AnAnswerThatIsCutIsNone) {
  one_.faults().add({.kind = Fault::Kind::Truncate, .times = 2, .bytes = 1});

  EXPECT_THAT(transport_.send(post("https://api.one.example/notes")),
              FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_THAT(transport_.send({.url = "https://api.one.example/notes"}),
              FailsWith(ErrorKind::Transient));
}

TEST_F(MountedPeers, AStatusInsteadOfTheAnswerChangesNothing) {
  one_.faults().add({.kind = Fault::Kind::Status, .status = 503});

  const auto reply = transport_.send(post("https://api.one.example/notes"));

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->status, 503);
  EXPECT_EQ(one_.world().effects().size(), 0U);
}

TEST_F(MountedPeers, ADelayPassesOnTheClock) {
  one_.faults().add({.kind = Fault::Kind::Delay, .delay = std::chrono::minutes{2}});
  const Timestamp before = clock_.now();

  EXPECT_THAT(transport_.send({.url = "https://api.one.example/jobs"}), IsOk());

  EXPECT_EQ(clock_.now() - before, std::chrono::minutes{2});
}

TEST_F(MountedPeers, TheLogSaysWhatWentOut) {
  http::Request request = post("https://api.one.example/notes");
  request.headers.push_back({"authorization", "Basic abc"});
  static_cast<void>(transport_.send(request));
  static_cast<void>(transport_.send({.url = "https://nowhere.example/"}));

  ASSERT_EQ(transport_.log().size(), 2U);
  const PeerTransport::Sent& sent = transport_.log()[0];
  EXPECT_EQ(sent.method, http::Method::Post);
  EXPECT_EQ(sent.url, "https://api.one.example/notes");
  EXPECT_TRUE(sent.authorized);
  EXPECT_EQ(sent.status, 200);
  EXPECT_EQ(sent.body_hash, fnv1a("hello"));
  EXPECT_EQ(sent.at, clock_.now());
  EXPECT_FALSE(transport_.log()[1].authorized);
  EXPECT_EQ(transport_.log()[1].status, 0);
}

}  // namespace
}  // namespace praxisync::sandbox::ats
