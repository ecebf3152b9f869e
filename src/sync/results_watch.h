/// Learns who has finished, in the cheaper of two ways: by the results of each assessment in which
/// somebody waits, or by the list of invitations, which tells of all of them together, and then the
/// results of those alone in which somebody shows as completed. Whatever the list says, each
/// assessment's results are read once in Options::full_sweep.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sync/context.h"

namespace praxisync::sync {

class ResultsWatch {
 public:
  explicit ResultsWatch(Context& context) : context_(context) {}

  /// Finds out where somebody waits, and expects those streams.
  Course plan();
  Course read();

 private:
  using Assessments = std::map<std::string, Timestamp>;  ///< and since when somebody waits

  Course plan_target(const store::Open& target);
  bool looks_at(const AssessmentSlug& assessment) const;
  Course read_stages();
  Course read_direct();
  Course read_results(const std::string& assessment, Timestamp oldest);
  Result<void> add_known_news();
  /// Reads the list of invitations; what it does not show as quiet stays to be read.
  Course look_in_list();
  /// Adds the least that the news could have been had for by either way.
  void add_least();

  Context& context_;
  Assessments stages_;  ///< a pipeline's: the list says nothing of their outcome
  Assessments direct_;
  std::set<std::string> with_news_;          ///< of the direct ones, those that must be read
  int list_pages_ = 0;                       ///< as estimated, or as read
  std::map<std::string, int> settled_news_;  ///< rows of news in each that is settled
};

}  // namespace praxisync::sync
