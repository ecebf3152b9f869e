/// Who signed a webhook delivery. The Assess API (source 002) and the ATSs that we receive from all
/// sign with HMAC-SHA256 in hex; what of the delivery is signed differs. Pure. Used by `webhooks
/// verify` and by whatever receives deliveries: all must pass the signed text byte for byte.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/digest.h"
#include "domain/secret.h"

namespace praxisync {

using WebhookSecret = Secret<struct WebhookSecretTag>;  ///< signs deliveries

/// 64 lower-case hex digits.
Mac webhook_signature(std::string_view text, const WebhookSecret& secret);

/// Which of `secrets` made `signature`: the first that fits, or nullopt. Several, since both hold
/// while a secret is being changed. The signature may be in upper case and stand between spaces;
/// anything else than 64 hex digits fits none, and neither does an empty secret. The time it takes
/// tells nothing about how much of the signature is right.
std::optional<std::size_t> find_signing_secret(std::string_view text,
                                               std::string_view signature,
                                               std::span<const WebhookSecret> secrets);

}  // namespace praxisync
