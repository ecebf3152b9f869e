#include "http/url.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/text.h"

namespace praxisync::http {
namespace {

constexpr std::size_t kMaxUrl = 8192;
constexpr std::size_t kMaxHost = 253;

Error bad_url(std::string_view why) {
  return {ErrorKind::Rejected, fmt::format("the URL {}", why)};
}

bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_unreserved(char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

bool is_refused(char c) {
  return c <= ' ' || c >= '\x7f' || c == '\\' || c == '"' || c == '<' || c == '>';
}

int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (port < 1 || port > 65535 || !is_digit(text[0])) return std::nullopt;
  return port;
}

bool is_name(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost) return false;
  if (host.ends_with('.')) host.remove_suffix(1);
  char before = '.';
  for (const char c : host) {
    if (!is_alnum(c) && c != '-' && c != '_' && c != '.') return false;
    if ((before == '.' && (c == '.' || c == '-')) || (before == '-' && c == '.')) return false;
    before = c;
  }
  return before != '.' && before != '-';
}

/// Resolvers read "0x7f.1" and "2130706433" as addresses, so such a host must be one, in full.
bool is_number_like(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && (std::all_of(last.begin(), last.end(), is_digit) ||
                           last.starts_with("0x") || last.starts_with("0X"));
}

/// In lower case and its shortest form; empty where it is no host.
std::string parse_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return {};
    in6_addr address{};
    const std::string inner(text.substr(1, text.size() - 2));
    if (inet_pton(AF_INET6, inner.c_str(), &address) != 1) return {};
    std::array<char, INET6_ADDRSTRLEN> shortest{};
    if (inet_ntop(AF_INET6, &address, shortest.data(), shortest.size()) == nullptr) return {};
    return fmt::format("[{}]", shortest.data());
  }
  if (!is_name(text)) return {};
  std::string host = to_lower(text);
  in_addr address{};
  if (is_number_like(host) && inet_pton(AF_INET, host.c_str(), &address) != 1) return {};
  return host;
}

Result<Origin> parse_origin(std::string scheme, std::string_view text) {
  if (text.find('@') != std::string_view::npos) {
    return bad_url("has a user name or password in it; give credentials as settings of their own");
  }
  std::size_t colon = text.rfind(':');
  const std::size_t bracket = text.rfind(']');
  if (bracket != std::string_view::npos && colon != std::string_view::npos && colon < bracket) {
    colon = std::string_view::npos;
  }
  Origin origin{.scheme = std::move(scheme), .host = parse_host(text.substr(0, colon)), .port = 0};
  if (origin.host.empty()) return bad_url("has no valid host name");
  origin.port = default_port(origin.scheme);
  if (colon != std::string_view::npos) {
    const std::optional<int> port = parse_port(text.substr(colon + 1));
    if (!port) return bad_url("has a port that is not a number from 1 to 65535");
    origin.port = *port;
  }
  if (origin.scheme == "http" && !is_loopback(origin)) {
    return bad_url("must start with https://; plain http is for loopback addresses only");
  }
  return origin;
}

std::string encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_string(const Origin& origin) {
  return fmt::format("{}://{}", origin.scheme, authority(origin));
}

std::string authority(const Origin& origin) {
  if (origin.port == default_port(origin.scheme)) return origin.host;
  return fmt::format("{}:{}", origin.host, origin.port);
}

bool is_loopback(const Origin& origin) {
  if (origin.host == "localhost" || origin.host == "[::1]") return true;
  return origin.host.starts_with("127.") && is_number_like(origin.host);
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMaxUrl) return bad_url("is longer than 8192 bytes");
  if (std::any_of(text.begin(), text.end(), is_refused)) {
    return bad_url("holds a space, quote, backslash, control or non-ASCII character");
  }
  if (text.find('#') != std::string_view::npos) return bad_url("has a fragment ('#')");
  const std::size_t slashes = text.find("://");
  std::string scheme = slashes == std::string_view::npos ? "" : to_lower(text.substr(0, slashes));
  if (scheme != "https" && scheme != "http") return bad_url("must start with https://");
  text.remove_prefix(slashes + 3);
  const std::size_t end = text.find_first_of("/?");
  Result<Origin> origin = parse_origin(std::move(scheme), text.substr(0, end));
  if (!origin) return std::move(origin).error();
  text.remove_prefix(std::min(end, text.size()));
  const std::size_t mark = text.find('?');
  Url url{.origin = *std::move(origin), .path = std::string(text.substr(0, mark)), .query = {}};
  if (url.path.empty()) url.path = "/";
  if (mark != std::string_view::npos) url.query = text.substr(mark + 1);
  return url;
}

Result<Origin> parse_base_url(std::string_view text) {
  Result<Url> url = parse_url(text);
  if (!url) return std::move(url).error();
  if (url->path != "/" || text.find('?') != std::string_view::npos) {
    return bad_url("must be an origin alone, without a path or query: https://HOST");
  }
  return std::move(url->origin);
}

std::string encode_segment(std::string_view text) {
  if (text == ".") return "%2E";
  if (text == "..") return "%2E%2E";
  return encode(text);
}

std::string encode_query_value(std::string_view text) { return encode(text); }

std::optional<std::string> decode_query_value(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at] == '+' ? ' ' : text[at];
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return out;
}

std::string_view target_path(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (scheme != std::string_view::npos && target.find('/') > scheme) {
    target.remove_prefix(scheme + 3);
    target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
  }
  return target.substr(0, target.find_first_of("?#"));
}

std::optional<std::string> query_parameter(std::string_view url, std::string_view name) {
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  if (mark == std::string_view::npos) return std::nullopt;
  std::string_view rest = url.substr(mark + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (decode_query_value(pair.substr(0, equals)) != name) continue;
    return decode_query_value(pair.substr(std::min(equals + 1, pair.size())));
  }
  return std::nullopt;
}

}  // namespace praxisync::http
