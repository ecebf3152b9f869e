#include "report/step_watch.h"

#include <algorithm>

namespace praxisync::report {

void StepWatch::ended(const sync::RunReport& report) {
  close();
  next_.ended(report);
}

void StepWatch::step(std::string_view name) {
  close();
  next_.step(name);
  const auto known = [&](std::string_view wanted) {
    return std::ranges::find(times_, wanted, &StepTime::name);
  };
  auto entry = known(name);
  if (entry == times_.end() && times_.size() >= kMostSteps) entry = known(name = "others");
  if (entry == times_.end()) {
    times_.push_back({std::string(name), Milliseconds{}, 0});
    entry = std::prev(times_.end());
  }
  ++entry->times;
  open_ = static_cast<std::size_t>(entry - times_.begin());
  opened_at_ = clock_.uptime().since;
}

void StepWatch::close() {
  if (open_) times_[*open_].took += clock_.uptime().since - opened_at_;
  open_.reset();
}

}  // namespace praxisync::report
