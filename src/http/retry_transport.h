/// Repeats what may be repeated, and nothing else: it obeys Request::repeat and never guesses from
/// the verb. Stands above whatever counts, guards or sends, so that each attempt passes through
/// those.
///
/// Repeated are: any request after a Transient error (nothing took effect) or a 429 (likewise), and
/// a Safe one after a status that `classify` calls Transient or Throttled. Waiting for Retry-After
/// ends at `max_wait` and at the deadline: past them the answer is given back as it is, so that its
/// error says when to come back. What a 429 without Retry-After means is the peer's business: see
/// RetryPolicy::unsaid.
#pragma once

#include <functional>
#include <string>

#include "domain/clock.h"
#include "domain/random.h"
#include "http/backoff.h"
#include "http/transport.h"

namespace praxisync::http {

/// A 429 that does not say when to come back.
enum class Unsaid {
  GiveBack,  ///< the Assess API means its documented hour
  BackOff,   ///< a window of seconds: wait as after any other failure
};

struct RetryPolicy {
  int max_attempts = 4;  ///< of one request, the first one included
  BackoffPolicy backoff{};
  Milliseconds max_wait{30'000};  ///< a longer Retry-After is not waited for
  /// Over the transport's lifetime no more retries than this many and `percent` of the requests, so
  /// that a storm ends instead of being fed.
  int free_retries = 10;
  int percent = 10;
  std::function<Timestamp()> deadline{};  ///< no wait goes past it; empty: none
  Unsaid unsaid = Unsaid::GiveBack;
};

/// One wait before a repetition, for logs and progress.
struct RetryNotice {
  int attempt = 0;  ///< the number of the attempt that failed, from 1
  Milliseconds wait{};
  std::string why;
};

class RetryTransport final : public Transport {
 public:
  RetryTransport(Transport& next, Clock& clock, Random& random, RetryPolicy policy,
                 std::function<void(const RetryNotice&)> notice = {});

  /// Exhausted when the clock came back early from a wait: the program was told to stop.
  Result<Response> send(const Request& request) override;

 private:
  bool take_retry();

  Transport& next_;
  Clock& clock_;
  Random& random_;
  RetryPolicy policy_;
  std::function<void(const RetryNotice&)> notice_;
  long long requests_ = 0, retries_ = 0;
};

}  // namespace praxisync::http
