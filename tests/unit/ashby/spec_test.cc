#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

class AshbySpec : public AshbyAccount {
 protected:
  Result<std::unique_ptr<connector::Connector>> make(const connector::Settings& settings) {
    return spec().make(settings, {.transport = transport_, .clock = clock_});
  }
  connector::Settings settings_{ConnectorName("ats")};
};

TEST_F(AshbySpec, NeedsAKey) { EXPECT_THAT(make(settings_), FailsSaying("api_key")); }

TEST_F(AshbySpec, TakesPagesOfUpToAHundred) {
  settings_.set_secret("api_key", ApiKey("k"));
  settings_.set("page_size", "100");
  EXPECT_THAT(make(settings_), IsOk());

  settings_.set("page_size", "101");
  EXPECT_THAT(make(settings_), FailsSaying("page_size"));
}

TEST_F(AshbySpec, WritesALinkAsANoteAndDoesTheRest) {
  const connector::Capabilities can = spec().capabilities;

  for (const ActionKind kind : {ActionKind::Note, ActionKind::Tag, ActionKind::Field,
                                ActionKind::Move, ActionKind::Reject}) {
    EXPECT_TRUE(can.can(kind)) << to_string(kind);
  }
  ASSERT_NE(can.fallback(ActionKind::Link), nullptr);
  EXPECT_EQ(can.fallback(ActionKind::Link)->instead, ActionKind::Note);
  EXPECT_EQ(can.settle_after, std::chrono::minutes{10});
}

TEST_F(AshbySpec, SaysWhatThePermissionsAreFor) {
  const auto permissions = spec().permissions;

  ASSERT_EQ(permissions.size(), 7U);
  for (const connector::Permission& permission : permissions) {
    EXPECT_FALSE(permission.name.empty());
    EXPECT_FALSE(permission.use.empty());
  }
}

}  // namespace
}  // namespace praxisync::ashby
