#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kPing = "https://hc-ping.example/0c4f6a0e-canary";
constexpr const char* kHook = "https://hooks.example/services/T0/B0/canary?x=1";

Loaded read_notify(const std::string& section, const std::string& ping = kPing) {
  Environment environment = sample_environment();
  environment["PING"] = ping;
  environment["HOOK"] = kHook;
  return read_sample(sample_with(18, "[notify]\n" + section), environment);
}

TEST(Notify, IsSilentUnlessAsked) {
  const Loaded loaded = read_sample(sample());

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_TRUE(loaded.config->notify.ping_url.empty());
  EXPECT_TRUE(loaded.config->notify.webhook_url.empty());
  EXPECT_EQ(loaded.config->notify.timeout, std::chrono::seconds{5});
}

TEST(Notify, TakesItsUrlsAsSecrets) {
  const Loaded loaded = read_notify(
      "ping_url = { env = \"PING\" }\nwebhook_url = { env = \"HOOK\" }\n"
      "format = \"json\"\ntimeout = \"2s\"");

  EXPECT_THAT(shown(loaded.problems), IsEmpty());
  ASSERT_TRUE(loaded.config.has_value());
  const Notify& notify = loaded.config->notify;
  EXPECT_EQ(notify.ping_url.reveal(), kPing);
  EXPECT_EQ(notify.webhook_url.reveal(), kHook);
  EXPECT_EQ(notify.format, MessageFormat::Json);
  EXPECT_EQ(notify.timeout, std::chrono::seconds{2});
  EXPECT_THAT(loaded.config->secrets, testing::IsSupersetOf({ApiKey(kPing), ApiKey(kHook)}));
}

TEST(Notify, TakesItsUrlsFromOverrides) {
  Environment environment = sample_environment();
  environment["PRAXISYNC_NOTIFY__PING_URL"] = kPing;

  const Loaded loaded = read_sample(sample(), environment);

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->notify.ping_url.reveal(), kPing);
}

TEST(Notify, IsNotReadByCommandsThatNeedNoSecrets) {
  const Loaded loaded =
      read(sample_with(18, "[notify]\nping_url = { env = \"UNSET\" }"), "/etc/praxisync.toml",
           sample_specs(), sample_environment(), Secrets::NotNeeded);

  EXPECT_THAT(shown(loaded.problems), IsEmpty());
}

struct BadUrl {
  std::string name, url, want;
};
void PrintTo(const BadUrl& row, std::ostream* out) { *out << row.name; }

class RefusedPing : public testing::TestWithParam<BadUrl> {};

TEST_P(RefusedPing, IsNamedAndNeverShown) {
  const Loaded loaded = read_notify("ping_url = { env = \"PING\" }", GetParam().url);

  EXPECT_THAT(
      shown(loaded.problems),
      ElementsAre(testing::AllOf(
          testing::StartsWith("praxisync.toml:19:12: the URL of \"ping_url\" cannot be used: "),
          HasSubstr(GetParam().want), Not(HasSubstr("canary")))));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedPing,
    testing::Values(BadUrl{"PlainHttp", "http://hc.example/canary", "loopback"},
                    BadUrl{"Password", "https://me:canary@hc.example/", ""},
                    BadUrl{"Query", "https://hc.example/ping?key=canary", "it has a query"},
                    BadUrl{"NoUrl", "canary", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Notify, OverPlainHttpIsForLoopback) {
  EXPECT_THAT(
      shown(read_notify("ping_url = { env = \"PING\" }", "http://127.0.0.1:8000/x").problems),
      IsEmpty());
}

TEST(Notify, SaysWhatItsFormatsAre) {
  EXPECT_THAT(shown(read_notify("format = \"xml\"").problems),
              ElementsAre("praxisync.toml:19:10: \"format\" is neither \"slack\" nor \"json\"; "
                          "for example: format = \"slack\""));
}

}  // namespace
}  // namespace praxisync::config
