#include "cli/github.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "cli/variable.h"
#include "report/annotations.h"
#include "report/markdown_report.h"
#include "report/plan_report.h"

namespace praxisync::cli {
namespace {

bool in_a_step(const App& app) { return variable(app.environment, "GITHUB_ACTIONS") == "true"; }

constexpr const char* kStepSummary = "GITHUB_STEP_SUMMARY";
constexpr const char* kStepOutput = "GITHUB_OUTPUT";

/// Other commands of the same step may have written there before.
std::size_t room_in_summary(const std::string& path) {
  std::error_code none;
  const std::uintmax_t there = std::filesystem::file_size(path, none);
  if (none) return report::kLongestSummary;
  return there < report::kLongestSummary ? report::kLongestSummary - there : 0;
}

void append(App& app, const char* name, const std::string& text) {
  const std::string path = variable(app.environment, name);
  if (path.empty() || text.empty()) return;
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << text << std::flush;
  if (!file) app.err << fmt::format("praxisync: the file of {} cannot be written\n", name);
}

}  // namespace

bool is_step_summary(const config::Environment& environment, const std::string& path) {
  return variable(environment, "GITHUB_ACTIONS") == "true" && !path.empty() &&
         path == variable(environment, kStepSummary);
}

void tell_github(App& app, const report::RunReport& report) {
  if (!in_a_step(app)) return;
  app.err << report::github_annotations(report) << std::flush;
  append(app, kStepSummary,
         report::markdown_report(report, room_in_summary(variable(app.environment, kStepSummary))));
  append(app, kStepOutput, report::github_outputs(report.run));
}

void tell_github(App& app, const sync::Plan& plan) {
  if (!in_a_step(app)) return;
  append(app, kStepSummary,
         report::plan_markdown(report::mask(plan),
                               room_in_summary(variable(app.environment, kStepSummary))));
  append(app, kStepOutput,
         fmt::format("persons={}\nwrite_backs={}\nheld={}\n", plan.persons, plan.writes.size(),
                     plan.held));
}

void tell_github(App& app, const std::string& refusal) {
  if (in_a_step(app)) app.err << report::github_error("praxisync", refusal) << std::flush;
}

}  // namespace praxisync::cli
