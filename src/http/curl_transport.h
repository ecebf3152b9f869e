/// The network: libcurl behind the transport seam. HTTP/1.1 over kept-alive connections; TLS always
/// verified, 1.2 at least; no redirects, cookies, netrc, alt-svc or compression; no proxy from the
/// environment unless asked for. Size limits and deadlines on everything that a peer sends.
///
/// A write, and whatever may not be repeated (Look, Never), goes out on a fresh connection which is
/// closed afterwards: on a reused one libcurl itself sends it again when the peer closes without an
/// answer, which would count twice against the limits even where it does no harm. The first transport made also sets SIGPIPE to be ignored, unless the program handles it.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "domain/time.h"
#include "http/transport.h"

namespace praxisync::http {

enum class ProxyUse { None, FromEnvironment };

struct CurlOptions {
  std::string version{};  ///< for "User-Agent: praxisync/VERSION"
  std::string ca_file{};  ///< PEM; empty: the certificates of the system
  ProxyUse proxy = ProxyUse::None;
  Milliseconds connect_timeout{10'000};     ///< name, TCP and TLS together
  Milliseconds first_byte_timeout{45'000};  ///< from the connection to the first byte of the answer
  Milliseconds stall_timeout{20'000};  ///< a span of it with less than one byte a second is the end
  Milliseconds total_timeout{60'000};
  std::size_t max_head = 64U << 10;
  std::size_t max_body = 16U << 20;
  /// Set when the program is to stop: a Safe request is given up at once, another one gets
  /// `stop_grace` to end, no new one starts. Must outlive the transport. May be null.
  const std::atomic<bool>* stop = nullptr;
  Milliseconds stop_grace{3'000};
};

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  /// As Transport documents. Fatal, with nothing sent, also where the URL or a header is not valid
  /// or the CA file cannot be read.
  Result<Response> send(const Request& request) override;

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace praxisync::http
