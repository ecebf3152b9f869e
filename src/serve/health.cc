#include "serve/health.h"

namespace praxisync::serve {
namespace {

http::Response answer(int status, std::string text) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
          .body = std::move(text) + "\n"};
}

}  // namespace

void Health::set_trouble(std::string trouble) {
  const std::lock_guard lock(mutex_);
  trouble_ = std::move(trouble);
}

http::Response Health::alive() const {
  const std::optional<LiveRun> running = live_.picture().running;
  if (running && clock_.now() - running->heard_at > kSilence)
    return answer(503, "run " + std::to_string(static_cast<std::int64_t>(running->run)) +
                           " has told nothing for " +
                           format_duration(clock_.now() - running->heard_at));
  return answer(200, "ok");
}

http::Response Health::ready() const {
  const std::lock_guard lock(mutex_);
  return trouble_.empty() ? answer(200, "ok") : answer(503, trouble_);
}

}  // namespace praxisync::serve
