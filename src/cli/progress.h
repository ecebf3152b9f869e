/// One line on a terminal that says how far a run is: phase, counts, rate, time passed. On anything
/// else it writes nothing. Used from the engine's thread alone; whoever writes to the same terminal
/// clears it first (Log does).
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "domain/clock.h"

namespace praxisync::cli {

class Progress {
 public:
  /// The time that passes is counted from here.
  Progress(std::ostream& out, const Terminal& terminal, const Clock& clock);

  /// Where the run is now. The line is drawn anew ten times a second at the most; a call between is
  /// cheap. A new phase starts its rate from zero.
  void show(std::string_view phase, std::uint64_t done,
            std::optional<std::uint64_t> total = std::nullopt);

  /// Takes the line away; the next show() may bring it back.
  void clear();

 private:
  void draw(Timestamp now);
  std::string line(Timestamp now) const;

  std::ostream& out_;
  Terminal terminal_;
  const Clock& clock_;
  Timestamp started_;
  std::string phase_;
  Timestamp phase_started_;
  std::uint64_t phase_first_ = 0;
  std::uint64_t done_ = 0;
  std::optional<std::uint64_t> total_;
  std::optional<Timestamp> drawn_at_;
  bool visible_ = false;
};

}  // namespace praxisync::cli
