/// What the place where output goes can do. Found out once for stdout and once for stderr.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace praxisync::cli {

enum class Colour { Off, On };

struct Terminal {
  bool tty = false;      ///< a person looks at it
  bool redraws = false;  ///< it can go back to a line's start and clear it
  Colour colour = Colour::Off;
  std::size_t width = 0;  ///< in columns; 0: no limit, as in a file or a pipe
};

enum class Device { Tty, Other };

/// By the conventions that people know: NO_COLOR (not empty) switches colour off whatever else is
/// said, CLICOLOR_FORCE (not empty, not "0") on for pipes as well, TERM=dumb takes it from a
/// terminal. `columns` is what the device reports, 0 where it does not: then COLUMNS counts,
/// then 80.
Terminal describe(Device device, std::size_t columns,
                  const std::map<std::string, std::string>& environment);

/// The same for an open file descriptor: 1 for stdout, 2 for stderr.
Terminal inspect(int descriptor, const std::map<std::string, std::string>& environment);

}  // namespace praxisync::cli
