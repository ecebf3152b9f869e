#include "simulation/watched_connector.h"

namespace praxisync::simulation {

WatchedConnector::WatchedConnector(connector::Connector& next, Ats& ats, Safety& safety,
                                   store::Store& durable, int& writes)
    : next_(next), ats_(ats), safety_(safety), durable_(durable), writes_(writes) {
  ats_.may_write = false;  // a process that died in a write is gone
}

Result<ApplicationPage> WatchedConnector::pull(const Cursor& after) {
  safety_.is_asked(ats_);
  Result<ApplicationPage> page = next_.pull(after);
  if (page) safety_.told(ats_, after, *page);
  if (page && !page->more) safety_.came_to_its_end(ats_);
  const bool midst = page && (page->sweep == Sweep::Continues || page->sweep == Sweep::Ends);
  // What an earlier run began tells of its first pages what was then.
  if (page && !midst && page->sweep != Sweep::Further) begun_here_ = true;
  if (ats_.empty) ats_.hid_news = true;
  if (ats_.empty && midst) ats_.hid_people = true;
  if (!page || page->more || ats_.empty || !begun_here_) return page;
  const bool swept = page->sweep == Sweep::Whole || page->sweep == Sweep::Ends;
  if (swept) ats_.hid_news = false;
  if (swept || (tells_everything_ && !ats_.hid_news)) safety_.was_read(ats_);
  return page;
}

Result<Written> WatchedConnector::write(const WriteBack& action) {
  ++writes_;
  safety_.write(ats_, action, durable_);
  ats_.may_write = true;
  Result<Written> written = next_.write(action);
  ats_.may_write = false;
  return written;
}

}  // namespace praxisync::simulation
