#include "config/serve_reader.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>

namespace praxisync::config {
namespace {

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> binary{};
  return ::inet_pton(family, text.c_str(), binary.data()) == 1;
}

std::optional<int> port_of(std::string_view text) {
  int port = -1;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  return whole && port >= 0 && port <= 65535 ? std::optional(port) : std::nullopt;
}

void read_listen(TableReader& reader, Serve& serve) {
  const Key key{"listen", Need::Optional, R"("127.0.0.1:8377")"};
  const auto text = reader.text(key);
  if (!text) return;
  if (auto listen = parse_listen(*text)) {
    serve.listen = *listen;
    return;
  }
  reader.findings().error(reader.entry(key)->value.where, "\"listen\" is no address and port",
                          R"(write it like "127.0.0.1:8377", "0.0.0.0:8377" or "[::1]:8377")");
}

}  // namespace

bool Listen::loopback() const {
  return host.starts_with("127.") || host == "::1" || host == "localhost";
}

std::optional<Listen> parse_listen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::optional<int> port = port_of(text.substr(colon + 1));
  std::string host(text.substr(0, colon));
  if (!port) return std::nullopt;
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
    if (!is_address(AF_INET6, host)) return std::nullopt;
  } else if (host != "localhost" && !is_address(AF_INET, host)) {
    return std::nullopt;
  }
  return Listen{std::move(host), *port};
}

Serve read_serve(TableReader& reader, const Surroundings& surroundings,
                 std::vector<ApiKey>& secrets) {
  Serve serve;
  read_listen(reader, serve);
  if (const Entry* token = reader.entry({"token"})) {
    if (auto secret = read_secret(*token, surroundings, reader.findings())) {
      secrets.push_back(*secret);
      serve.token = *std::move(secret);
    }
  }
  serve.polls_apart = reader
                          .duration({"polls_apart", Need::Optional, "\"1h\""},
                                    {Milliseconds{0}, std::chrono::hours{24}})
                          .value_or(serve.polls_apart);
  if (const Entry* entry = reader.entry({"webhook_secrets"}))
    serve.webhook_secrets = read_secrets(*entry, surroundings, reader.findings());
  secrets.insert(secrets.end(), serve.webhook_secrets.begin(), serve.webhook_secrets.end());
  return serve;
}

}  // namespace praxisync::config
