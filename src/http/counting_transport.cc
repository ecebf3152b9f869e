#include "http/counting_transport.h"

namespace praxisync::http {

Result<Response> CountingTransport::send(const Request& request) {
  Result<Response> reply = next_.send(request);
  if (!reply && reply.error().kind == ErrorKind::Fatal) return reply;
  ++(request.cost == Cost::Read ? counts_.reads : counts_.writes);
  if (reply && reply->status == 429) ++counts_.throttled;
  return reply;
}

}  // namespace praxisync::http
