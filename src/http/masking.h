/// What may be shown of texts that others made: a peer's error message and the URL of a request.
/// Unlike Redactor it knows no secret; it goes by shape, and masks rather too much than too little.
#pragma once

#include <string>
#include <string_view>

namespace praxisync::http {

/// A peer's message for an error text: without control and bidirectional characters; addresses,
/// UUIDs, long tokens and the queries of URLs masked; 200 bytes at most.
std::string mask_peer_text(std::string_view text);

/// "https://host/path?name&name": segments that look like an id, a token or an address masked, of
/// the query the names of its parameters only. "an unreadable URL" where it is none.
std::string mask_url(std::string_view url);

}  // namespace praxisync::http
