#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/terminal_text.h"

namespace praxisync::cli {
namespace {

constexpr Milliseconds kBetweenDrawings{100};
constexpr Milliseconds kBeforeARate{1000};  // a rate of less time says nothing
constexpr std::string_view kClearLine = "\r\x1b[K";

/// 12300 as "12,300".
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace

Progress::Progress(std::ostream& out, const Terminal& terminal, const Clock& clock)
    : out_(out),
      terminal_(terminal),
      clock_(clock),
      started_(clock.now()),
      phase_started_(started_) {}

void Progress::show(std::string_view phase, std::uint64_t done,
                    std::optional<std::uint64_t> total) {
  if (!terminal_.redraws) return;
  const Timestamp now = clock_.now();
  if (phase != phase_) {
    phase_ = phase;
    phase_started_ = now;
    phase_first_ = done;
  }
  done_ = done;
  total_ = total;
  // A clock that was set back must not freeze the line.
  const bool recent = drawn_at_ && now >= *drawn_at_ && now - *drawn_at_ < kBetweenDrawings;
  if (!recent) draw(now);
}

void Progress::clear() {
  if (!visible_) return;
  out_ << kClearLine << std::flush;
  visible_ = false;
}

void Progress::draw(Timestamp now) {
  // The last column stays free: some terminals break the line when it is written.
  out_ << kClearLine << fit(one_line(line(now)), terminal_.width - 1) << std::flush;
  drawn_at_ = now;
  visible_ = true;
}

std::string Progress::line(Timestamp now) const {
  std::string out = phase_ + "  " + grouped(done_);
  if (total_) out += "/" + grouped(*total_);
  const Milliseconds in_phase = now - phase_started_;
  if (in_phase >= kBeforeARate && done_ >= phase_first_) {
    const double seconds = static_cast<double>(in_phase.count()) / 1000.0;
    const double rate = static_cast<double>(done_ - phase_first_) / seconds;
    out += rate < 10 ? fmt::format("  {:.1f}/s", rate)
                     : "  " + grouped(static_cast<std::uint64_t>(rate)) + "/s";
  }
  const auto passed = std::chrono::floor<std::chrono::seconds>(std::max(now - started_, {}));
  return out + "  " + format_duration(passed);
}

}  // namespace praxisync::cli
