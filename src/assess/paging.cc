#include "assess/paging.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "domain/text.h"
#include "http/url.h"

namespace praxisync::assess {
namespace {

constexpr std::size_t kMaxCursor = 4096;

/// 1 to 999,999,999 in plain digits; 0 for anything else.
int page_number(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  if (text.empty() || text.size() > 9 || text.front() == '-') return 0;
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end ? number : 0;
}

bool is_cursor(std::string_view text) {
  const bool printable = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F;
  });
  return !text.empty() && text.size() <= kMaxCursor && printable && is_utf8(text);
}

}  // namespace

std::optional<PageToken> PageToken::from_next(std::string_view url) {
  const std::string cursor = http::query_parameter(url, "cursor").value_or("");
  if (is_cursor(cursor)) return PageToken("cursor", cursor);
  const int number = page_number(http::query_parameter(url, "page").value_or(""));
  if (number > 0) return PageToken("page", std::to_string(number));
  return std::nullopt;
}

std::optional<PageToken> PageToken::from_text(std::string_view text) {
  if (text.empty()) return PageToken{};
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view name = text.substr(0, equals);
  const std::string_view value = text.substr(equals + 1);
  if (name == "cursor" && is_cursor(value)) return PageToken("cursor", std::string(value));
  if (name == "page" && page_number(value) > 0) {
    return PageToken("page", std::to_string(page_number(value)));
  }
  return std::nullopt;
}

bool leads_on(const PageToken& asked, const PageToken& next) {
  if (next.first() || next == asked) return false;
  if (next.name() != "page") return true;
  if (asked.first()) return page_number(next.value()) > 1;
  return asked.name() != "page" || page_number(next.value()) > page_number(asked.value());
}

}  // namespace praxisync::assess
