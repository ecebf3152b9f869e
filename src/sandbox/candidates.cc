#include "sandbox/candidates.h"

#include <algorithm>
#include <cmath>

#include "domain/random.h"

namespace praxisync::sandbox {
namespace {

/// FNV-1a, so that the plan is the same on every machine.
std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  for (const char byte : text) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3U;
  }
  return (hash ^ 0xffU) * 0x100000001b3U;
}

Milliseconds between(Random& random, Milliseconds low, Milliseconds high) {
  const auto span = std::max<Milliseconds::rep>(high.count() - low.count(), 0);
  return low +
         Milliseconds{static_cast<Milliseconds::rep>(random.unit() * static_cast<double>(span))};
}

/// A hump around the mean: the mean of three even draws.
double score(Random& random, const CandidateBehaviour& behaviour) {
  const double off = (random.unit() + random.unit() + random.unit()) / 1.5 - 1;
  return std::clamp(std::round(behaviour.score_mean + off * behaviour.score_spread), 0.0, 100.0);
}

}  // namespace

CandidatePlan plan_of(const CandidateBehaviour& behaviour, std::uint64_t seed,
                      std::string_view email_key, std::string_view assessment_slug) {
  SeededRandom random(mix(mix(0xcbf29ce484222325U ^ seed, email_key), assessment_slug));
  // Every draw is made for everybody, so that changing one share leaves the other draws as they
  // were.
  const bool starts = random.unit() >= behaviour.never_start;
  const bool can_be_moved = random.unit() < behaviour.start_when_reminded;
  const bool finishes = random.unit() >= behaviour.give_up;
  const bool violates = random.unit() < behaviour.violate;
  const Milliseconds start_after =
      between(random, behaviour.start_after_min, behaviour.start_after_max);
  const Milliseconds duration = between(random, behaviour.duration_min, behaviour.duration_max);
  const Milliseconds after_reminder =
      between(random, std::chrono::minutes{30},
              std::max<Milliseconds>(behaviour.start_after_max / 4, std::chrono::hours{1}));

  CandidatePlan plan;
  if (starts) plan.start_after = start_after;
  if (!starts && can_be_moved) plan.start_after_reminder = after_reminder;
  if (finishes) plan.duration = duration;
  plan.score_percentage = score(random, behaviour);
  if (violates) {
    plan.violations.fullscreen = static_cast<int>(random.below(3));
    plan.violations.copy_paste = 1 + static_cast<int>(random.below(3));
  }
  return plan;
}

}  // namespace praxisync::sandbox
