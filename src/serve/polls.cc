#include "serve/polls.h"

#include <algorithm>

namespace praxisync::serve {

bool may_be_left_out(const Polls& polls, Timestamp now) {
  const auto recent = [&](const std::optional<Timestamp>& at) {
    return at && *at <= now && now - *at < polls.apart;
  };
  return !polls.delivered.empty() && recent(polls.last_complete) &&
         std::ranges::all_of(polls.delivered, recent);
}

}  // namespace praxisync::serve
