/// Absolute http(s) URLs, read strictly: what two parsers could read in two ways is refused, so
/// that the origin compared here is the origin that the network layer connects to. Plain http is
/// for loopback. Nothing here throws, whatever the text; no error repeats the text, which may hold
/// a token.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace praxisync::http {

/// Where a URL leads. Equal only when all three are: "example.com." and "example.com" are two
/// hosts.
struct Origin {
  std::string scheme;  ///< "https" or "http"
  std::string host;    ///< lower case; IPv6 in brackets and in its shortest form
  int port = 0;        ///< filled in where the URL leaves it out
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// "https://example.com", with the port where it is not the scheme's own.
std::string to_string(const Origin& origin);
/// "example.com" or "example.com:8443": what error texts name.
std::string authority(const Origin& origin);

struct Url {
  Origin origin;
  std::string path;   ///< as written; "/" where there is none
  std::string query;  ///< as written, without the '?'
};

/// Rejected, with the reason: no http(s) scheme, http to another host than loopback, a user name or
/// password, a fragment, a backslash, a quote, a space, a control or non-ASCII character, a host
/// that is no plain name or address, a port that is none, more than 8 KiB.
Result<Url> parse_url(std::string_view text);

/// As parse_url, without a path other than "/" and without a query.
Result<Origin> parse_base_url(std::string_view text);

/// 127.0.0.0/8, [::1] and localhost.
bool is_loopback(const Origin& origin);

/// All but unreserved characters as %XX. "." and ".." too, so that no segment can climb.
std::string encode_segment(std::string_view text);
/// All but unreserved characters as %XX.
std::string encode_query_value(std::string_view text);

/// %XX and '+' undone; nullopt where a '%' is not followed by two hexadecimal digits.
std::optional<std::string> decode_query_value(std::string_view text);

/// "/hooks/gh" of "/hooks/gh?x" and of "http://host/hooks/gh?x": what a server was asked for.
std::string_view target_path(std::string_view target);

/// The first parameter of that name, decoded, out of any URL, path or garbage, whatever host it
/// names. nullopt where there is none or its value is badly encoded.
std::optional<std::string> query_parameter(std::string_view url, std::string_view name);

}  // namespace praxisync::http
