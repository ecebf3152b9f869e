#include "http/origin_gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "domain/text.h"
#include "http/base64.h"
#include "http/header_check.h"

namespace praxisync::http {
namespace {

/// A header that only the gate may set: credentials by any usual name, and Host, which would take
/// them to another site of the same server.
bool is_reserved(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kMarks{"authorization", "cookie", "api-key",
                                                          "apikey",        "token",  "secret"};
  const std::string lower = to_lower(name);
  if (lower == "host") return true;
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

Error refused(std::string why) {
  return {ErrorKind::Fatal, fmt::format("request refused, nothing was sent: {}", why)};
}

}  // namespace

Credential bearer(const ApiKey& token) {
  return {.header = "Authorization", .value = ApiKey("Bearer " + token.reveal())};
}

Credential basic(const ApiKey& user, const ApiKey& password) {
  return {.header = "Authorization",
          .value = ApiKey("Basic " + base64(user.reveal() + ":" + password.reveal()))};
}

Credential key_header(std::string header, const ApiKey& value) {
  return {.header = std::move(header), .value = value};
}

OriginGate::OriginGate(Transport& next, Origin allowed, Credentials credentials)
    : next_(next), allowed_(std::move(allowed)), credentials_(std::move(credentials)) {}

Result<Response> OriginGate::send(const Request& request) {
  if (Result<void> admitted = admit(request); !admitted) return std::move(admitted).error();
  Result<std::vector<Credential>> credentials = credentials_();
  if (!credentials) return std::move(credentials).error();

  Request guarded = request;
  for (const Credential& credential : *credentials) {
    guarded.headers.push_back({credential.header, credential.value.reveal()});
  }
  if (Result<void> valid = check_headers(guarded.headers); !valid) {
    return std::move(valid).error();
  }
  Result<Response> reply = next_.send(guarded);
  for (Header& header : guarded.headers) std::fill(header.value.begin(), header.value.end(), '\0');
  return reply;
}

Result<void> OriginGate::admit(const Request& request) const {
  const Result<Url> url = parse_url(request.url);
  if (!url) return refused(url.error().what);
  if (url->origin != allowed_) {
    return refused(fmt::format("it is for {}, but credentials go to {} alone",
                               to_string(url->origin), to_string(allowed_)));
  }
  for (const Header& header : request.headers) {
    if (is_reserved(header.name)) {
      return refused("it already carries a header that only the gate may set");
    }
  }
  return {};
}

}  // namespace praxisync::http
