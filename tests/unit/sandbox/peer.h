/// A sandbox with one key, one assessment more than is needed, and requests in one line. Documents
/// are read by JSON pointer, so that the tests need no JSON library.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/assess_sandbox.h"
#include "support/fake_clock.h"

namespace praxisync::sandbox::testing_support {

using praxisync::testing_support::FakeClock;

inline constexpr const char* kKey = "ct_live_test";
inline constexpr const char* kBackend = "senior-backend-screen";
inline constexpr const char* kInvites = "assessments/senior-backend-screen/invites/";

struct Reply {
  int status = 0;
  std::vector<http::Header> headers;
  std::string body;

  /// A text as it is, any other value as JSON; "(none)" where there is nothing:
  /// at("/results/0/email").
  std::string at(std::string_view pointer) const;
  /// Of an array or object; 0 where there is none.
  std::size_t size(std::string_view pointer) const;
  std::string header(std::string_view name) const {
    return std::string(http::header(headers, name));
  }
  std::string code() const { return at("/error/code"); }
  std::string message() const { return at("/error/message"); }
  /// `field` of every row under `pointer`.
  std::vector<std::string> column(std::string_view pointer, std::string_view field) const;
};

Reply reply_of(const http::Response& response);

class Peer {
 public:
  explicit Peer(Options options = {}, std::string key = kKey);

  Reply get(std::string_view path);  ///< below /api/v1/public/, or a whole URL
  Reply post(std::string_view path, std::string body = {});
  Reply patch(std::string_view path, std::string body);
  Reply remove(std::string_view path);
  Reply send(const http::Request& request) { return reply_of(sandbox.handle(request)); }
  http::Request request(http::Method method, std::string_view path, std::string body = {}) const;

  /// The token.
  std::string invite(std::string_view email, std::string_view slug = kBackend);
  Reply bulk(std::string candidates, std::string_view slug = kBackend);
  /// The enrollment's id.
  std::string enroll(std::string_view email, std::string_view slug = "grad");

  FakeClock clock;
  AssessSandbox sandbox;
  std::string key;
};

/// 10,000 requests an hour and no quota: for tests about something else.
Options roomy();

}  // namespace praxisync::sandbox::testing_support
