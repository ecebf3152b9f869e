/// Cron expressions: which minutes of a calendar they name. Pure: no time zone, no clock.
///
/// Five fields (minute, hour, day of the month, month, day of the week), each `*`, a number, a name
/// (jan, mon), a range (`9-17`), a step (`*/15`, `9-17/2`) or a list of them; or one of @hourly,
/// @daily, @midnight, @weekly, @monthly, @yearly, @annually. Sunday is 0 or 7. Where neither day
/// begins with `*`, a date that fits one of them will do; else it must fit both (cron's own rule).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace praxisync::schedule {

/// What a clock on the wall shows, to the minute; in which zone is the caller's to know.
using LocalMinutes = std::chrono::local_time<std::chrono::minutes>;

class Cron {
 public:
  /// Rejected, with the field and how to mend it, where it cannot be read or names no date that
  /// ever comes, such as 30 February.
  static Result<Cron> parse(std::string_view text);

  /// As it was written, without space around it.
  const std::string& text() const { return text_; }
  /// The first reading that it names, `at` itself included.
  LocalMinutes first_from(LocalMinutes at) const;

  friend bool operator==(const Cron&, const Cron&) = default;

 private:
  friend class CronReader;
  using Bits = std::uint64_t;  ///< bit n: the value n

  bool names(std::chrono::year_month_day date) const;
  bool ever_comes() const;
  std::optional<std::chrono::minutes> time_from(std::chrono::minutes of_day) const;

  std::string text_;
  Bits minutes_ = 0, hours_ = 0, days_ = 0, months_ = 0, weekdays_ = 0;
  bool either_day_ = false;  ///< neither day begins with `*`
};

}  // namespace praxisync::schedule
