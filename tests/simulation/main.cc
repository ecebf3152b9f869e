/// praxisync-sim: plays hostile worlds and says what broke.
#include <fmt/format.h>
#include <sqlite3.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "simulation/campaign.h"
#include "simulation/play.h"
#include "simulation/shrink.h"

namespace praxisync::simulation {
namespace {

constexpr const char* kUsage =
    "praxisync-sim [--seed N | --seeds A..B | --schedule FILE] [--jobs J] [--seconds S]\n"
    "              [--minutes M] [--until-broken] [--twice] [--list | --list-all] [--shrink]\n"
    "              [--trace]\n"
    "\n"
    "  --seed N         plays one world and prints its trace hash\n"
    "  --seeds A..B     plays that many, over J processes\n"
    "  --schedule FILE  plays a schedule that --shrink printed\n"
    "  --seconds S, --minutes M  ends then, wherever it is\n"
    "  --until-broken   ends at the first violation\n"
    "  --twice          plays each twice: the hashes must be equal\n"
    "  --list           prints how often each rare place was reached, and fails where one never "
    "was\n"
    "  --list-all       likewise, with every step of a screening's state: for thousands of worlds\n"
    "  --shrink         makes a failing world small, and prints it as a schedule\n"
    "  --trace          prints everything that happened\n";

struct Wanted {
  CampaignOptions campaign;
  std::optional<std::uint64_t> seed{};
  std::string schedule{};
  std::optional<Reach> list{};
  bool shrinks = false, trace = false;
};

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read_range(std::string_view text, CampaignOptions& campaign) {
  const std::size_t dots = text.find("..");
  return dots != std::string_view::npos && read_number(text.substr(0, dots), campaign.first) &&
         read_number(text.substr(dots + 2), campaign.last) && campaign.first <= campaign.last;
}

std::optional<Wanted> read_arguments(const std::vector<std::string>& arguments) {
  Wanted wanted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name == "--until-broken") {
      wanted.campaign.until = Until::FirstViolation;
    } else if (name == "--twice") {
      wanted.campaign.plays = Plays::Twice;
    } else if (name == "--list") {
      wanted.list = Reach::Slice;
    } else if (name == "--list-all") {
      wanted.list = Reach::Campaign;
    } else if (name == "--shrink") {
      wanted.shrinks = true;
    } else if (name == "--trace") {
      wanted.trace = true;
    } else if (++i == arguments.size()) {
      return std::nullopt;
    } else if (name == "--schedule") {
      wanted.schedule = arguments[i];
    } else if (name == "--seeds") {
      if (!read_range(arguments[i], wanted.campaign)) return std::nullopt;
    } else {
      int number = 0;
      std::uint64_t seed = 0;
      if (!read_number(arguments[i], seed) ||
          (name != "--seed" && !read_number(arguments[i], number)))
        return std::nullopt;
      if (name == "--seed") {
        wanted.seed = seed;
      } else if (name == "--jobs") {
        wanted.campaign.jobs = number;
      } else if (name == "--seconds") {
        wanted.campaign.seconds = number;
      } else if (name == "--minutes") {
        wanted.campaign.seconds = number * 60;
      } else {
        return std::nullopt;
      }
    }
  }
  if (wanted.campaign.jobs < 1) return std::nullopt;
  return wanted;
}

Lines lines_of(const Wanted& wanted) { return wanted.trace ? Lines::Keep : Lines::Drop; }

int tell(const World& world, const Wanted& wanted) {
  const auto& [schedule, played] = world;
  for (const std::string& line : played.lines) fmt::print("{}\n", line);
  fmt::print("seed {}: {} events, {} faults, trace {:016x}\n", schedule.seed, played.events,
             played.faults, played.hash);
  for (const Violation& violation : played.violations)
    fmt::print("{}: {}\n", violation.invariant, violation.what);
  bool same = true;
  if (wanted.campaign.plays == Plays::Twice) {
    same = play(schedule).hash == played.hash;
    if (!same) fmt::print("REPLAY: two plays of one schedule differ\n");
  }
  if (played.violations.empty()) return same ? 0 : 1;
  if (wanted.shrinks) fmt::print("\n{}", to_text(shrink(schedule)));
  return 1;
}

int list(const Campaign& campaign, Reach reach) {
  for (const auto& [place, times] : campaign.reached) fmt::print("{:>10}  {}\n", times, place);
  int never = 0;
  for (const std::string& place : must_be_reached(reach)) {
    if (campaign.reached.contains(place)) continue;
    ++never;
    fmt::print("     never  {}\n", place);
  }
  return never;
}

int play_many(const Wanted& wanted) {
  const Campaign campaign = run_campaign(wanted.campaign);
  const int never = wanted.list ? list(campaign, *wanted.list) : 0;
  for (const Failure& failure : campaign.failures)
    fmt::print("seed {}: {}: {}\n", failure.seed, failure.invariant, failure.what);
  const double schedules = static_cast<double>(std::max(campaign.schedules, 1LL));
  fmt::print(
      "{} schedules in {:.1f} s: {:.0f} a minute; {:.0f} events and {:.1f} faults each, {} small; "
      "trace {:016x}\n",
      campaign.schedules, campaign.seconds,
      static_cast<double>(campaign.schedules) / campaign.seconds * 60,
      static_cast<double>(campaign.events) / schedules,
      static_cast<double>(campaign.faults) / schedules, campaign.small, campaign.hash);
  fmt::print("{} violations, {} rare places never reached\n", campaign.failures.size(), never);
  return campaign.failures.empty() && never == 0 ? 0 : 1;
}

int run(const std::vector<std::string>& arguments) {
  const std::optional<Wanted> wanted = read_arguments(arguments);
  if (!wanted) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  if (!wanted->schedule.empty()) {
    std::ifstream file(wanted->schedule);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const Result<Schedule> schedule = parse_schedule(text);
    if (!file || !schedule) {
      fmt::print(stderr, "{}: {}\n", wanted->schedule,
                 schedule ? "cannot be read" : schedule.error().what);
      return 2;
    }
    return tell({*schedule, play_and_compare(*schedule, lines_of(*wanted))}, *wanted);
  }
  if (wanted->seed) return tell(play_world(*wanted->seed, lines_of(*wanted)), *wanted);
  return play_many(*wanted);
}

}  // namespace
}  // namespace praxisync::simulation

/// SQLite for one thread, without statistics, and with room for small things put by.
void spare_what_nobody_needs() {
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 512, 2000);
}

int main(int count, char** arguments) {
  spare_what_nobody_needs();
  return praxisync::simulation::run({arguments + 1, arguments + count});
}
