#include "assess/page_range.h"

#include <gmock/gmock.h>

#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using testing::ElementsAre;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

class PageRange : public WithClient {
 protected:
  Reply<Done> walk(Walk after_each = Walk::GoOn) {
    return for_each_page([&](const PageToken& token) { return client.list_pipelines(token); },
                         [&](Page<Pipeline>& page) {
                           for (const Pipeline& row : page.rows) seen.push_back(row.slug.text());
                           return after_each;
                         });
  }
  void page(std::string_view slug, std::string_view next) {
    transport.answer(200, R"({"results":[{"slug":")" + std::string(slug) + R"("}],"next":)" +
                              std::string(next) + "}");
  }
  std::vector<std::string> seen;
};

TEST_F(PageRange, WalksToTheLastPage) {
  page("a", R"("https://evil.example/?cursor=1")");
  page("b", R"("https://evil.example/?cursor=2")");
  page("c", "null");

  EXPECT_THAT(walk(), IsOk());

  EXPECT_THAT(seen, ElementsAre("a", "b", "c"));
  for (const http::Request& request : transport.asked)
    EXPECT_TRUE(request.url.starts_with(kApi)) << request.url;
}

TEST_F(PageRange, AnEmptyPageWithANextIsNotTheEnd) {
  transport.answer(200, R"({"results":[],"next":"?page=2"})");
  page("b", "null");

  EXPECT_THAT(walk(), IsOk());

  EXPECT_THAT(seen, ElementsAre("b"));
}

TEST_F(PageRange, AsksForNoMoreThanIsWanted) {
  page("a", R"("?page=2")");

  EXPECT_THAT(walk(Walk::Stop), IsOk());

  EXPECT_EQ(transport.asked.size(), 1U);
}

TEST_F(PageRange, EndsWithTheErrorOfAPage) {
  page("a", R"("?page=2")");
  transport.answer(500, "");

  EXPECT_THAT(walk(), FailsWith(ErrorKind::Transient));

  EXPECT_THAT(seen, ElementsAre("a"));
}

TEST_F(PageRange, NoticesALoopOfSeveralPages) {
  page("a", R"("?cursor=1")");
  page("b", R"("?cursor=2")");
  page("c", R"("?cursor=1")");

  EXPECT_THAT(walk(), FailsSaying("was there before"));

  EXPECT_EQ(transport.asked.size(), 3U);
}

TEST_F(PageRange, EndsAtAListWithoutEnd) {
  int pages = 0;
  const auto endless = [&](const PageToken&) -> Reply<Page<Pipeline>> {
    return Page<Pipeline>{.rows = {},
                          .next = PageToken::from_text("page=" + std::to_string(++pages + 1)),
                          .quota = {},
                          .bad_rows = {}};
  };

  EXPECT_THAT(for_each_page(endless, [](Page<Pipeline>&) { return Walk::GoOn; }),
              FailsWith(ErrorKind::Malformed));

  EXPECT_EQ(pages, kMaxPages);
}

}  // namespace
}  // namespace praxisync::assess
