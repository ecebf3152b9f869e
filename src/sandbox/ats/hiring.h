/// The demo's people in the world of any ATS that is played: the same jobs, stages and applicants
/// as in the demo's export.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/ats/recruiting.h"

namespace praxisync::sandbox::ats {

/// How jobs come by their stages.
enum class PlanShape { OnePerJob, OneForAll, Shared };
/// As the ATSs of that type do it.
PlanShape plan_shape(std::string_view type);

inline constexpr const char* kScoreField = "Assessment score";
inline constexpr const char* kReportField = "Assessment report";

/// Somebody who is or was in a stage that is routed.
struct Due {
  std::string application;
  std::string target;                    ///< the assessment's or pipeline's slug
  std::vector<std::string> people{};     ///< whose application it was, one after the other
  std::vector<std::string> addresses{};  ///< of theirs
  /// Since then a recruiter has decided, or the person is gone: nobody else moves it, and it need
  /// not be contacted.
  std::optional<Timestamp> taken{};
};

/// Fills a world that is empty; gives those who are in routed stages.
std::vector<Due> start_hiring(Recruiting& world, PlanShape shape);

/// Numbered people in the stage "Technical Test" of "Senior Backend Engineer", for worlds of any
/// size.
void add_crowd(Recruiting& world, int people);

}  // namespace praxisync::sandbox::ats
