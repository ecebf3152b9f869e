#pragma once

#include <string>
#include <vector>

namespace praxisync::report {

/// "0", "10", … "90": where each ten of store::ScoreSpread begins, in percent.
const std::vector<std::string>& ten_labels();

/// "<1h", … "7d+": the steps of store::TimeSpread.
const std::vector<std::string>& time_labels();

}  // namespace praxisync::report
