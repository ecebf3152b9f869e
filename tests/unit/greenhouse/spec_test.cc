#include "connectors/all.h"
#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;

class GreenhouseSpec : public testing_support::GreenhouseTest {
 protected:
  Result<std::unique_ptr<connector::Connector>> with(const std::string& name,
                                                     const std::string& value) {
    given = {{name, value}};
    return spec().make(settings(), {.transport = transport, .clock = clock});
  }
};

TEST_F(GreenhouseSpec, IsListed) {
  const auto all = all_connectors();

  EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                          [](const auto& one) { return one.type == "greenhouse"; }));
}

TEST_F(GreenhouseSpec, WritesALinkAsANote) {
  const connector::Capabilities capabilities = spec().capabilities;

  EXPECT_FALSE(capabilities.can(ActionKind::Link));
  ASSERT_NE(capabilities.fallback(ActionKind::Link), nullptr);
  EXPECT_EQ(capabilities.fallback(ActionKind::Link)->instead, ActionKind::Note);
  EXPECT_EQ(capabilities.settle_after, std::chrono::minutes{10});
}

TEST_F(GreenhouseSpec, EveryPermissionSaysWhatItIsFor) {
  const auto known = sandbox::ats::greenhouse_scopes();
  const auto permissions = spec().permissions;

  EXPECT_EQ(permissions.size(), known.size());
  for (const connector::Permission& one : permissions) {
    EXPECT_TRUE(known.contains(one.name)) << one.name;
    EXPECT_FALSE(one.use.empty());
  }
}

TEST_F(GreenhouseSpec, RefusesSettingsThatCannotBeUsed) {
  EXPECT_THAT(with("page_size", "501"), FailsSaying("page_size: must be a number from 1 to 500"));
  EXPECT_THAT(with("acting_user", "jane@example.org"), FailsSaying("acting_user: must be the num"));
  EXPECT_THAT(with("token_url", "http://auth.greenhouse.io/token"), FailsSaying("token_url: "));
  EXPECT_THAT(with("token_url", "https://auth.greenhouse.io/token?a=b"), FailsSaying("token_url:"));
  EXPECT_THAT(with("base_url", "https://harvest.greenhouse.io/v3"), FailsSaying("base_url: "));
  EXPECT_THAT(with("full_sweep", "1s"), FailsWith(ErrorKind::Rejected));
}

TEST_F(GreenhouseSpec, RefusesToGoWithoutCredentials) {
  const connector::Settings none{ConnectorName("gh")};

  EXPECT_THAT(spec().make(none, {.transport = transport, .clock = clock}),
              FailsSaying("client_id: is missing"));
}

TEST_F(GreenhouseSpec, AsksNothingBeforeItIsUsed) {
  start();

  EXPECT_TRUE(transport.log().empty());
}

}  // namespace
}  // namespace praxisync::greenhouse
