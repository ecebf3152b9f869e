#include "connectors/all.h"
#include "unit/lever/lever_world.h"

namespace praxisync::lever {
namespace {

class LeverSpec : public LeverTest {};

TEST_F(LeverSpec, IsAmongTheConnectors) {
  const auto all = all_connectors();

  EXPECT_TRUE(std::ranges::any_of(all, [](const auto& one) { return one.type == "lever"; }));
}

TEST_F(LeverSpec, HasNoFieldsAndSaysWhatItWritesInstead) {
  const connector::Capabilities can = spec().capabilities;

  EXPECT_FALSE(can.can(ActionKind::Field));
  ASSERT_NE(can.fallback(ActionKind::Field), nullptr);
  EXPECT_EQ(can.fallback(ActionKind::Field)->instead, ActionKind::Tag);
  EXPECT_EQ(can.settle_after, std::chrono::minutes{10});
}

TEST_F(LeverSpec, RefusesSettingsThatCannotBeUsed) {
  settings.set("page_size", "101");
  EXPECT_THAT(try_make(), FailsSaying("page_size"));
  settings.set("page_size", "0");
  EXPECT_THAT(try_make(), FailsSaying("page_size"));
  settings.set("page_size", "1");
  EXPECT_THAT(try_make(), IsOk());
  settings.set_secret("api_key", ApiKey());
  EXPECT_THAT(try_make(), FailsSaying("api_key"));
}

TEST_F(LeverSpec, TheKeyAsItGoesOutIsASecretToo) {
  std::vector<std::string> secrets;
  const auto made = spec().make(
      settings, {.transport = transport, .clock = clock, .keep_secret = [&](const ApiKey& secret) {
                   secrets.push_back(secret.reveal());
                 }});

  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(secrets, testing::ElementsAre("bGV2ZXItc2FuZGJveC1rZXk6"));
}

}  // namespace
}  // namespace praxisync::lever
