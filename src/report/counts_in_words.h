/// What a run did, as people read it: the same words in every table.
#pragma once

#include <vector>

#include "sync/run_report.h"

namespace praxisync::report {

struct CountInWords {
  const char* what;
  long long count;
  bool part_of_the_last = false;  ///< of the completed ones
};

/// Those that are not 0, in the order of the work.
std::vector<CountInWords> counts_in_words(const sync::Counts& counts);

}  // namespace praxisync::report
