/// What a failed transfer means: the part of the libcurl transport that is pure.
#pragma once

#include <curl/curl.h>

#include <string>

#include "domain/result.h"
#include "http/transport.h"
#include "http/url.h"

namespace praxisync::http {

/// How a transfer ended without an answer.
enum class Ending {
  Curl,          ///< by itself: `code` says why
  Stalled,       ///< too few bytes in `limit`
  NoFirstByte,   ///< none in `limit`
  HeadTooLarge,  ///< more than `limit_bytes`
  BodyTooLarge,  ///< more than `limit_bytes`
  Stopped,       ///< the program was told to stop
};

struct Failure {
  Ending ending = Ending::Curl;
  CURLcode code = CURLE_OK;
  long os_error = 0;     ///< errno of the connection attempt, or 0
  std::string detail{};  ///< libcurl's own words
  Milliseconds limit{};  ///< the deadline that passed
  std::size_t limit_bytes = 0;
};

/// Whether the peer may have seen a part of the request.
enum class Reach { NothingLeft, MayHaveArrived };

Error error_of(const Failure& failure, Reach reach, Repeat repeat, const Origin& peer);

}  // namespace praxisync::http
