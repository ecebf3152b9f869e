#include "serve/live.h"

#include <algorithm>

namespace praxisync::serve {

void Live::begun(RunKey run, Timestamp at) {
  {
    const std::lock_guard lock(mutex_);
    picture_.running =
        LiveRun{.run = run, .since = at, .step = {}, .step_since = at, .heard_at = at};
  }
  next_.begun(run, at);
}

void Live::ended(const sync::RunReport& report) {
  {
    const std::lock_guard lock(mutex_);
    picture_.running.reset();
    picture_.ended = EndedRun{report.run, report.finished_at, report.ending};
  }
  next_.ended(report);
}

void Live::step(std::string_view name) {
  {
    const Timestamp now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (auto& run = picture_.running) {
      run->step = name;
      run->step_since = run->heard_at = now;
      run->done = 0;
      run->total.reset();
    }
  }
  next_.step(name);
}

void Live::progress(std::int64_t done, std::optional<std::int64_t> total) {
  {
    const Timestamp now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (auto& run = picture_.running) {
      run->done = done;
      run->total = total;
      if (total) run->total = std::max(*total, done);
      run->heard_at = now;
    }
  }
  next_.progress(done, total);
}

void Live::note(sync::Severity severity, const std::string& text) {
  {
    const Timestamp now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (auto& run = picture_.running) run->heard_at = now;
  }
  next_.note(severity, text);
}

void Live::expect_next(std::optional<Timestamp> at) {
  const std::lock_guard lock(mutex_);
  picture_.next_run = at;
}

LivePicture Live::picture() const {
  const std::lock_guard lock(mutex_);
  return picture_;
}

}  // namespace praxisync::serve
