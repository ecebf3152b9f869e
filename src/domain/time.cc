#include "domain/time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "domain/text.h"

namespace praxisync {
namespace {

constexpr Timestamp kFirst{};
constexpr Timestamp kPastLast = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
constexpr Milliseconds kLongestSpan = std::chrono::hours{24 * 36525};

/// Takes fixed-width fields from the front of a text; one failure makes all later ones fail.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  int digits(std::size_t width) {
    if (rest_.size() < width) return fail();
    int value = 0;
    for (const char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail();
  }
  bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool at_end() const { return rest_.empty(); }
  bool ok() const { return ok_; }
  int fail() {
    ok_ = false;
    return 0;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

Milliseconds read_fraction(Fields& in) {
  int scale = 100, value = 0;
  if (!in.at_digit()) in.fail();
  while (in.at_digit()) {
    value += in.digits(1) * scale;
    scale /= 10;
  }
  return Milliseconds{value};
}

/// What is to be taken off to get UTC.
Milliseconds read_offset(Fields& in) {
  if (in.at_end() || in.take('Z') || in.take('z')) return Milliseconds{0};
  const bool east = in.take('+');
  if (!east) in.expect('-');
  const int hours = in.digits(2);
  in.take(':');
  const int minutes = in.digits(2);
  if (hours > 18 || minutes > 59) in.fail();
  const Milliseconds span = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  return east ? span : -span;
}

}  // namespace

std::string format_timestamp(Timestamp at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
  return text + 'Z';
}

std::string format_timestamp(Timestamp at, std::chrono::seconds offset) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset);
  std::string text = format_timestamp(at + minutes);
  text.pop_back();
  const auto ahead = std::chrono::abs(minutes).count();
  return text +
         fmt::format("{}{:02}:{:02}", minutes.count() < 0 ? '-' : '+', ahead / 60, ahead % 60);
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Fields in(text);
  const int year = in.digits(4);
  in.expect('-');
  const int month = in.digits(2);
  in.expect('-');
  const int day = in.digits(2);
  Milliseconds time{0}, offset{0};
  if (in.ok() && !in.at_end()) {
    if (!in.take('T') && !in.take('t')) in.expect(' ');
    const int hours = in.digits(2);
    in.expect(':');
    const int minutes = in.digits(2);
    int seconds = 0;
    if (in.take(':')) {
      seconds = in.digits(2);
      if (in.take('.') || in.take(',')) time += read_fraction(in);
    }
    if (hours > 23 || minutes > 59 || seconds > 60) in.fail();
    time +=
        std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
    offset = read_offset(in);
  }
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!in.ok() || !in.at_end() || !date.ok()) return std::nullopt;
  const Timestamp at = Timestamp{std::chrono::sys_days{date}} + time - offset;
  if (at < kFirst || at >= kPastLast) return std::nullopt;
  return at;
}

std::optional<Milliseconds> parse_duration(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> kUnits{
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
  if (text.empty()) return std::nullopt;
  Milliseconds sum{0};
  while (!text.empty()) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || !is_digit(text.front())) return std::nullopt;  // "-0s" is none
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::string_view unit = text.substr(0, text.find_first_of("0123456789"));
    std::int64_t size = 0;
    for (const auto& [name, milliseconds] : kUnits) {
      if (name == unit) size = milliseconds;
    }
    if (size == 0 || count > kLongestSpan.count() / size) return std::nullopt;
    text.remove_prefix(unit.size());
    sum += Milliseconds{count * size};
    if (sum > kLongestSpan) return std::nullopt;
  }
  return sum;
}

std::string format_duration(Milliseconds span) {
  if (span < Milliseconds{0}) return "-" + format_duration(-span);
  if (span < std::chrono::seconds{1}) return fmt::format("{} ms", span.count());
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(span).count();
  static constexpr std::array<std::pair<std::int64_t, std::string_view>, 4> kUnits{
      {{86'400, "d"}, {3'600, "h"}, {60, "min"}, {1, "s"}}};
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const auto& [size, name] = kUnits[i];
    if (seconds < size) continue;
    const std::int64_t rest = seconds % size;
    if (i + 1 == kUnits.size() || rest / kUnits[i + 1].first == 0)
      return fmt::format("{} {}", seconds / size, name);
    return fmt::format("{} {} {} {}", seconds / size, name, rest / kUnits[i + 1].first,
                       kUnits[i + 1].second);
  }
  return "0 s";
}

}  // namespace praxisync
