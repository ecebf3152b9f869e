#pragma once

#include "http/transport.h"

namespace praxisync::http {

struct RequestCounts {
  long long reads = 0, writes = 0;
  long long throttled = 0;  ///< of both, those answered with 429
  friend bool operator==(const RequestCounts&, const RequestCounts&) = default;
};

/// Counts what goes out, by Request::cost. Stands below the retry layer, so that each attempt
/// counts, failed ones too. A Fatal error means that the layer below refused to send: that does not
/// count.
class CountingTransport final : public Transport {
 public:
  explicit CountingTransport(Transport& next) : next_(next) {}

  Result<Response> send(const Request& request) override;
  const RequestCounts& counts() const { return counts_; }

 private:
  Transport& next_;
  RequestCounts counts_;
};

}  // namespace praxisync::http
