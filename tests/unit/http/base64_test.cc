#include "http/base64.h"

#include <gtest/gtest.h>

namespace praxisync::http {
namespace {

// RFC 4648, section 10.
TEST(Base64, IsReadAndWritten) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, NothingElseIsRead) {
  for (const char* text : {"Zg", "Zg=", "Zh==", "Z===", "====", " Zg==", "Zg==\n", "Zm9v=", "Zm-v",
                           "Zm9v\n", "Zg==Zg==", "=Zm9"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace praxisync::http
