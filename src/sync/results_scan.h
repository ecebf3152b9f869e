#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/context.h"

namespace praxisync::sync {

/// Reads one assessment's results, newest first, down to where everything was seen before. The
/// watermark moves only when a scan has reached the old one, so that an interrupted scan leaves no
/// hole; once in Options::full_sweep it reads on to the oldest contact that is still open, should a
/// result ever appear out of order.
struct ResultsEnd {
  Course course = Course::GoOn;
  std::optional<int>
      news;  ///< rows that told something new; nullopt: there may be more, not read yet
};
ResultsEnd scan_results(Context& context, const std::string& assessment, Timestamp oldest_contact);

/// Rows as the store takes them.
std::vector<store::SessionResult> sessions_of(const std::vector<assess::ResultRow>& rows);

/// Whether it has to be read, whatever is known from elsewhere: it was not read to the end in
/// Options::full_sweep, or a scan is under way.
Result<bool> scan_is_due(Context& context, const std::string& assessment, Timestamp oldest_contact);

}  // namespace praxisync::sync
