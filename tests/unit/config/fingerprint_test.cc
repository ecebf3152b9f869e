#include "config/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

std::string fingerprint_with(const Environment& overrides) {
  Environment environment = sample_environment();
  for (const auto& [name, value] : overrides) environment[name] = value;
  Loaded loaded = read_sample(sample(), environment);
  EXPECT_TRUE(loaded.config.has_value());
  return loaded.config ? fingerprint_of(*loaded.config) : "";
}

TEST(Fingerprint, IsTheSameForTheSameConfig) {
  EXPECT_EQ(fingerprint_with({}), fingerprint_with({}));
  EXPECT_EQ(fingerprint_with({}).size(), 64U);
}

TEST(Fingerprint, IsAnotherWhereRoutesConnectorsOrTheAddressAre) {
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"PRAXISYNC_ASSESS__BASE_URL", "https://other.example"},
                                          {"PRAXISYNC_CONNECTOR__F__PATH", "b.csv"},
                                          {"PRAXISYNC_CONNECTOR__F__COLUMNS__EMAIL", "Mail"},
                                          {"PRAXISYNC_ROUTE__R__STAGE", "T"},
                                          {"PRAXISYNC_ROUTE__R__ASSESSMENT", "other"},
                                          {"PRAXISYNC_ROUTE__R__SEND_EMAIL", "true"},
                                          {"PRAXISYNC_ROUTE__R__ON_EXPIRED__REINVITE", "1"},
                                          {"PRAXISYNC_ROUTE__R__ON_PASSED", "{ tag = \"ok\" }"}}) {
    EXPECT_NE(fingerprint_with({{name, value}}), fingerprint_with({})) << name;
  }
}

TEST(Fingerprint, IsTheSameWhateverElseChanges) {
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"KEY", "another-key"},
                                          {"TOKEN", "another-token"},
                                          {"PRAXISYNC_ASSESS__BULK_SIZE", "12"},
                                          {"PRAXISYNC_SAFETY__MAX_INVITES_PER_RUN", "9"}}) {
    EXPECT_EQ(fingerprint_with({{name, value}}), fingerprint_with({})) << name;
  }
}

}  // namespace
}  // namespace praxisync::config
