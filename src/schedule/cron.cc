#include "schedule/cron.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <span>
#include <utility>
#include <vector>

#include "domain/text.h"

namespace praxisync::schedule {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;

struct CronField {
  std::string_view name;
  int least, most;
  std::span<const std::string_view> names{};  ///< of `least` and what follows
  int whole = most;                           ///< where `*` ends
};

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 8> kWeekdays{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat", "sun"};
constexpr int kSunday = 0, kSundayAgain = 7;

constexpr CronField kMinute{"minute", 0, 59};
constexpr CronField kHour{"hour", 0, 23};
constexpr CronField kDay{"day of the month", 1, 31};
constexpr CronField kMonth{"month", 1, 12, kMonths};
constexpr CronField kWeekday{"day of the week", kSunday, kSundayAgain, kWeekdays, 6};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNicknames{
    {{"@yearly", "0 0 1 1 *"},
     {"@annually", "0 0 1 1 *"},
     {"@monthly", "0 0 1 * *"},
     {"@weekly", "0 0 * * 0"},
     {"@daily", "0 0 * * *"},
     {"@midnight", "0 0 * * *"},
     {"@hourly", "0 * * * *"}}};

constexpr std::array<int, 13> kLongest{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

std::vector<std::string_view> pieces(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> all;
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    all.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return all;
    text.remove_prefix(end + 1);
  }
}

bool has(std::uint64_t bits, int value) { return (bits >> value & 1) != 0; }

/// The first value of the set from `from` on.
std::optional<int> first_of(std::uint64_t bits, int from) {
  if (from > 63 || bits >> from == 0) return std::nullopt;
  return from + std::countr_zero(bits >> from);
}

Error unusable(std::string_view field, std::string_view part, std::string_view mend) {
  return {ErrorKind::Rejected,
          fmt::format("{} \"{}\" cannot be read; {}", field, printable(part, 40), mend)};
}

std::string limits(const CronField& field) {
  const std::string numbers = fmt::format("write {} to {}", field.least, field.most);
  if (field.names.empty()) return numbers;
  const auto last = static_cast<std::size_t>(field.whole - field.least);
  return fmt::format("{}, or {} to {}", numbers, field.names.front(), field.names[last]);
}

Result<int> read_value(const CronField& field, std::string_view text) {
  const std::string word = to_lower(text);
  for (std::size_t i = 0; i < field.names.size(); ++i)
    if (field.names[i] == word) return field.least + static_cast<int>(i);
  int value = -1;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  if (whole && value >= field.least && value <= field.most) return value;
  return unusable(field.name, text, limits(field));
}

struct CronRange {
  int from, to;
};

Result<CronRange> read_range(const CronField& field, std::string_view text) {
  if (text == "*") return CronRange{field.least, field.whole};
  const std::size_t dash = text.find('-');
  const Result<int> from = read_value(field, text.substr(0, dash));
  if (!from) return from.error();
  if (dash == std::string_view::npos) return CronRange{*from, *from};
  Result<int> to = read_value(field, text.substr(dash + 1));
  if (!to) return std::move(to).error();
  // A week may end with Sunday: fri-sun.
  if (&field == &kWeekday && *to == kSunday && *from > kSunday) to = kSundayAgain;
  if (*from <= *to) return CronRange{*from, *to};
  return unusable(field.name, text, "a range goes up: make two of it, with a comma between them");
}

Result<int> read_step(const CronField& field, std::string_view range, std::string_view text) {
  int step = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), step);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  const int widest = field.whole - field.least;
  if (!whole || step < 1 || step > widest) {
    return unusable(
        field.name, text,
        fmt::format("a step is 1 to {}; for longer spans there is every = \"90m\"", widest));
  }
  if (range != "*" && range.find('-') == std::string_view::npos) {
    return unusable(field.name, fmt::format("{}/{}", range, text),
                    fmt::format("a step needs a range: {}-{}/{}", range, field.whole, step));
  }
  return step;
}

Result<std::uint64_t> read_field(const CronField& field, std::string_view text) {
  std::uint64_t bits = 0;
  for (const std::string_view part : pieces(text, ",")) {
    const std::size_t slash = part.find('/');
    const std::string_view written = part.substr(0, slash);
    const Result<CronRange> range = read_range(field, written);
    if (!range) return range.error();
    const Result<int> step = slash == std::string_view::npos
                                 ? Result<int>(1)
                                 : read_step(field, written, part.substr(slash + 1));
    if (!step) return step.error();
    for (int value = range->from; value <= range->to; value += *step)
      bits |= std::uint64_t{1} << value;
  }
  return bits;
}

Result<std::string_view> expanded(std::string_view text) {
  if (!text.starts_with('@')) return text;
  const std::string word = to_lower(text);
  std::vector<std::string> known;
  for (const auto& [nickname, fields] : kNicknames) {
    if (nickname == word) return fields;
    known.emplace_back(nickname);
  }
  return Error{ErrorKind::Rejected, fmt::format("\"{}\" is not known; there is {}",
                                                printable(text, 40), fmt::join(known, ", "))};
}

}  // namespace

class CronReader {
 public:
  static Result<Cron> read(std::string_view text) {
    const Result<std::string_view> whole = expanded(text);
    if (!whole) return whole.error();
    std::vector<std::string_view> parts = pieces(*whole, " \t");
    std::erase(parts, "");
    if (parts.size() != 5) {
      return Error{ErrorKind::Rejected,
                   fmt::format("it has {} fields; write five: minute, hour, day of the month, "
                               "month, day of the week",
                               parts.size())};
    }
    Cron cron;
    cron.text_ = text;
    const std::array<std::pair<const CronField*, Cron::Bits*>, 5> fields{
        {{&kMinute, &cron.minutes_},
         {&kHour, &cron.hours_},
         {&kDay, &cron.days_},
         {&kMonth, &cron.months_},
         {&kWeekday, &cron.weekdays_}}};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const Result<Cron::Bits> bits = read_field(*fields[i].first, parts[i]);
      if (!bits) return bits.error();
      *fields[i].second = *bits;
    }
    if (has(cron.weekdays_, kSundayAgain)) cron.weekdays_ |= Cron::Bits{1} << kSunday;
    cron.either_day_ = !parts[2].starts_with('*') && !parts[4].starts_with('*');
    if (cron.ever_comes()) return cron;
    return Error{ErrorKind::Rejected,
                 fmt::format("month \"{}\" never has day \"{}\", so it would never run; write "
                             "a day that comes",
                             printable(parts[3], 40), printable(parts[2], 40))};
  }
};

Result<Cron> Cron::parse(std::string_view text) { return CronReader::read(trim(text)); }

/// Each date falls on each day of the week sooner or later, so months and their days decide.
bool Cron::ever_comes() const {
  if (either_day_) return true;
  const std::optional<int> soonest = first_of(days_, kDay.least);
  for (int month = kMonth.least; month <= kMonth.most; ++month)
    if (has(months_, month) && *soonest <= kLongest[static_cast<std::size_t>(month)]) return true;
  return false;
}

bool Cron::names(std::chrono::year_month_day date) const {
  const bool day = has(days_, static_cast<int>(static_cast<unsigned>(date.day())));
  const std::chrono::weekday of_date{local_days{date}};
  const bool weekday = has(weekdays_, static_cast<int>(of_date.c_encoding()));
  return either_day_ ? day || weekday : day && weekday;
}

std::optional<minutes> Cron::time_from(minutes of_day) const {
  const int hour = static_cast<int>(of_day / hours{1});
  const int minute = static_cast<int>((of_day % hours{1}).count());
  if (has(hours_, hour)) {
    if (const auto found = first_of(minutes_, minute)) return hours{hour} + minutes{*found};
  }
  const std::optional<int> later = first_of(hours_, hour + 1);
  if (!later) return std::nullopt;
  return hours{*later} + minutes{*first_of(minutes_, 0)};
}

LocalMinutes Cron::first_from(LocalMinutes at) const {
  local_days day = std::chrono::floor<days>(at);
  minutes of_day = at - day;
  while (true) {
    const std::chrono::year_month_day date{day};
    if (!has(months_, static_cast<int>(static_cast<unsigned>(date.month())))) {
      day = local_days{(date.year() / date.month() + std::chrono::months{1}) / std::chrono::day{1}};
    } else {
      const std::optional<minutes> time = names(date) ? time_from(of_day) : std::nullopt;
      if (time) return day + *time;
      day += days{1};
    }
    of_day = minutes{0};
  }
}

}  // namespace praxisync::schedule
