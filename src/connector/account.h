/// An account of an ATS behind HTTP: every request of a connector goes through it. From the outside
/// in: repeats what may be repeated, renews credentials once, keeps to the peer's pace, attaches
/// the credentials for one origin alone, and sends through World::transport. Used from the engine's
/// thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "connector/spec.h"
#include "domain/random.h"
#include "http/origin_gate.h"
#include "http/pace_transport.h"
#include "http/retry_transport.h"

namespace praxisync::connector {

/// Tries once more with new credentials when they are refused (401), and asks no more when those
/// are refused too: an account is not hammered with a bad key.
class RenewTransport final : public http::Transport {
 public:
  RenewTransport(http::Transport& next, std::function<void()> renew)
      : next_(next), renew_(std::move(renew)) {}

  /// Unauthorized, with nothing sent, once new credentials were refused as well.
  Result<http::Response> send(const http::Request& request) override;

 private:
  http::Transport& next_;
  std::function<void()> renew_;
  bool refused_ = false;
};

struct AccountPolicy {
  int requests = 0;  ///< in each span; 0: only the peer's headers count
  Milliseconds span = std::chrono::seconds{1};
  /// What a 429 means that does not say when to come back.
  Milliseconds unsaid_wait = std::chrono::minutes{1};
};

class Account {
 public:
  /// `renew` is called after a 401, before the one further attempt: drops a token that expired.
  Account(
      const World& world, http::Origin origin, http::Credentials credentials, AccountPolicy policy,
      std::function<void()> renew = [] {});
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  const http::Origin& origin() const { return origin_; }
  /// "https://api.example.com" and the path and query.
  std::string url(std::string_view path_and_query) const;

  /// Any answer, whatever its status; an error as Transport documents.
  Result<http::Response> send(const http::Request& request);
  /// The answer, where its status is 2xx; otherwise as an error of its class (see http::classify),
  /// 429 with this account's wait.
  Result<http::Response> ask(const http::Request& request);
  /// An answer that is no success as an error of its class.
  Error error_of(const http::Request& request, const http::Response& reply) const;

 private:
  Clock& clock_;
  http::Origin origin_;
  AccountPolicy policy_;
  SeededRandom random_;
  http::OriginGate gate_;
  http::PaceTransport pace_;
  RenewTransport renew_;
  http::RetryTransport retry_;
};

/// When the peer made this answer, by its own clock; `now` where it does not say, or says a time
/// before 1970, which no cursor can hold.
Timestamp server_time(const http::Response& reply, Timestamp now);

}  // namespace praxisync::connector
