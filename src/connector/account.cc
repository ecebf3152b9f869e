#include "connector/account.h"

#include <utility>

#include "domain/text.h"
#include "http/classify.h"
#include "http/http_date.h"

namespace praxisync::connector {
namespace {

http::PacePolicy pace_of(const World& world, const AccountPolicy& policy) {
  return {.requests = policy.requests, .span = policy.span, .deadline = world.retry.deadline};
}

http::RetryPolicy retry_of(const World& world) {
  http::RetryPolicy policy = world.retry;
  policy.unsaid = http::Unsaid::BackOff;
  return policy;
}

}  // namespace

Result<http::Response> RenewTransport::send(const http::Request& request) {
  if (refused_) {
    return Error{ErrorKind::Unauthorized, "the credentials were refused before in this run"};
  }
  Result<http::Response> reply = next_.send(request);
  if (!reply || reply->status != 401) return reply;
  renew_();
  reply = next_.send(request);
  refused_ = reply && reply->status == 401;
  return reply;
}

Account::Account(const World& world, http::Origin origin, http::Credentials credentials,
                 AccountPolicy policy, std::function<void()> renew)
    : clock_(world.clock),
      origin_(std::move(origin)),
      policy_(policy),
      random_(world.seed),
      gate_(world.transport, origin_, std::move(credentials)),
      pace_(gate_, world.clock, pace_of(world, policy)),
      renew_(pace_, std::move(renew)),
      retry_(renew_, world.clock, random_, retry_of(world), world.notice) {}

std::string Account::url(std::string_view path_and_query) const {
  return http::to_string(origin_).append(path_and_query);
}

Result<http::Response> Account::send(const http::Request& request) { return retry_.send(request); }

Result<http::Response> Account::ask(const http::Request& request) {
  Result<http::Response> reply = send(request);
  if (!reply || (reply->status >= 200 && reply->status <= 299)) return reply;
  return error_of(request, *reply);
}

Error Account::error_of(const http::Request& request, const http::Response& reply) const {
  return http::error_of(request, reply, clock_.now(), policy_.unsaid_wait);
}

Timestamp server_time(const http::Response& reply, Timestamp now) {
  const auto told = http::date_of(reply);
  return told && *told > Timestamp{} ? *told : now;
}

}  // namespace praxisync::connector
