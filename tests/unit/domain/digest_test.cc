#include "domain/digest.h"

#include <gtest/gtest.h>

namespace praxisync {
namespace {

// FIPS 180-4 by NIST's example for "abc"; RFC 4231, test case 2.
TEST(Digest, IsTheStandardsSha256) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, IsTheStandardsHmac) {
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?").text(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Mac, FitsOnlyWhole) {
  EXPECT_TRUE(Mac("5bdc").fits("5bdc"));
  EXPECT_FALSE(Mac("5bdc").fits("5bdd"));
  EXPECT_FALSE(Mac("5bdc").fits("5bd"));
  EXPECT_FALSE(Mac("").fits("5"));
}

}  // namespace
}  // namespace praxisync
