#include "cli/reports.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/github.h"
#include "cli/replaced_file.h"
#include "domain/text.h"
#include "report/plan_document.h"

namespace praxisync::cli {
namespace {

std::string ending_of(report::Form form) {
  switch (form) {
    case report::Form::Html:
      return ".html";
    case report::Form::Markdown:
      return ".md";
    case report::Form::Json:
      return ".json";
    case report::Form::JUnit:
      return ".xml";
  }
  return "";
}

Error refused(const std::string& path, std::string_view why) {
  return {ErrorKind::Rejected, fmt::format("--report {}: {}", printable(path, 200), why)};
}

Result<void> check_place(const std::string& path) {
  if (::access(folder_of(path).c_str(), W_OK) != 0) return refused(path, std::strerror(errno));
  struct stat found {};
  if (::lstat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode))
    return refused(path, "it is there already and is no plain file; name another");
  return {};
}

std::string render_plan(const sync::Plan& plan, report::Form form) {
  return form == report::Form::Json ? report::plan_document(plan) + "\n"
                                    : report::plan_markdown(plan);
}

}  // namespace

std::vector<OptionSpec> report_options(const std::string& endings) {
  return {{.name = "report",
           .argument = "FILE",
           .help = "write a report there; its name ends in " + endings,
           .occurs = Occurs::Often},
          {.name = "report-personal-data",
           .help = "name people in reports instead of masking them; such files are for their "
                   "owner alone"}};
}

Result<Reports> Reports::wanted(const App& app, const ParsedOptions& options,
                                const std::vector<report::Form>& forms) {
  Reports reports;
  if (options.has("report-personal-data")) reports.persons_ = report::Persons::Unmasked;
  for (const std::string& path : options.all("report")) {
    if (is_step_summary(app.environment, path)) continue;
    const auto form = report::form_of(path);
    if (!form || std::ranges::find(forms, *form) == forms.end()) {
      std::vector<std::string> endings;
      for (const report::Form known : forms) endings.push_back(ending_of(known));
      return refused(path, fmt::format("the name must end in one of {}, which says its form",
                                       fmt::join(endings, ", ")));
    }
    if (Result<void> free = check_place(path); !free) return std::move(free).error();
    reports.files_.push_back({path, *form});
  }
  return reports;
}

template <typename Render>
bool Reports::write_all(App& app, Render render) const {
  const mode_t mode = persons_ == report::Persons::Unmasked ? S_IRUSR | S_IWUSR
                                                            : S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  bool all = true;
  for (const File& file : files_) {
    const Result<void> written = replace_file(file.path, render(file.form), mode);
    if (written) continue;
    app.err << "praxisync: --report: " << written.error().what << "\n";
    all = false;
  }
  return all;
}

bool Reports::write(App& app, const report::RunReport& report) const {
  return write_all(app, [&](report::Form form) { return report::render(report, form); });
}

bool Reports::write(App& app, const sync::Plan& plan) const {
  return write_all(app, [&](report::Form form) { return render_plan(plan, form); });
}

}  // namespace praxisync::cli
