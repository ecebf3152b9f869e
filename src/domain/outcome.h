#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/time.h"

namespace praxisync {

/// How a screening ended.
enum class Verdict { Passed, Failed, Expired, Cancelled, Withdrawn };

std::string_view to_string(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view text);

struct Violations {
  int fullscreen = 0;
  int copy_paste = 0;
  friend bool operator==(const Violations&, const Violations&) = default;
};

/// A verdict with what the Assess API said of it; what it left out is nullopt.
struct Outcome {
  Verdict verdict = Verdict::Failed;
  std::optional<double> score_percentage{};  ///< 0 to 100
  std::optional<Milliseconds> time_spent{};
  std::optional<Violations> violations{};
  std::optional<Timestamp> completed_at{};
  std::string report_url{};  ///< absolute, or empty while no detail was read
  std::string cases{};       ///< "Two Sum 10/10, Joins 5/10"; empty while no detail was read

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// 85 as "85", 72.5 as "72.5": at most two decimals, no trailing zeros, '.' in every locale.
std::string format_score(double percentage);

}  // namespace praxisync
