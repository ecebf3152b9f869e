/// Walks a whole list page by page for callers that keep no checkpoint, such as the CLI. One page
/// is in memory at a time, and the next one is asked for only when it is wanted.
#pragma once

#include <string>
#include <unordered_set>
#include <utility>

#include "assess/paging.h"
#include "assess/reply.h"

namespace praxisync::assess {

/// More pages than any list can have: 1,000,000 rows.
inline constexpr int kMaxPages = 10'000;

enum class Walk { GoOn, Stop };

/// Calls `list(PageToken) -> Reply<Page<Row>>`, hands each page to `handler(Page<Row>&) -> Walk`.
/// Ends after the last page, or when the handler says Stop; fails with the list's own error, or
/// with Malformed where a page names one that was there before, or there is no end to them.
template <typename List, typename Handler>
Reply<Done> for_each_page(List&& list, Handler&& handler) {
  std::unordered_set<std::string> asked;
  PageToken token;
  for (int pages = 0; pages < kMaxPages; ++pages) {
    asked.insert(token.text());
    auto page = list(std::as_const(token));
    if (!page) return std::move(page.failure());
    if (handler(*page) == Walk::Stop || !page->next) return Done{};
    token = *page->next;
    if (asked.contains(token.text())) {
      return ApiError{Error{ErrorKind::Malformed, "next: names a page that was there before"}};
    }
  }
  return ApiError{
      Error{ErrorKind::Malformed, "next: no end after " + std::to_string(kMaxPages) + " pages"}};
}

}  // namespace praxisync::assess
