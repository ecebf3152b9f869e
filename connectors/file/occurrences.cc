#include "connectors/file/occurrences.h"

namespace praxisync::file {

void Occurrences::add(const Application& application) {
  constexpr std::size_t kMost = 1000;
  const auto job = jobs_.find(application.job);
  const bool known = job != jobs_.end() && job->second.contains(application.stage);
  if (!known && pairs_ == kMost) return;
  pairs_ += known ? 0 : 1;
  ++jobs_[application.job][application.stage];
}

connector::Openings Occurrences::openings() const {
  connector::Openings openings{.all = {}, .extent = connector::Openings::Extent::Met};
  for (const auto& [job, stages] : jobs_) {
    connector::Opening opening{.job = {.id = {}, .name = job}, .stages = {}};
    for (const auto& [stage, applications] : stages)
      opening.stages.push_back({{.id = {}, .name = stage}, applications});
    openings.all.push_back(std::move(opening));
  }
  return openings;
}

}  // namespace praxisync::file
