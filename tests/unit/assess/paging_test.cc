#include "assess/paging.h"

#include <gtest/gtest.h>

namespace praxisync::assess {
namespace {

std::string next(std::string_view url) {
  const std::optional<PageToken> token = PageToken::from_next(url);
  return token ? token->text() : "none";
}

TEST(PageToken, TakesOnlyTheCursorOrPageOutOfNextWhateverHostItNames) {
  EXPECT_EQ(next("https://app.praxicraft.io/api/v1/public/cases/?cursor=cD0yMDI1LTA0..."),
            "cursor=cD0yMDI1LTA0...");
  EXPECT_EQ(next("http.../public/invites/?page=2"), "page=2");
  EXPECT_EQ(next("http://user:key@evil.example:99/x?page_size=1&cursor=abc%3D%3D#page=9"),
            "cursor=abc==");
  EXPECT_EQ(next("?page=0003&page_size=20"), "page=3");
  EXPECT_EQ(next("file:///etc/passwd?a=b&cursor=x+y%2Bz"), "cursor=x y+z");
  EXPECT_EQ(next("https://x/?cursor=&page=4"), "page=4");
}

TEST(PageToken, FindsNothingInJunk) {
  for (const char* url :
       {"", "https://x/api/", "https://x/?", "https://x/?offset=20", "https://x/?cursor",
        "https://x/?cursor=", "https://x/?page=abc", "https://x/?page=-1", "https://x/?page=0",
        "https://x/?page=1e9", "https://x/?page=99999999999", "https://x/?cursor=a%0Ab",
        "https://x/?cursor=%FF", "https://x/#?cursor=a", "cursor=a",
        "https://x/?mycursor=a&pages=2", "javascript:alert(1)", "\xFF\xFE"}) {
    EXPECT_EQ(next(url), "none") << url;
  }
  EXPECT_EQ(next("https://x/?cursor=" + std::string(5000, 'a')), "none");
}

TEST(PageToken, IsReadBackFromItsOwnText) {
  for (const char* url : {"?cursor=a%3Db%26c", "?page=17"}) {
    const PageToken token = *PageToken::from_next(url);

    EXPECT_EQ(PageToken::from_text(token.text()), token);
  }
  EXPECT_EQ(PageToken::from_text(""), PageToken{});
  for (const char* text : {"cursor", "cursor=", "page=x", "offset=1", "2", "=a"}) {
    EXPECT_FALSE(PageToken::from_text(text)) << text;
  }
}

TEST(PageToken, LeadsOnOnlyToAPageThatIsNotBehind) {
  const auto token = [](std::string_view text) { return *PageToken::from_text(text); };

  EXPECT_TRUE(leads_on(token(""), token("cursor=a")));
  EXPECT_TRUE(leads_on(token("cursor=a"), token("cursor=b")));
  EXPECT_TRUE(leads_on(token(""), token("page=2")));
  EXPECT_TRUE(leads_on(token("page=2"), token("page=3")));
  EXPECT_FALSE(leads_on(token("cursor=a"), token("cursor=a")));
  EXPECT_FALSE(leads_on(token("page=3"), token("page=3")));
  EXPECT_FALSE(leads_on(token("page=3"), token("page=2")));
  EXPECT_FALSE(leads_on(token(""), token("page=1")));
}

}  // namespace
}  // namespace praxisync::assess
