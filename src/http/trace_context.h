/// The W3C trace context that the process was started in (https://www.w3.org/TR/trace-context/),
/// and how it is passed on: each request gets the trace's id and a span id of its own.
///
/// It goes to the Assess API alone. `tracestate` holds what other systems of the caller put there,
/// and whoever has both ids can tie our requests to theirs: an ATS and the hosts of notifications
/// take no part in the trace, so they learn nothing of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/random.h"
#include "domain/result.h"
#include "http/transport.h"

namespace praxisync::http {

struct TraceContext {
  std::string trace_id;   ///< 32 lower-case hexadecimal digits, not all of them 0
  std::string parent_id;  ///< the caller's span: 16 such digits
  bool sampled = false;
  std::string state;  ///< tracestate as it came; may be empty
};

/// Rejected, with the reason, unless it is a traceparent of version 00 or begins like one in a
/// later version.
Result<TraceContext> parse_traceparent(std::string_view text);

struct FoundTrace {
  std::optional<TraceContext> context;
  std::string warning;  ///< what was left out and why; empty: nothing
};

/// Out of TRACEPARENT and TRACESTATE; none where OTEL_SDK_DISABLED is "true". A tracestate longer
/// than the 512 characters that everybody must take, or with other than printable ASCII, is left
/// out.
FoundTrace trace_in(const std::map<std::string, std::string>& environment);

/// Adds traceparent and tracestate to each request; nothing where there is no context. Stands below
/// the retry layer, so that each attempt has a span of its own.
class TraceTransport final : public Transport {
 public:
  TraceTransport(Transport& next, std::optional<TraceContext> context, Random& random)
      : next_(next), context_(std::move(context)), random_(random) {}

  Result<Response> send(const Request& request) override;

 private:
  Transport& next_;
  std::optional<TraceContext> context_;
  Random& random_;
};

}  // namespace praxisync::http
