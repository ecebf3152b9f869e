#include "cli/troff.h"

#include <gtest/gtest.h>

namespace praxisync::cli {
namespace {

TEST(Troff, KeepsTextFromBeingMarkup) {
  EXPECT_EQ(troff::plain(R"(C:\new)"), R"(C:\enew)");
  EXPECT_EQ(troff::plain(".SH not a heading"), R"(\&.SH not a heading)");
  EXPECT_EQ(troff::plain("'quoted' `code` ^ ~"), R"(\(aqquoted\(aq \(gacode\(ga \(ha \(ti)");
}

TEST(Troff, LeavesAnOptionsDashesAsTheyAre) {
  EXPECT_EQ(troff::bold("--max-duration"), R"(\fB\-\-max\-duration\fR)");
}

TEST(Troff, WritesASectionsNameInCapitals) {
  EXPECT_EQ(troff::section("Who goes where"), ".SH \"WHO GOES WHERE\"\n");
}

}  // namespace
}  // namespace praxisync::cli
