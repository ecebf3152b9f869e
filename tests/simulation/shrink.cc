#include "simulation/shrink.h"

#include <algorithm>

#include "simulation/play.h"

namespace praxisync::simulation {
namespace {

std::string broken(const Schedule& schedule) {
  const Played played = play_and_compare(schedule);
  return played.violations.empty() ? "" : played.violations.front().invariant;
}

/// Without steps of `size`, wherever it still breaks.
bool cut_steps(Schedule& schedule, std::size_t size, const std::string& invariant) {
  bool cut = false;
  for (std::size_t at = 0; at < schedule.steps.size();) {
    Schedule less = schedule;
    const auto from = less.steps.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t span = std::min(size, less.steps.size() - at);
    less.steps.erase(from, from + static_cast<std::ptrdiff_t>(span));
    if (broken(less) == invariant) {
      schedule = std::move(less);
      cut = true;
    } else {
      at += size;
    }
  }
  return cut;
}

bool cut_knobs(Schedule& schedule, const std::string& invariant) {
  bool cut = false;
  for (const Knob& knob : all_knobs()) {
    Schedule less = schedule;
    if (less.knobs.erase(std::string(knob.name)) == 0) continue;
    if (broken(less) == invariant) {
      schedule = std::move(less);
      cut = true;
    }
  }
  return cut;
}

/// Applicants behind the last one that a step names.
bool cut_people(Schedule& schedule, const std::string& invariant) {
  bool cut = false;
  while (schedule.people.size() > 1) {
    Schedule less = schedule;
    less.people.pop_back();
    if (broken(less) != invariant) break;
    schedule = std::move(less);
    cut = true;
  }
  return cut;
}

}  // namespace

Schedule shrink(Schedule schedule) {
  const std::string invariant = broken(schedule);
  if (invariant.empty()) return schedule;
  for (bool cut = true; cut;) {
    cut = false;
    for (std::size_t size = std::max<std::size_t>(schedule.steps.size() / 2, 1); size > 0;
         size /= 2)
      cut = cut_steps(schedule, size, invariant) || cut;
    cut = cut_knobs(schedule, invariant) || cut;
    cut = cut_people(schedule, invariant) || cut;
  }
  return schedule;
}

}  // namespace praxisync::simulation
