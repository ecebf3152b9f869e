#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Reads one assessment's results, newest first, down to where everything was seen before. The
/// watermark moves only when a scan has reached the old one, so that an interrupted scan leaves no
/// hole; once in Options::full_sweep it reads on to the oldest contact that is still open, should a
/// result ever appear out of order.
Course scan_results(Context& context, const std::string& assessment, Timestamp oldest_contact);

}  // namespace praxisync::sync
