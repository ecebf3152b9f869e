/// What a connector says of a webhook delivery: whether the ATS sent it, and what kind of event it
/// tells of. Pure, from any thread. An event is only a hint of where to look now: nothing else of
/// it is used, so that everything comes right with all of them lost, repeated or in another order.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/webhook_signature.h"
#include "http/transport.h"

namespace praxisync::connector {

/// How long a delivery is remembered, so that a second one of it has no effect. A sender who signs
/// the time may send it again that much later, and no later.
inline constexpr Milliseconds kWebhookMemory = std::chrono::days{7};
/// How far a sender's clock may be ahead of ours.
inline constexpr Milliseconds kWebhookClockAhead = std::chrono::minutes{5};

/// As it came in; borrowed.
struct WebhookDelivery {
  const std::vector<http::Header>& headers;
  std::string_view body;  ///< byte for byte
};

enum class WebhookPurpose {
  Event,
  Test,       ///< a ping, or the vendor's test button: answered, and nothing else
  Handshake,  ///< the same, but anybody's: asked before there is a secret to sign with
};

/// What the sender wants to hear of a delivery that was taken.
struct WebhookAnswer {
  int status = 200;
  std::vector<http::Header> headers{};
};

struct WebhookEvent {
  std::string id{};    ///< the vendor's name of this delivery, of any length; empty: it gives none
  std::string kind{};  ///< as the vendor spells it, of any length; empty: the body does not say
  WebhookPurpose purpose = WebhookPurpose::Event;
  std::string part{};  ///< what of the account it is about; empty: look at all of it
  WebhookAnswer answer{};
};

/// Unauthorized, with the reason, unless one of the secrets signed it or it is a handshake. A
/// genuine one that cannot be read any further is an event all the same: its sender may be newer
/// than we are.
using ReadWebhook = std::function<Result<WebhookEvent>(
    const WebhookDelivery&, std::span<const WebhookSecret> secrets, Timestamp now)>;

/// The value of the one header of that name; empty where there is none, or more than one.
std::string_view sole_header(const std::vector<http::Header>& headers, std::string_view name);

/// Unauthorized unless one of the secrets made that signature of `text`.
Result<void> check_signature(std::string_view text, std::string_view signature,
                             std::span<const WebhookSecret> secrets);

/// For the usual form: the digits behind `prefix` in one header sign the raw body.
Result<void> check_signed_body(const WebhookDelivery& delivery, std::string_view name,
                               std::string_view prefix, std::span<const WebhookSecret> secrets);

/// The text under that key of the body's object; empty where there is none, or no JSON.
std::string body_text(const WebhookDelivery& delivery, std::string_view key);

/// Unauthorized where `signed_at` is so old that the delivery may be forgotten, or is still to
/// come.
Result<void> check_fresh(Timestamp signed_at, Timestamp now);
/// The same, of Unix seconds as they are spelt; Unauthorized too where they are none.
Result<void> check_fresh(std::string_view seconds, Timestamp now);

/// What every refusal is made with.
Error not_signed(std::string_view why);

}  // namespace praxisync::connector
