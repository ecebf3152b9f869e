#include "http/http_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "domain/text.h"

namespace praxisync::http {
namespace {

std::optional<int> number(std::string_view text, std::size_t least, std::size_t most) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < least || text.size() > most) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), digit)) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<unsigned> month(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kNames{
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto* const found = std::find(kNames.begin(), kNames.end(), to_lower(text));
  if (found == kNames.end()) return std::nullopt;
  return static_cast<unsigned>(found - kNames.begin()) + 1;
}

/// Two digits mean this century up to 69: the form is older than the program either way.
std::optional<int> year(std::string_view text) {
  if (const std::optional<int> whole = number(text, 4, 4)) return whole;
  const std::optional<int> digits = number(text, 2, 2);
  if (!digits) return std::nullopt;
  return *digits < 70 ? 2000 + *digits : 1900 + *digits;
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const std::optional<int> hours = number(text.substr(0, 2), 2, 2);
  const std::optional<int> minutes = number(text.substr(3, 2), 2, 2);
  const std::optional<int> seconds = number(text.substr(6, 2), 2, 2);
  if (!hours || !minutes || !seconds) return std::nullopt;
  if (*hours > 23 || *minutes > 59 || *seconds > 60) return std::nullopt;  // 60: a leap second
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
         std::chrono::seconds{*seconds};
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty() && out.size() < 8) {
    const std::size_t start = std::min(text.find_first_not_of(" ,-"), text.size());
    const std::size_t end = std::min(text.find_first_of(" ,-", start), text.size());
    if (end > start) out.push_back(text.substr(start, end - start));
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::optional<Timestamp> parse_http_date(std::string_view text) {
  if (text.size() > 64) return std::nullopt;
  std::vector<std::string_view> parts = words(text);
  if (parts.size() == 5) {  // asctime: Sun Nov 6 08:49:37 1994
    parts = {parts[0], parts[2], parts[1], parts[4], parts[3], "GMT"};
  }
  if (parts.size() != 6 || (parts[5] != "GMT" && parts[5] != "UTC")) return std::nullopt;
  const std::optional<int> day = number(parts[1], 1, 2);
  const std::optional<unsigned> of_year = month(parts[2]);
  const std::optional<int> in_year = year(parts[3]);
  const std::optional<std::chrono::seconds> since_midnight = time_of_day(parts[4]);
  if (!day || !of_year || !in_year || !since_midnight) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*in_year}, std::chrono::month{*of_year},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Timestamp{std::chrono::sys_days{date} + *since_midnight};
}

std::optional<Timestamp> date_of(const Response& reply) {
  return parse_http_date(trim(header(reply.headers, "Date")));
}

}  // namespace praxisync::http
