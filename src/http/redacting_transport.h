#pragma once

#include <functional>
#include <string>

#include "domain/clock.h"
#include "http/redaction.h"
#include "http/transport.h"

namespace praxisync::http {

/// Scrubs error texts on their way up, and tells `sink` one line a request for debug logs:
/// "GET https://host/path?cursor&page_size: 200, 1234 bytes, 35 ms". Bodies, values of the query
/// and headers never go there.
class RedactingTransport final : public Transport {
 public:
  RedactingTransport(Transport& next, const Redactor& redactor, const Clock& clock,
                     std::function<void(std::string)> sink = {});

  Result<Response> send(const Request& request) override;

 private:
  Transport& next_;
  const Redactor& redactor_;
  const Clock& clock_;
  std::function<void(std::string)> sink_;
};

}  // namespace praxisync::http
