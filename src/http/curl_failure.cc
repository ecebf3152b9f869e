#include "http/curl_failure.h"

#include <fmt/format.h>

#include <system_error>

#include "domain/text.h"

namespace praxisync::http {
namespace {

bool is_certificate_failure(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR ||
         code == CURLE_SSL_INVALIDCERTSTATUS || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH;
}

bool is_trust_store_failure(CURLcode code) {
  return code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CERTPROBLEM ||
         code == CURLE_SSL_ENGINE_NOTFOUND || code == CURLE_SSL_ENGINE_INITFAILED;
}

/// What libcurl answers to bytes that are no HTTP, or more of it than is allowed.
bool breaks_http(const Failure& failure) {
  if (failure.ending == Ending::HeadTooLarge || failure.ending == Ending::BodyTooLarge) return true;
  return failure.ending == Ending::Curl &&
         (failure.code == CURLE_UNSUPPORTED_PROTOCOL || failure.code == CURLE_WEIRD_SERVER_REPLY ||
          failure.code == CURLE_BAD_CONTENT_ENCODING || failure.code == CURLE_FILESIZE_EXCEEDED);
}

std::string with_port(const Origin& peer) { return fmt::format("{}:{}", peer.host, peer.port); }

/// libcurl's words, fit for a terminal; a certificate may hold anything.
std::string words(const Failure& failure) {
  std::string text = printable(failure.detail, 160);
  return text.empty() ? curl_easy_strerror(failure.code) : text;
}

std::string before_the_request(const Failure& failure, const Origin& peer) {
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("cannot find the host {}: check its spelling and the name service",
                         peer.host);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "cannot find the proxy that the environment names";
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("cannot connect to {} within {}", with_port(peer),
                         format_duration(failure.limit));
    case CURLE_COULDNT_CONNECT:
      if (failure.os_error != 0) {
        return fmt::format("cannot connect to {}: {}", with_port(peer),
                           std::generic_category().message(static_cast<int>(failure.os_error)));
      }
      [[fallthrough]];
    default:
      return fmt::format("cannot connect to {}: {}", with_port(peer), words(failure));
  }
}

std::string after_the_request(const Failure& failure, const Origin& peer) {
  const std::string host = authority(peer);
  switch (failure.ending) {
    case Ending::Stalled:
      return fmt::format("{} stalled: less than one byte a second for {}", host,
                         format_duration(failure.limit));
    case Ending::NoFirstByte:
      return fmt::format("no answer from {} within {}", host, format_duration(failure.limit));
    case Ending::HeadTooLarge:
      return fmt::format("the answer of {} has more than {} bytes of headers", host,
                         failure.limit_bytes);
    case Ending::BodyTooLarge:
      return fmt::format("the answer of {} has more than {} bytes", host, failure.limit_bytes);
    case Ending::Stopped:
      return fmt::format("told to stop before {} answered", host);
    case Ending::Curl:
      break;
  }
  switch (failure.code) {
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("no complete answer from {} within {}", host,
                         format_duration(failure.limit));
    case CURLE_GOT_NOTHING:
      return fmt::format("{} closed the connection without an answer", host);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return fmt::format("the connection to {} broke before the answer was complete", host);
    case CURLE_PARTIAL_FILE:
      return fmt::format("the answer of {} is cut short", host);
    case CURLE_FILESIZE_EXCEEDED:
      return fmt::format("the answer of {} has more than {} bytes", host, failure.limit_bytes);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return fmt::format("the answer of {} is not HTTP", host);
    default:
      return fmt::format("no answer from {}: {}", host, words(failure));
  }
}

}  // namespace

Error error_of(const Failure& failure, Reach reach, Repeat repeat, const Origin& peer) {
  if (is_trust_store_failure(failure.code)) {
    return {ErrorKind::Fatal,
            "cannot read the CA certificates: install the system's (package ca-certificates) or "
            "check the path of the CA file"};
  }
  if (is_certificate_failure(failure.code)) {
    return {
        ErrorKind::Unauthorized,
        fmt::format("the certificate of {} is not trusted: {}; if a private CA or a proxy signs "
                    "it, name that CA's certificates (PEM) as the CA file",
                    with_port(peer), words(failure))};
  }
  if (failure.ending == Ending::Stopped &&
      (repeat == Repeat::Safe || reach == Reach::NothingLeft)) {
    return {ErrorKind::Exhausted, "told to stop"};
  }
  if (reach == Reach::NothingLeft) {
    return {ErrorKind::Transient, before_the_request(failure, peer)};
  }
  const ErrorKind if_safe = breaks_http(failure) ? ErrorKind::Malformed : ErrorKind::Transient;
  return {repeat == Repeat::Safe ? if_safe : ErrorKind::OutcomeUnknown,
          after_the_request(failure, peer)};
}

}  // namespace praxisync::http
