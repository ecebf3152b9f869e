/// Points in time and spans of it, and their text forms. Everything inside praxisync is UTC with
/// millisecond resolution; text is ISO 8601, read and written here alone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace praxisync {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/// "2026-11-21T08:15:00Z", with ".123" before the Z only where there are milliseconds.
std::string format_timestamp(Timestamp at);
/// The same instant by clocks that are ahead of UTC by `offset`, to the minute:
/// "2026-11-21T09:15:00+01:00".
std::string format_timestamp(Timestamp at, std::chrono::seconds offset);

/// Reads ISO 8601: a date, optionally with 'T' or a space, hours, minutes, seconds, a fraction and
/// 'Z' or an offset (+02:00, +0200). Without an offset the time is taken as UTC; digits beyond
/// milliseconds are dropped, so that a watermark is rounded down, never up. Years 1970 to 9999.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Reads "90s", "15m", "72h", "7d", "250ms" and sums such as "1h30m". Not negative, 100 years at
/// most.
std::optional<Milliseconds> parse_duration(std::string_view text);

/// The largest two units, for people: "3 d 4 h", "2 min", "850 ms".
std::string format_duration(Milliseconds span);

}  // namespace praxisync
