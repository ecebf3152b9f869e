#pragma once

#include <string>

namespace praxisync::cli {

/// People in the stages that the demo's routes take.
inline constexpr int kDemoRouted = 250;

/// The export of a made-up ATS: those, and some in other stages. The same every time.
std::string demo_export();

/// The demo's config: three routes, two to assessments and one to a pipeline.
std::string demo_config(const std::string& base_url);

}  // namespace praxisync::cli
