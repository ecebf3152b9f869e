/// An answer that is no success, as an error with the API's own reason. Pure: a table tests it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assess/reply.h"
#include "domain/time.h"
#include "http/transport.h"

namespace praxisync::assess {

/// What the error's text and class need to know of the call beside its request.
struct Asked {
  std::string_view scope{};               ///< of the key, which this call needs; empty: none
  bool enrolls = false;                   ///< whether 'already enrolled' has a meaning here
  std::vector<std::string> confidential;  ///< what the peer's message may repeat and we must not
};

/// "HTTP 400 ASSESSMENT_NOT_ACTIVE: This assessment is not active …": code and message are the
/// peer's, cut short and masked. See client.h for what becomes of which status.
ApiError refused(const http::Request& request, const http::Response& reply, const Asked& asked,
                 Timestamp now);

}  // namespace praxisync::assess
