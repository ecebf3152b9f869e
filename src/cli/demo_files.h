#pragma once

#include <string>

namespace praxisync::cli {

/// The export of a made-up ATS: the sandbox's demo_applicants(). The same every time.
std::string demo_export();
/// The [[connector]] that reads it.
std::string demo_file_connector();

/// The demo's config: three routes, two to assessments and one to a pipeline, from the
/// [[connector]] "ats".
std::string demo_config(const std::string& base_url, const std::string& connector);

}  // namespace praxisync::cli
