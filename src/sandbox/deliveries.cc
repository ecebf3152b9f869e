#include "sandbox/deliveries.h"

#include <algorithm>

#include "domain/check.h"
#include "sandbox/signature.h"
#include "sandbox/wire.h"

namespace praxisync::sandbox {

void Deliveries::raise(std::string_view event, const Invitation& invitation, Timestamp at) {
  std::string body;
  for (Number webhook = 0; webhook < world_.webhooks.size(); ++webhook) {
    const auto& wanted = world_.webhooks[webhook].event_types;
    if (std::find(wanted.begin(), wanted.end(), event) == wanted.end()) continue;
    if (body.empty()) body = wire::Writer(world_, options_, at).event(event, invitation);
    queue(webhook, event, body, at);
  }
}

Number Deliveries::ping(Number webhook, Timestamp at) {
  return queue(webhook, "webhook.test", wire::Writer(world_, options_, at).test_event(), at);
}

Number Deliveries::queue(Number webhook, std::string_view event, std::string body, Timestamp at) {
  const Number number = world_.deliveries.size();
  WebhookDelivery row;
  row.webhook = webhook;
  row.event = event;
  row.created_at = row.due = at;
  row.signature = sign(world_.webhooks[webhook].signing_secret, body);
  row.body = std::move(body);
  world_.deliveries.push_back(std::move(row));
  due_.emplace(at, number);
  return number;
}

Attempt Deliveries::attempt_of(Number delivery) const {
  const WebhookDelivery& row = world_.deliveries[delivery];
  http::Request request;
  request.method = http::Method::Post;
  request.url = world_.webhooks[row.webhook].url;
  request.headers = {{"Content-Type", "application/json"},
                     {"X-Praxicraft-Signature", row.signature}};
  request.body = row.body;
  request.repeat = http::Repeat::Never;
  request.cost = http::Cost::Write;
  return {delivery, std::move(request)};
}

std::optional<Attempt> Deliveries::take(Timestamp now) {
  if (due_.empty() || due_.begin()->first > now) return std::nullopt;
  const Number delivery = due_.begin()->second;
  due_.erase(due_.begin());
  return attempt_of(delivery);
}

std::optional<Attempt> Deliveries::take_one(Number delivery) {
  if (due_.erase({world_.deliveries[delivery].due, delivery}) == 0) return std::nullopt;
  return attempt_of(delivery);
}

void Deliveries::settle(Number delivery, std::optional<int> status, Timestamp now) {
  using State = WebhookDelivery::State;
  WebhookDelivery& row = world_.deliveries[delivery];
  PRAXISYNC_CHECK(row.state == State::Waiting, "only an attempt that was taken is settled");
  const bool is_test = row.event == "webhook.test";
  row.last_status = status;
  row.due = now;
  ++row.attempts;
  if (status && *status >= 200 && *status <= 299) {
    row.state = State::Delivered;
    if (is_test) world_.webhooks[row.webhook].verified = true;
    return;
  }
  const auto failed = static_cast<std::size_t>(row.attempts);
  if (is_test || failed > kWaits.size()) {
    row.state = State::GivenUp;
    return;
  }
  row.due = now + kWaits[failed - 1];
  due_.emplace(row.due, delivery);
}

}  // namespace praxisync::sandbox
