#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>

#include "config/schema.h"
#include "connectors/all.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"
#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

const std::filesystem::path kExample =
    std::filesystem::path(PRAXISYNC_SOURCE_DIR) / "config/praxisync.example.toml";

Loaded load_example() {
  return load(kExample, all_connectors(), {{"PRAXICRAFT_API_KEY", "key-canary-7d1f"}});
}

/// The network that a test does without.
class NoTransport final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request&) override {
    return Error{ErrorKind::Transient, "there is no network here"};
  }
};

TEST(Example, LoadsAsItIsOnceTheKeyIsSet) {
  const Loaded loaded = load_example();

  EXPECT_THAT(shown(loaded.problems), testing::IsEmpty());
  EXPECT_THAT(shown(loaded.warnings), testing::IsEmpty());
  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->routes.size(), 3u);
}

TEST(Example, OnlyNeedsTheKeyToBeSet) {
  const Loaded loaded = load(kExample, all_connectors(), {});

  EXPECT_THAT(shown(loaded.problems),
              testing::ElementsAre(testing::HasSubstr("PRAXICRAFT_API_KEY is not set")));
}

TEST(Example, LoadsInKubernetesToo) {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::filesystem::path(PRAXISYNC_SOURCE_DIR) / "config/kubernetes")) {
    if (entry.path().extension() != ".toml") continue;
    SCOPED_TRACE(entry.path());
    const Loaded loaded = load(entry.path(), all_connectors(), {}, Secrets::NotNeeded);

    EXPECT_THAT(shown(loaded.problems), testing::IsEmpty());
    EXPECT_THAT(shown(loaded.warnings), testing::IsEmpty());
    EXPECT_TRUE(loaded.config &&
                loaded.config->state.path.string().starts_with("/var/lib/praxisync/"));
    ++files;
  }
  EXPECT_GE(files, 4);
}

TEST(Example, HasSettingsThatItsConnectorTakes) {
  const Loaded loaded = load_example();
  ASSERT_TRUE(loaded.config.has_value());
  NoTransport transport;
  testing_support::FakeClock clock;

  for (const ConnectorConfig& config : loaded.config->connectors) {
    for (const connector::ConnectorSpec& spec : all_connectors()) {
      if (spec.type != config.type) continue;
      EXPECT_THAT(spec.make(config.settings, {transport, clock}), testing_support::IsOk());
    }
  }
}

TEST(Example, ShowsEveryKey) {
  std::ifstream in(kExample);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::vector<std::string> keys = route_keys();
  for (const SectionSchema& section : sections()) {
    keys.insert(keys.end(), section.keys.begin(), section.keys.end());
  }
  for (const std::string& key : policy_keys("on_expired")) keys.push_back(key);
  for (const connector::ConnectorSpec& spec : all_connectors()) {
    if (spec.type != "file") continue;
    for (const connector::SettingSpec& setting : spec.settings) {
      keys.push_back(setting.name);
      keys.insert(keys.end(), setting.keys.begin(), setting.keys.end());
    }
  }

  for (const std::string& key : keys) {
    EXPECT_THAT(text, testing::ContainsRegex("(^|\n)(# *)?(\\[[a-z]+\\.)?" + key + " *[]=]"));
  }
}

}  // namespace
}  // namespace praxisync::config
