/// What a step of GitHub Actions is told beyond what every run says: annotations on stderr, which
/// the runner reads as it does stdout, so that stdout stays one document; the Markdown report at
/// the end of its summary; values for later steps. Nothing happens elsewhere: GITHUB_ACTIONS tells.
#pragma once

#include <string>

#include "cli/app.h"
#include "report/run_report.h"
#include "sync/plan.h"

namespace praxisync::cli {

/// Whether that is the file that GitHub shows as the step's summary: it is added to, never
/// replaced.
bool is_step_summary(const config::Environment& environment, const std::string& path);

/// What cannot be written is said, and changes no exit code.
void tell_github(App& app, const report::RunReport& report);
/// The summary and values of a plan, which is masked here.
void tell_github(App& app, const sync::Plan& plan);
/// Why nothing began.
void tell_github(App& app, const std::string& refusal);

}  // namespace praxisync::cli
