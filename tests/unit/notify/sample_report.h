#pragma once

#include "sync/run_report.h"

namespace praxisync::notify {

/// Run 12, three seconds long, that ended so.
inline sync::RunReport a_run(sync::Ending ending) {
  sync::RunReport report;
  report.run = RunKey{12};
  report.started_at = *parse_timestamp("2026-01-05T08:00:00Z");
  report.finished_at = *parse_timestamp("2026-01-05T08:00:03Z");
  report.counts.pulled = 40;
  report.counts.invited = 7;
  report.backlog.queued = 2;
  report.end(ending);
  return report;
}

}  // namespace praxisync::notify
