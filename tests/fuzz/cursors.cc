// How far a stream was read: whatever text stands there, a cursor of ours comes back as it was, and
// any other one begins anew. Lines: a Link header or `next` URL, a cursor, a page, a word for news,
// milliseconds.
#include <charconv>

#include "assess/paging.h"
#include "connector/link_header.h"
#include "connector/pass.h"
#include "connectors/file/position.h"
#include "fuzz/fuzz.h"

namespace praxisync::fuzz {
namespace {

using connector::Pass;
using connector::PassPolicy;

constexpr Timestamp kNow{std::chrono::hours{24 * 365 * 56}};

Timestamp time_of(std::string_view text) {
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return Timestamp{Milliseconds{std::clamp<std::int64_t>(count, 1, 253'402'300'799'999)}};
}

std::optional<std::string> next_of(std::string link) {
  return connector::next_link({.status = 200, .headers = {{"Link", std::move(link)}}, .body = {}});
}

void check_link(const std::string& text) {
  if (const auto next = next_of(text)) {
    PRAXISYNC_CHECK(text.find('<' + *next + '>') != std::string::npos, "a target stands in it");
  }
  if (text.find_first_of("<>") != std::string::npos) return;
  PRAXISYNC_CHECK(next_of('<' + text + ">; rel=\"next\"") == text, "a target comes as it stands");
  PRAXISYNC_CHECK(next_of("</p>; rel=\"prev\"; title=x, <" + text + ">;rel=next") == text,
                  "behind another link too");
  PRAXISYNC_CHECK(!next_of('<' + text + ">; rel=\"prev\""), "and only where it is the next one");
}

void check_page_token(const std::string& url, const std::string& text) {
  for (const auto& token :
       {assess::PageToken::from_next(url), assess::PageToken::from_text(text)}) {
    if (!token) continue;
    PRAXISYNC_CHECK(assess::PageToken::from_text(token->text()) == token, "a token reads back");
    PRAXISYNC_CHECK(!assess::leads_on(*token, *token), "no page leads on to itself");
    PRAXISYNC_CHECK(assess::leads_on({}, *token) || token->first() || token->text() == "page=1",
                    "any page but the first one leads on from the start");
    check_shown(token->name(), 6);
  }
}

void check_any(const std::string& text, const PassPolicy& policy) {
  const Pass pass = connector::pass_after(Cursor(text), policy, kNow);
  PRAXISYNC_CHECK(pass.account == policy.account, "a cursor of another account is of no use");
  PRAXISYNC_CHECK(pass.since >= Timestamp{} && pass.began >= Timestamp{}, "times are after 1970");
  PRAXISYNC_CHECK(pass.kind == Pass::Kind::News || pass.since == Timestamp{} || !pass.at_start(),
                  "a sweep asks for everything");
  if (const auto place = file::Position::parse(Cursor(text))) {
    PRAXISYNC_CHECK(file::Position::parse(place->cursor()) == place, "a place reads back");
    check_shown(place->cursor().text(), 20'000);
  }
}

/// Through a whole pass: its pages, its end, and the pass after it.
void check_round(const std::string& page, const std::string& news, const PassPolicy& policy,
                 Timestamp answered) {
  Pass first;
  first.account = policy.account;
  const Cursor at = connector::cursor_at(first, page, answered);
  const Pass midst = connector::pass_after(at, policy, answered);
  PRAXISYNC_CHECK(midst.page == page, "the peer's word for a page survives, whatever its bytes");
  PRAXISYNC_CHECK(page.empty() || midst.began == answered, "and when the pass began");
  check_shown(at.text(), 20'000);
  if (page.empty()) return;
  const Cursor behind = connector::cursor_behind(midst, answered + policy.overlap, news);
  const Pass next = connector::pass_after(behind, policy, answered + policy.overlap);
  PRAXISYNC_CHECK(next.at_start() && next.kind == Pass::Kind::News, "news follow a sweep");
  PRAXISYNC_CHECK(next.news == news, "the peer's word for news survives");
  PRAXISYNC_CHECK(next.since <= answered, "and nothing changed meanwhile is missed");
  const Pass later = connector::pass_after(behind, policy, answered + 2 * policy.full_sweep);
  PRAXISYNC_CHECK(later.kind == Pass::Kind::Sweep ||
                      connector::sweep_follows(later, policy, answered + 2 * policy.full_sweep),
                  "a sweep that is due comes, or follows");
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  const std::string link(pieces.line()), text(pieces.line()), page(pieces.line()),
      news(pieces.line());
  const Timestamp answered = time_of(pieces.line());
  PassPolicy policy;
  policy.account = pieces.rest();
  check_link(link);
  check_page_token(link, text);
  check_any(text, policy);
  check_any(text, {});
  check_round(page, news, policy, answered);
}

}  // namespace praxisync::fuzz
