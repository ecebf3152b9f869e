/// Candidates who take their tests as virtual time goes by. What one does depends on the seed, the
/// address and the assessment alone, so it does not matter in which order people are invited.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/outcome.h"
#include "domain/time.h"

namespace praxisync::sandbox {

struct CandidateBehaviour {
  double never_start = 0.12;         ///< share of people who do not start by themselves
  double start_when_reminded = 0.4;  ///< share of those whom a reminder moves
  double give_up = 0.03;             ///< share of those who start and never finish
  double violate = 0.08;             ///< share of sessions with proctoring violations
  Milliseconds start_after_min = std::chrono::hours{1};
  Milliseconds start_after_max = std::chrono::hours{120};
  Milliseconds duration_min = std::chrono::minutes{25};
  Milliseconds duration_max = std::chrono::minutes{110};
  double score_mean = 72;    ///< per cent
  double score_spread = 30;  ///< per cent: nobody is further from the mean
};

/// What one candidate does with one invitation.
struct CandidatePlan {
  std::optional<Milliseconds> start_after{};  ///< since the invitation
  std::optional<Milliseconds>
      start_after_reminder{};              ///< only those who do not start by themselves
  std::optional<Milliseconds> duration{};  ///< nullopt: starts and gives up
  double score_percentage = 0;
  Violations violations{};
};

CandidatePlan plan_of(const CandidateBehaviour& behaviour, std::uint64_t seed,
                      std::string_view email_key, std::string_view assessment_slug);

}  // namespace praxisync::sandbox
