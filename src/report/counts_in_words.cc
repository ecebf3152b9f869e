#include "report/counts_in_words.h"

namespace praxisync::report {

std::vector<CountInWords> counts_in_words(const sync::Counts& counts) {
  std::vector<CountInWords> all{{"applications pulled", counts.pulled},
                                {"records set aside", counts.set_aside},
                                {"queued", counts.queued},
                                {"blocked", counts.blocked},
                                {"invited", counts.invited},
                                {"already invited", counts.already_invited},
                                {"enrolled", counts.enrolled},
                                {"reminded", counts.reminded},
                                {"cancelled", counts.cancelled},
                                {"completed", counts.completed},
                                {"passed", counts.passed, true},
                                {"failed", counts.failed, true},
                                {"expired", counts.expired},
                                {"written back", counts.written_back},
                                {"writes refused", counts.failed_writes}};
  std::erase_if(all, [](const CountInWords& one) { return one.count == 0; });
  return all;
}

}  // namespace praxisync::report
