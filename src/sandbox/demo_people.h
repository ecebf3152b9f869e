/// The made-up applicants of the demo, the same every time: for an export of an ATS and for ATSs
/// that are played.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace praxisync::sandbox {

struct DemoOpening {
  std::string_view job, stage;
  int people;
  std::string_view target;  ///< the assessment or pipeline that the stage is routed to; empty: none
};
const std::vector<DemoOpening>& demo_openings();

/// People in the stages that the demo's routes take.
inline constexpr int kDemoRouted = 250;

struct DemoApplicant {
  std::string_view given, family;
  std::string email;  ///< another one each
  const DemoOpening& opening;
};
/// In the order of the openings.
std::vector<DemoApplicant> demo_applicants();

}  // namespace praxisync::sandbox
