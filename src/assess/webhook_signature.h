/// The signature of a webhook delivery: the header X-Praxicraft-Signature holds the HMAC-SHA256 of
/// the raw body in hex, keyed with the signing secret (source 002). Pure. Used by
/// `webhooks verify` and by whatever receives deliveries; both must pass the body byte for byte.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "assess/types.h"
#include "domain/digest.h"

namespace praxisync::assess {

/// 64 lower-case hex digits.
Mac webhook_signature(std::string_view raw_body, const WebhookSecret& secret);

/// Which of `secrets` made `signature`: the first that fits, or nullopt. Several, since both hold
/// while a secret is being changed. The header may be in upper case and stand between spaces;
/// anything else than 64 hex digits fits none, and neither does an empty secret. The time it takes
/// tells nothing about how much of the signature is right.
std::optional<std::size_t> find_signing_secret(std::string_view raw_body,
                                               std::string_view signature,
                                               std::span<const WebhookSecret> secrets);

}  // namespace praxisync::assess
