#include "http/backoff.h"

#include <algorithm>

namespace praxisync::http {
namespace {

Milliseconds share(Milliseconds span, double part) {
  return Milliseconds{static_cast<Milliseconds::rep>(static_cast<double>(span.count()) * part)};
}

}  // namespace

Milliseconds backoff(const BackoffPolicy& policy, int attempt, double jitter,
                     std::optional<Milliseconds> retry_after) {
  Milliseconds ceiling = policy.base;
  for (int doubled = 1; doubled < attempt && ceiling < policy.cap; ++doubled) ceiling *= 2;
  ceiling = std::max(std::min(ceiling, policy.cap), policy.floor);
  const Milliseconds ours = policy.floor + share(ceiling - policy.floor, jitter);
  if (!retry_after || *retry_after <= ours) return ours;
  return *retry_after + share(policy.base, jitter);
}

}  // namespace praxisync::http
