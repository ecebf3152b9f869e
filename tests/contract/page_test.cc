/// docs/assess-api.md against the OpenAPI document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "contract/whole_api.h"

namespace praxisync::testing_support {
namespace {

std::string page() {
  std::ifstream in(std::string(PRAXISYNC_DOCS) + "/assess-api.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Page, NamesEveryOperation) {
  const std::string text = page();
  std::vector<std::string> missing;
  for (const std::string& operation : the_contract().operations()) {
    if (text.find("`" + operation + "`") == std::string::npos) missing.push_back(operation);
  }

  EXPECT_THAT(missing, testing::IsEmpty());
}

TEST(Page, NumbersTheFourteenTraps) {
  const std::string text = page();

  for (int trap = 1; trap <= 14; ++trap)
    EXPECT_THAT(text, testing::HasSubstr("\n" + std::to_string(trap) + ". **")) << trap;
}

}  // namespace
}  // namespace praxisync::testing_support
