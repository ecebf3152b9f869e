// A URL from a config or a peer: the origin that is compared is the one that libcurl would connect
// to, and parts of a URL survive being put into one.
#include "http/url.h"

#include <curl/curl.h>

#include <memory>

#include "fuzz/fuzz.h"
#include "http/masking.h"

namespace praxisync::fuzz {
namespace {

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
  return std::string(text);
}

/// As libcurl's transfers read it; a URL that it refuses is never sent.
void check_against_curl(const std::string& text, const http::Url& ours) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  constexpr unsigned kAsTransfersDo = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME;
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), kAsTransfersDo) != CURLUE_OK) return;
  PRAXISYNC_CHECK(part(url.get(), CURLUPART_SCHEME, 0) == ours.origin.scheme, "the same scheme");
  // An address has several spellings, and libcurl keeps the one that came.
  const Result<http::Origin> theirs =
      http::parse_base_url("https://" + part(url.get(), CURLUPART_HOST, 0).value_or(""));
  PRAXISYNC_CHECK(theirs && theirs->host == ours.origin.host, "the same host");
  PRAXISYNC_CHECK(
      part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT) == std::to_string(ours.origin.port),
      "the same port");
  PRAXISYNC_CHECK(!part(url.get(), CURLUPART_USER, 0) && !part(url.get(), CURLUPART_PASSWORD, 0) &&
                      !part(url.get(), CURLUPART_FRAGMENT, 0),
                  "neither user, password nor fragment");
}

void check_url(const std::string& text) {
  const Result<http::Url> url = http::parse_url(text);
  check_shown(http::mask_url(text), 4 * 8192);
  if (!url) {
    PRAXISYNC_CHECK(url.error().kind == ErrorKind::Rejected, "a bad URL is Rejected");
    return check_shown(url.error().what, 120);
  }
  const http::Origin& origin = url->origin;
  PRAXISYNC_CHECK(origin.scheme == "https" || (origin.scheme == "http" && is_loopback(origin)),
                  "plain http is for loopback");
  PRAXISYNC_CHECK(origin.port >= 1 && origin.port <= 65535 && !origin.host.empty(), "a real host");
  PRAXISYNC_CHECK(url->path.starts_with('/'), "a path begins with a slash");
  const Result<http::Origin> base = http::parse_base_url(http::to_string(origin));
  PRAXISYNC_CHECK(base && *base == origin, "an origin reads back as it was");
  const std::string whole = to_string(origin) + url->path + '?' + url->query;
  const Result<http::Url> again = http::parse_url(whole);
  PRAXISYNC_CHECK(whole.size() > 8192 || (again && again->origin == origin &&
                                          again->path == url->path && again->query == url->query),
                  "a URL reads back as it was");
  check_against_curl(text, *url);
}

void check_parts(const std::string& text) {
  const std::string value = http::encode_query_value(text);
  const std::string segment = http::encode_segment(text);
  PRAXISYNC_CHECK(http::decode_query_value(value) == text, "a value survives its encoding");
  PRAXISYNC_CHECK(http::decode_query_value(segment) == text, "a segment survives its encoding");
  PRAXISYNC_CHECK(segment != "." && segment != ".." && segment.find('/') == std::string::npos,
                  "no segment climbs");
  const std::string url = "https://a.example/x/" + segment + "?first=1&word=" + value + "&last=%21";
  PRAXISYNC_CHECK(http::query_parameter(url, "word") == text, "a parameter is found as it was");
  PRAXISYNC_CHECK(http::query_parameter(url, "last") == "!", "and nothing after it is lost");
  PRAXISYNC_CHECK(url.size() > 8192 || http::parse_url(url), "what we make is a URL");
}

}  // namespace

void run(std::string_view input) {
  const std::string text(input);
  check_url(text);
  check_parts(text);
  static_cast<void>(http::query_parameter(text, "cursor"));
}

}  // namespace praxisync::fuzz
