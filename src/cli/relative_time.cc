#include "cli/relative_time.h"

#include <fmt/format.h>

#include <array>

namespace praxisync::cli {
namespace {

struct Unit {
  std::chrono::seconds length;
  const char* name;
};

constexpr std::array<Unit, 5> kUnits{{{std::chrono::days{365}, "y"},
                                      {std::chrono::days{1}, "d"},
                                      {std::chrono::hours{1}, "h"},
                                      {std::chrono::minutes{1}, "min"},
                                      {std::chrono::seconds{1}, "s"}}};

}  // namespace

std::string relative_time(Timestamp at, Timestamp now) {
  const Milliseconds span = at > now ? at - now : now - at;
  for (const Unit& unit : kUnits) {
    if (span < unit.length) continue;
    return fmt::format(fmt::runtime(at > now ? "in {} {}" : "{} {} ago"), span / unit.length,
                       unit.name);
  }
  return "now";
}

}  // namespace praxisync::cli
