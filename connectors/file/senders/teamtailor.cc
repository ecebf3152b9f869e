#include <optional>

#include "connectors/file/senders/senders.h"
#include "http/base64.h"
#include "json/reader.h"

namespace praxisync::senders {
namespace {

struct Signature {
  std::string seconds;  ///< as it is spelt: it is signed
  std::string digits;
};

/// Of the base64 of "t=<Unix seconds>,v2=<hex>".
std::optional<Signature> read_signature(std::string_view header) {
  constexpr std::string_view kTime = "t=", kVersion = ",v2=";
  const std::optional<std::string> text = http::from_base64(header);
  if (!text || !text->starts_with(kTime)) return std::nullopt;
  const std::size_t end = text->find(kVersion);
  if (end == std::string::npos) return std::nullopt;
  return Signature{.seconds = text->substr(kTime.size(), end - kTime.size()),
                   .digits = text->substr(end + kVersion.size())};
}

/// As it was before the signature was put at its end; nullopt: it has none there.
std::optional<std::string> without_signature(std::string_view body) {
  constexpr std::string_view kMember = R"(,"signature":")", kEnd = R"("})";
  const std::size_t begin = body.rfind(kMember);
  if (begin == std::string_view::npos || !body.ends_with(kEnd)) return std::nullopt;
  const std::size_t value = begin + kMember.size();
  if (body.find('"', value) != body.size() - kEnd.size()) return std::nullopt;
  return std::string(body.substr(0, begin)) + '}';
}

std::string event_name(std::string_view text) {
  const Result<json::Value> body = json::Value::parse(text);
  if (!body) return {};
  const json::Value* const payload = body->find("payload");
  const json::Value* const name = (payload != nullptr ? *payload : *body).find("event_name");
  const auto* const found = name != nullptr ? name->get<std::string>() : nullptr;
  return found != nullptr ? *found : std::string();
}

}  // namespace

// 'Company webhooks' of the vendor's developer pages, version 2 of the signature: `TT-Signature` is
// the base64 of `t=<Unix seconds>,v2=<hex>`, and what is signed is that time, a dot and the raw
// body. Its documented bodies end with the signature itself, which cannot be signed by it: a body
// counts as it came, and as it is without that. Version 1 signs an id alone, and is not taken. The
// event is named by `payload.event_name`, or without the envelope. Nothing is sent again.
Result<connector::WebhookEvent> read_teamtailor(const connector::WebhookDelivery& delivery,
                                                std::span<const WebhookSecret> secrets,
                                                Timestamp now) {
  const std::optional<Signature> signature =
      read_signature(connector::sole_header(delivery.headers, "TT-Signature"));
  if (!signature) return connector::not_signed("its signature is missing or of another form");
  const auto signs = [&](std::string_view body) {
    return connector::check_signature(signature->seconds + '.' + std::string(body),
                                      signature->digits, secrets);
  };
  Result<void> genuine = signs(delivery.body);
  if (const auto bare = without_signature(delivery.body); !genuine && bare) genuine = signs(*bare);
  if (!genuine) return std::move(genuine).error();
  Result<void> fresh = connector::check_fresh(std::string_view(signature->seconds), now);
  if (!fresh) return std::move(fresh).error();
  connector::WebhookEvent event;
  event.kind = event_name(delivery.body);
  return event;
}

}  // namespace praxisync::senders
