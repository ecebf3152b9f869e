#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "cli/connector_pages.h"
#include "connectors/all.h"

namespace praxisync {
namespace {

class ConnectorReadme : public testing::TestWithParam<std::string> {};

/// Run `praxisync connectors TYPE --output markdown` and put it between the marks.
TEST_P(ConnectorReadme, HoldsTheTablesOfItsSpec) {
  std::ifstream file(std::string(PRAXISYNC_CONNECTORS) + "/" + GetParam() + "/README.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string readme = text.str();
  const std::string begin = "<!-- settings -->\n", end = "<!-- /settings -->";
  const std::size_t from = readme.find(begin), to = readme.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);

  for (const connector::ConnectorSpec& spec : all_connectors()) {
    if (spec.type != GetParam()) continue;
    EXPECT_EQ(readme.substr(from + begin.size(), to - from - begin.size()),
              cli::connector_markdown(spec));
  }
}

TEST_P(ConnectorReadme, EverySettingIsExplainedAndEverySecretIsOne) {
  for (const connector::ConnectorSpec& spec : all_connectors()) {
    if (spec.type != GetParam()) continue;
    for (const connector::SettingSpec& setting : spec.settings) {
      EXPECT_FALSE(setting.help.empty()) << setting.name;
      const bool sounds_secret = setting.name.find("key") != std::string::npos ||
                                 setting.name.find("secret") != std::string::npos;
      const bool is_secret = setting.type == connector::SettingType::Secret ||
                             setting.type == connector::SettingType::Secrets;
      EXPECT_EQ(is_secret, sounds_secret || setting.name == "client_id")
          << setting.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, ConnectorReadme,
                         testing::Values("ashby", "file", "greenhouse", "lever"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace praxisync
