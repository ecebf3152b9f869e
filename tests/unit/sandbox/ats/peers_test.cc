#include "sandbox/ats/peers.h"

#include <gmock/gmock.h>

#include <set>

#include "support/fake_clock.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::FakeClock;

TEST(PlayedAtss, EachIsMadeByItsTypeAndSaysItself) {
  const FakeClock clock;
  std::set<std::string> origins;

  for (const std::string& type : peer_types()) {
    const std::unique_ptr<Peer> peer = make_peer(type, clock);
    ASSERT_NE(peer, nullptr) << type;
    EXPECT_EQ(peer->type(), type);
    for (const std::string& origin : peer->origins()) {
      EXPECT_TRUE(origins.insert(origin).second) << origin;
    }
  }
  EXPECT_EQ(make_peer("abacus", clock), nullptr);
  EXPECT_EQ(find_played("abacus"), nullptr);
}

TEST(PlayedAtss, ItsConfigNamesAddressesAndVariablesButNoSecret) {
  const PlayedAts ats{
      .type = "small",
      .make = nullptr,
      .addresses = {{"base_url", "/v3"}, {"token_url", "/token"}},
      .credentials = {{"client_id", "SMALL_ID", "id-1"}, {"client_secret", "SMALL_SECRET", "s-1"}}};

  EXPECT_EQ(connector_config(ats, "http://127.0.0.1:81"),
            "[[connector]]\n"
            "name = \"ats\"\n"
            "type = \"small\"\n"
            "base_url = \"http://127.0.0.1:81/v3\"\n"
            "token_url = \"http://127.0.0.1:81/token\"\n"
            "client_id = { env = \"SMALL_ID\" }\n"
            "client_secret = { env = \"SMALL_SECRET\" }\n");
}

}  // namespace
}  // namespace praxisync::sandbox::ats
