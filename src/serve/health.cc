#include "serve/health.h"

namespace praxisync::serve {

void Health::set_trouble(std::string trouble) {
  const std::lock_guard lock(mutex_);
  trouble_ = std::move(trouble);
}

http::Response Health::alive() const {
  const std::optional<LiveRun> running = live_.picture().running;
  if (running && clock_.now() - running->heard_at > kSilence)
    return http::plain_text(503, "run " + std::to_string(static_cast<std::int64_t>(running->run)) +
                                     " has told nothing for " +
                                     format_duration(clock_.now() - running->heard_at));
  return http::plain_text(200, "ok");
}

http::Response Health::ready() const {
  const std::lock_guard lock(mutex_);
  return trouble_.empty() ? http::plain_text(200, "ok") : http::plain_text(503, trouble_);
}

}  // namespace praxisync::serve
