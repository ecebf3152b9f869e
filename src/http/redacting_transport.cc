#include "http/redacting_transport.h"

#include <fmt/format.h>

#include <utility>

#include "http/masking.h"

namespace praxisync::http {

RedactingTransport::RedactingTransport(Transport& next, const Redactor& redactor,
                                       const Clock& clock, std::function<void(std::string)> sink)
    : next_(next), redactor_(redactor), clock_(clock), sink_(std::move(sink)) {}

Result<Response> RedactingTransport::send(const Request& request) {
  const Timestamp start = clock_.now();
  Result<Response> reply = next_.send(request);
  if (!reply) reply.error().what = redactor_.scrub(std::move(reply.error().what));
  if (!sink_) return reply;

  const std::string ending =
      reply ? fmt::format("{}, {} bytes", reply->status, reply->body.size())
            : fmt::format("{}: {}", to_string(reply.error().kind), reply.error().what);
  sink_(
      redactor_.scrub(fmt::format("{} {}: {}, {} ms", to_string(request.method),
                                  mask_url(request.url), ending, (clock_.now() - start).count())));
  return reply;
}

}  // namespace praxisync::http
