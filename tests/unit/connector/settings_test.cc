#include "connector/settings.h"

#include <gmock/gmock.h>

namespace praxisync::connector {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Settings, SaysWhatWasGivenAndWhatWasNot) {
  Settings settings(ConnectorName("gh"));
  settings.set("page_size", "100");
  settings.set("site", "");

  EXPECT_EQ(settings.instance(), ConnectorName("gh"));
  EXPECT_EQ(settings.get("page_size"), "100");
  EXPECT_EQ(settings.get("site"), "") << "given, though empty";
  EXPECT_EQ(settings.get("base_url"), std::nullopt);
}

TEST(Settings, KeepsTheLastOfTwoValues) {
  Settings settings(ConnectorName("gh"));
  settings.set("page_size", "100");
  settings.set("page_size", "50");

  EXPECT_EQ(settings.get("page_size"), "50");
}

TEST(Settings, KeepsSecretsApartFromTexts) {
  Settings settings(ConnectorName("gh"));
  settings.set_secret("api_key", ApiKey("k-123"));

  EXPECT_EQ(settings.secret("api_key").reveal(), "k-123");
  EXPECT_EQ(settings.get("api_key"), std::nullopt);
  EXPECT_TRUE(settings.secret("client_secret").empty());
}

TEST(Settings, HoldsTables) {
  Settings settings(ConnectorName("csv"));
  settings.set_entry("columns", "email", "Candidate Email");
  settings.set_entry("columns", "application_id", "Id");

  EXPECT_THAT(settings.table("columns"),
              ElementsAre(Pair("application_id", "Id"), Pair("email", "Candidate Email")));
  EXPECT_THAT(settings.table("stages"), IsEmpty());
}

}  // namespace
}  // namespace praxisync::connector
