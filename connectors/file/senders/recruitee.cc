#include "connectors/file/senders/senders.h"
#include "json/reader.h"

namespace praxisync::senders {
namespace {

bool is_marked_as_test(std::string_view text) {
  const Result<json::Value> body = json::Value::parse(text);
  const json::Value* const found = body ? body->find("test") : nullptr;
  const bool* const test = found != nullptr ? found->get<bool>() : nullptr;
  return test != nullptr && *test;
}

}  // namespace

// https://docs.recruitee.com/docs/webhooks: a webhook is made only where `{"test":true}` is
// answered with 200, and only then its secret is shown; payloads of tests hold `test` too. A public
// client and a summary of those pages: `X-Recruitee-Signature` is the hex HMAC-SHA256 of the raw
// body, and `event_type` names the event. Neither an id nor a time is signed.
Result<connector::WebhookEvent> read_recruitee(const connector::WebhookDelivery& delivery,
                                               std::span<const WebhookSecret> secrets,
                                               Timestamp /*now*/) {
  connector::WebhookEvent event;
  const bool test = is_marked_as_test(delivery.body);
  Result<void> genuine =
      connector::check_signed_body(delivery, "X-Recruitee-Signature", "", secrets);
  if (!genuine && !test) return std::move(genuine).error();
  if (test)
    event.purpose =
        genuine ? connector::WebhookPurpose::Test : connector::WebhookPurpose::Handshake;
  event.kind = connector::body_text(delivery, "event_type");
  return event;
}

}  // namespace praxisync::senders
