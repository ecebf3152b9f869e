#pragma once

#include <filesystem>
#include <string>

#include "domain/result.h"

namespace praxisync::cli {

Result<void> write_file(const std::filesystem::path& path, const std::string& text);

/// The export of a made-up ATS: the sandbox's demo_applicants(). The same every time.
std::string demo_export();
/// The [[connector]] that reads it.
std::string demo_file_connector();

/// The demo's config: three routes, two to assessments and one to a pipeline, from the
/// [[connector]] "ats".
std::string demo_config(const std::string& base_url, const std::string& connector);

}  // namespace praxisync::cli
