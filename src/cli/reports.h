/// `--report FILE`: the places are looked at before anything is sent, and written whole or not at
/// all when it is over, however it ended.
#pragma once

#include <string>
#include <vector>

#include "cli/app.h"
#include "report/forms.h"
#include "report/plan_report.h"

namespace praxisync::cli {

/// --report and --report-personal-data, with what the first one's files may end in.
std::vector<OptionSpec> report_options(const std::string& endings);

class Reports {
 public:
  /// Rejected where a file's name ends in none of `forms`, or could not be written. The summary of
  /// a GitHub step, which is told anyway, is left out.
  static Result<Reports> wanted(const App& app, const ParsedOptions& options,
                                const std::vector<report::Form>& forms);

  report::Persons persons() const { return persons_; }

  /// False, with the reason printed, where one cannot be written; the others are.
  bool write(App& app, const report::RunReport& report) const;
  /// Likewise; `plan` is masked already where it is to be.
  bool write(App& app, const sync::Plan& plan) const;

 private:
  struct File {
    std::string path;
    report::Form form;
  };
  template <typename Render>
  bool write_all(App& app, Render render) const;

  std::vector<File> files_;
  report::Persons persons_ = report::Persons::Masked;
};

}  // namespace praxisync::cli
