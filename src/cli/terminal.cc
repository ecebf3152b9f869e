#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <string_view>

namespace praxisync::cli {
namespace {

constexpr std::size_t kUsualWidth = 80;

std::string_view value_of(const std::map<std::string, std::string>& environment,
                          const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string_view{} : std::string_view{found->second};
}

Colour choose_colour(Device device, const std::map<std::string, std::string>& environment) {
  if (!value_of(environment, "NO_COLOR").empty()) return Colour::Off;
  const std::string_view force = value_of(environment, "CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return Colour::On;
  if (value_of(environment, "TERM") == "dumb") return Colour::Off;
  return device == Device::Tty ? Colour::On : Colour::Off;
}

std::size_t choose_width(std::size_t columns,
                         const std::map<std::string, std::string>& environment) {
  if (columns > 0) return columns;
  const std::string_view text = value_of(environment, "COLUMNS");
  std::size_t width = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), width);
  const bool usable = failure == std::errc{} && end == text.data() + text.size() && width > 0;
  return usable ? width : kUsualWidth;
}

}  // namespace

Terminal describe(Device device, std::size_t columns,
                  const std::map<std::string, std::string>& environment) {
  Terminal terminal;
  terminal.tty = device == Device::Tty;
  terminal.redraws = terminal.tty && value_of(environment, "TERM") != "dumb";
  terminal.colour = choose_colour(device, environment);
  terminal.width = terminal.tty ? choose_width(columns, environment) : 0;
  return terminal;
}

Terminal inspect(int descriptor, const std::map<std::string, std::string>& environment) {
  if (::isatty(descriptor) != 1) return describe(Device::Other, 0, environment);
  winsize size{};
  const bool known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0;
  return describe(Device::Tty, known ? size.ws_col : 0, environment);
}

}  // namespace praxisync::cli
