#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

const std::string kUrl = "https://praxicraft.com";
const ApiKey kFirstKey("ct_live_canary_1111");

class OrganisationTest : public StoreTest {
 protected:
  Binding binding(const std::string& url = kUrl, const ApiKey& key = kFirstKey) {
    return store.organisation().load(url, key).value();
  }
};

TEST_F(OrganisationTest, IsNobodysAtFirst) {
  EXPECT_EQ(binding().organisation, std::nullopt);
  EXPECT_FALSE(binding().seen);
}

TEST_F(OrganisationTest, KnowsTheKeyAndTheUrlThatItWasBoundWith) {
  ASSERT_THAT(store.organisation().bind("acme", kUrl, kFirstKey), IsOk());

  EXPECT_EQ(binding().organisation, "acme");
  EXPECT_TRUE(binding().seen);
  EXPECT_FALSE(binding("https://other.example").seen);
  EXPECT_FALSE(binding(kUrl, ApiKey("ct_live_canary_2222")).seen);
}

TEST_F(OrganisationTest, StaysTheFirstOneWhenTheKeyChanges) {
  ASSERT_THAT(store.organisation().bind("acme", kUrl, kFirstKey), IsOk());

  ASSERT_THAT(store.organisation().bind("globex", kUrl, ApiKey("ct_live_canary_2222")), IsOk());

  EXPECT_EQ(binding().organisation, "acme");
  EXPECT_FALSE(binding().seen);
  EXPECT_TRUE(binding(kUrl, ApiKey("ct_live_canary_2222")).seen);
}

TEST_F(OrganisationTest, HashesWithASaltOfItsOwnAndKeepsNoKey) {
  Store other = Store::open(folder / "other.db").value();
  ASSERT_THAT(store.organisation().bind("acme", kUrl, kFirstKey), IsOk());
  ASSERT_THAT(other.organisation().bind("acme", kUrl, kFirstKey), IsOk());
  SQLite::Database file((folder / "other.db").string());

  const std::string ours = raw("SELECT credential FROM organisation");
  const std::string theirs = file.execAndGet("SELECT credential FROM organisation").getString();
  EXPECT_EQ(ours.size(), 64U);
  EXPECT_NE(ours, theirs);
  EXPECT_EQ(ours.find("canary"), std::string::npos);
}

}  // namespace
}  // namespace praxisync::store
