// Requests that reach the origin gate: whatever URL and headers they were given, nothing leaves for
// another origin, no credential is there but the gate's own, and no header becomes two.
// Lines: the configured base URL, the request's URL, a header's name, a header's value.
#include "http/origin_gate.h"

#include "fuzz/fuzz.h"

namespace praxisync::fuzz {
namespace {

/// Stands for the network.
class Wire final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request& request) override {
    sent.push_back(request);
    return http::Response{.status = 200, .headers = {}, .body = {}};
  }
  std::vector<http::Request> sent;
};

bool is_credential(const std::string& name) {
  const std::string lower = to_lower(name);
  return lower == "authorization" || lower == "cookie" || lower == "host" ||
         lower == "proxy-authorization" || lower == "x-api-key" || lower == "x-auth-token";
}

void check_sent(const http::Request& request, const std::string& url, const http::Origin& allowed,
                const std::string& key) {
  PRAXISYNC_CHECK(request.url == url, "the URL leaves as it came");
  const Result<http::Url> read = http::parse_url(url);
  PRAXISYNC_CHECK(read && read->origin == allowed, "nothing leaves for another origin");
  const auto carries = [&](std::string_view name, std::string_view value) {
    return std::ranges::count_if(request.headers, [&](const http::Header& header) {
      return header.name == name && header.value == value;
    });
  };
  PRAXISYNC_CHECK(carries("X-Api-Key", key) == 1, "the credential is there once");
  const auto credentials = std::ranges::count_if(
      request.headers, [](const http::Header& header) { return is_credential(header.name); });
  PRAXISYNC_CHECK(credentials == 1, "and no other one");
  for (const http::Header& header : request.headers) {
    PRAXISYNC_CHECK(header.name.find_first_of(std::string_view("\r\n\0:", 4)) == std::string::npos,
                    "a name stays a name");
    PRAXISYNC_CHECK(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
                    "a value stays one line");
  }
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  const std::string base(pieces.line()), url(pieces.line());
  const http::Header header{std::string(pieces.line()), std::string(pieces.rest())};
  const Result<http::Origin> configured = http::parse_base_url(base);
  const http::Origin allowed =
      configured ? *configured : http::Origin{"https", "api.example.com", 443};
  const std::string key = secret_of("key", input);
  Wire wire;
  http::OriginGate gate(wire, allowed,
                        [&] { return std::vector{http::key_header("X-Api-Key", ApiKey(key))}; });

  const Result<http::Response> reply =
      gate.send({.method = http::Method::Get, .url = url, .headers = {header}});

  PRAXISYNC_CHECK(reply.has_value() == (wire.sent.size() == 1), "refused, or sent once");
  if (reply) return check_sent(wire.sent.front(), url, allowed, key);
  PRAXISYNC_CHECK(reply.error().kind == ErrorKind::Fatal, "a refusal of the gate is Fatal");
  PRAXISYNC_CHECK(reply.error().what.find(key) == std::string::npos, "and names no credential");
  check_shown(reply.error().what, 1000);
}

}  // namespace praxisync::fuzz
