#include "connectors/ashby/source.h"

#include <algorithm>
#include <utility>

namespace praxisync::ashby {

using connector::Pass;

Result<ApplicationPage> Source::pull(const Cursor& after) {
  Pass pass = connector::pass_after(after, policy_, clock_.now());
  // Ashby told no token behind its last list.
  if (pass.kind == Pass::Kind::News && pass.news.empty()) pass = connector::swept_instead(pass);
  for (;;) {
    // The token goes with every page of its pass: sheet, «3. Pagination» 3.
    Result<Listed> listed = api_.applications(pass.page, pass.news);
    if (!listed) return std::move(listed).error();
    if (listed->says == Says::Yes) return page_of(pass, *std::move(listed));
    const bool fresh = pass.at_start() && pass.news.empty();
    if (fresh) {
      return Error{ErrorKind::Malformed,
                   "application.list: a token is refused where none was sent"};
    }
    const bool again = listed->says == Says::PageLost && !pass.at_start();
    pass =
        again ? connector::restarted(std::move(pass)) : connector::swept_instead(std::move(pass));
  }
}

bool Source::is_routed(const Row& row) const {
  // Archived and hired applications keep coming in unfiltered lists: «11. Gotchas» 10.
  return row.status == "Active" && std::ranges::any_of(routed_, [&](const StageFilter& filter) {
           return filter.takes(row.application);
         });
}

ApplicationPage Source::page_of(const Pass& pass, Listed listed) const {
  RowPage& read = listed.page;
  ApplicationPage page{
      .applications = {},
      .set_aside = std::move(read.set_aside),
      .next = read.paging.more
                  ? connector::cursor_at(pass, read.paging.next_cursor, listed.answered)
                  : connector::cursor_behind(pass, listed.answered, read.paging.sync_token),
      .more = read.paging.more || connector::sweep_follows(pass, policy_, clock_.now()),
      .sweep = pass.shows(read.paging.more)};
  for (Row& row : read.rows) {
    if (is_routed(row)) {
      page.applications.push_back(std::move(row.application));
    } else {
      const bool open = row.status == "Active";
      Departure departure{std::move(row.application.id), std::move(row.application.stage)};
      if (open) {
        departure.job_id = std::move(row.application.job_id);
        departure.stage_id = std::move(row.application.stage_id);
      }
      page.left.push_back(std::move(departure));
    }
  }
  return page;
}

}  // namespace praxisync::ashby
