/// The document that `sync --output json` prints and that is kept with the run. Its fields are a
/// contract: they are added to, never renamed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/request_totals.h"
#include "sync/run_report.h"

namespace praxisync::report {

std::string run_document(const sync::RunReport& report, const RequestTotals& requests);

/// What the list of runs shows of a kept document; zeros where it cannot be read.
struct RunSummary {
  long long pulled = 0;
  int invited = 0, enrolled = 0, completed = 0, written_back = 0, errors = 0;
  long long requests = 0, least = 0;
};
RunSummary summarize(const std::string& document);

/// The quota as a kept document has it; nullopt where the run did not read it.
std::optional<assess::Quota> quota_in(const std::string& document);

/// What went wrong in the run of a kept document; nothing where it cannot be read.
struct KeptProblem {
  std::string where, what;
  std::string kind;  ///< as to_string(ErrorKind)
  int count = 1;
};
std::vector<KeptProblem> problems_in(const std::string& document);

/// What a kept document says of why it asked in one way and not in another; nothing where it cannot
/// be read.
std::vector<sync::Decision> decisions_in(const std::string& document);

}  // namespace praxisync::report
