// The TLS side of the transport, against a server whose certificate is made on the spot.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

#include "http/curl_transport.h"
#include "support/result_matchers.h"

namespace praxisync::http {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;

struct Identity {
  Key key;
  Certificate certificate;
};

/// Self-signed, for one subject alternative name ("IP:127.0.0.1"), valid from `from` to `to`
/// seconds from now.
Identity make_identity(const std::string& name, long from, long to) {
  Identity made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  X509* const certificate = made.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from);
  X509_gmtime_adj(X509_getm_notAfter(certificate), to);
  X509_set_pubkey(certificate, made.key.get());
  X509_NAME* const subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("praxisync test"), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  X509_EXTENSION* const extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  X509_sign(certificate, made.key.get(), EVP_sha256());
  return made;
}

/// An HTTPS server on loopback, with the certificate in a file for those who are to trust it.
class TlsServer {
 public:
  explicit TlsServer(const std::string& name, long from = -3600, long to = 3600)
      : identity_(make_identity(name, from, to)),
        server_(identity_.certificate.get(), identity_.key.get()) {
    server_.set_tcp_nodelay(true);
    server_.Get("/x", [this](const httplib::Request&, httplib::Response& reply) {
      ++requests_;
      reply.set_content("over TLS", "text/plain");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::jthread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
    ca_file_ =
        std::filesystem::path(testing::TempDir()) / fmt::format("praxisync_ca_{}.pem", port_);
    std::FILE* const file = std::fopen(ca_file_.c_str(), "w");
    PEM_write_X509(file, identity_.certificate.get());
    std::fclose(file);
  }

  ~TlsServer() {
    server_.stop();
    std::filesystem::remove(ca_file_);
  }

  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string url(std::string_view host = "127.0.0.1") const {
    return fmt::format("https://{}:{}/x", host, port_);
  }
  CurlOptions trusted() const { return {.ca_file = ca_file_.string()}; }
  int requests() const { return requests_; }

 private:
  Identity identity_;
  httplib::SSLServer server_;
  std::filesystem::path ca_file_;
  std::atomic<int> requests_ = 0;
  int port_ = 0;
  std::jthread thread_;
};

TEST(CurlTls, AcceptsACertificateOfTheGivenAuthority) {
  TlsServer server("IP:127.0.0.1");
  CurlTransport transport(server.trusted());

  const Result<Response> reply = transport.send({.url = server.url()});

  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->body, "over TLS");
}

TEST(CurlTls, RefusesASelfSignedCertificateAndSaysHowToMendIt) {
  TlsServer server("IP:127.0.0.1");
  CurlTransport transport({});

  const Result<Response> reply = transport.send({.url = server.url()});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(reply, FailsSaying("self-signed"));
  EXPECT_THAT(reply, FailsSaying("CA file"));
  EXPECT_EQ(server.requests(), 0);
}

TEST(CurlTls, RefusesACertificateOfAnotherHost) {
  TlsServer server("IP:127.0.0.1");
  CurlTransport transport(server.trusted());

  const Result<Response> reply =
      transport.send({.url = server.url("localhost"), .repeat = Repeat::Never});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Unauthorized));
  EXPECT_EQ(server.requests(), 0);
}

TEST(CurlTls, RefusesAnExpiredCertificate) {
  TlsServer server("IP:127.0.0.1", -7200, -3600);
  CurlTransport transport(server.trusted());

  const Result<Response> reply = transport.send({.url = server.url()});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(reply, FailsSaying("expired"));
  EXPECT_EQ(server.requests(), 0);
}

TEST(CurlTls, CannotGoOnWithoutItsCaFile) {
  TlsServer server("IP:127.0.0.1");
  CurlTransport transport({.ca_file = "/nonexistent/ca.pem"});

  const Result<Response> reply = transport.send({.url = server.url(), .repeat = Repeat::Look});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(reply, FailsSaying("CA"));
  EXPECT_EQ(server.requests(), 0);
}

TEST(CurlTls, SendsNothingToAServerThatSpeaksNoTls) {
  httplib::Server plain;
  const int port = plain.bind_to_any_port("127.0.0.1");
  std::jthread thread([&plain] { plain.listen_after_bind(); });
  while (!plain.is_running()) std::this_thread::yield();
  CurlTransport transport({});

  const Result<Response> reply =
      transport.send({.url = fmt::format("https://127.0.0.1:{}/x", port), .repeat = Repeat::Never});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Transient));
  plain.stop();
}

}  // namespace
}  // namespace praxisync::http
