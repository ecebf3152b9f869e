/// The one place where credentials are attached to requests. They go to one origin, compared by
/// scheme, host and port; whatever the request above was made from (a `next` link, a config, a
/// peer's answer), nothing leaves for any other one. Requests come here without credentials.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/secret.h"
#include "http/transport.h"
#include "http/url.h"

namespace praxisync::http {

/// One header that carries a secret.
struct Credential {
  std::string header;
  ApiKey value;  ///< the whole value of the header
};

Credential bearer(const ApiKey& token);                        ///< Authorization: Bearer TOKEN
Credential basic(const ApiKey& user, const ApiKey& password);  ///< Authorization: Basic base64(…)
Credential key_header(std::string header, const ApiKey& value);  ///< X-Api-Key: VALUE

/// Asked anew for each request, so that a key can be exchanged while the program runs.
using Credentials = std::function<Result<std::vector<Credential>>()>;

class OriginGate final : public Transport {
 public:
  OriginGate(Transport& next, Origin allowed, Credentials credentials);

  /// Fatal, with nothing sent, where the URL is not exactly of the origin, where the request
  /// already carries a credential or a Host header, or where a header is not a valid one.
  Result<Response> send(const Request& request) override;

 private:
  Result<void> admit(const Request& request) const;

  Transport& next_;
  Origin allowed_;
  Credentials credentials_;
};

}  // namespace praxisync::http
