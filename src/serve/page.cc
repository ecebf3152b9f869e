#include "serve/page.h"

#include <algorithm>

#include "domain/email.h"
#include "domain/text.h"
#include "http/url.h"

namespace praxisync::serve {
namespace {

constexpr Milliseconds kSoonest{1000};    ///< between two readings of a database that changes
constexpr Milliseconds kLongest{10'000};  ///< of one that does not, as budgets come free with time
constexpr int kShare = 10;                ///< reading takes one part in so many of the time
constexpr std::size_t kLongestWho = 320;

std::string_view bearer_of(const http::Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view given = http::header(request.headers, "Authorization");
  if (to_lower(given.substr(0, kScheme.size())) != kScheme) return {};
  return trim(given.substr(kScheme.size()));
}

/// A name of this machine, so that no other site's name that leads here is answered.
bool asks_this_machine(const http::Request& request) {
  const auto origin =
      http::parse_base_url("http://" + std::string(http::header(request.headers, "Host")));
  return origin && http::is_loopback(*origin);
}

bool was_forwarded(const http::Request& request) {
  return !http::header(request.headers, "Forwarded").empty() ||
         !http::header(request.headers, "X-Forwarded-For").empty();
}

std::string etag_of(std::string_view body) { return '"' + sha256(body).substr(0, 32) + '"'; }

constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kNothingMayRun = "default-src 'none'; frame-ancestors 'none'";

}  // namespace

Pages::Pages(PageSettings settings, const Live& live, const Clock& clock)
    : database_(std::move(settings.database)),
      settings_(std::move(settings.dashboard)),
      token_(settings.token.empty() ? std::nullopt
                                    : std::optional<Mac>(Mac(sha256(settings.token.reveal())))),
      live_(live),
      clock_(clock),
      page_(make_page_document(token_ ? Door::AsksForToken : Door::Open)) {}

http::Response Pages::handle(const http::Request& request, const http::Peer& peer) {
  const std::lock_guard lock(mutex_);
  const Access access = access_of(request, peer);
  if (access == Access::Nothing && !token_) return refuse_access();
  const std::string_view path = http::target_path(request.url);
  const bool known = path == "/" || path == "/api/overview" || path == "/api/candidate";
  if (!known) {
    return answer(404, refusal_document("there is nothing at this path",
                                        "The page is at /, its data at /api/overview."));
  }
  if (request.method != http::Method::Get) {
    return answer(405, refusal_document("the page only shows", "Ask with GET or HEAD."),
                  {{"Allow", "GET, HEAD"}});
  }
  if (path == "/") {
    return answer(
        200, page_.html,
        {{"Content-Type", "text/html; charset=utf-8"}, {"Content-Security-Policy", page_.policy}});
  }
  if (access == Access::Nothing) return refuse_access();
  return path == "/api/overview" ? overview(request, access) : candidate(request, access);
}

Pages::Access Pages::access_of(const http::Request& request, const http::Peer& peer) const {
  if (token_) {
    // Hashed first: the time that it takes tells nothing of the token, its length included.
    return token_->fits(sha256(bearer_of(request))) ? Access::Everything : Access::Nothing;
  }
  const bool ours = peer.loopback && asks_this_machine(request) && !was_forwarded(request);
  return ours ? Access::Overview : Access::Nothing;
}

http::Response Pages::refuse_access() const {
  if (token_) {
    return answer(401,
                  refusal_document("the token is missing or wrong",
                                   "Give the token that serve was set up with."),
                  {{"WWW-Authenticate", "Bearer realm=\"praxisync\""}});
  }
  return answer(403, refusal_document("without a token the page is for this machine alone",
                                      "Ask from the machine itself, at http://localhost or "
                                      "http://127.0.0.1, or set up a token."));
}

http::Response Pages::overview(const http::Request& request, Access access) {
  const Result<const Dashboard*> seen = dashboard();
  if (!seen) return answer(503, seen.error());
  std::string body = overview_document(
      live_.picture(), **seen, access == Access::Everything ? Search::Open : Search::Closed);
  const std::string etag = etag_of(body);
  if (http::header(request.headers, "If-None-Match") == etag)
    return answer(304, "", {{"ETag", etag}});
  return answer(200, std::move(body), {{"ETag", etag}});
}

http::Response Pages::candidate(const http::Request& request, Access access) {
  if (access != Access::Everything) {
    return answer(403, refusal_document("a candidate's history is shown with a token only",
                                        "Set up a token for the page, or ask 'praxisync explain' "
                                        "on the machine."));
  }
  const std::string who = http::query_parameter(request.url, "who").value_or("");
  if (trim(who).empty() || who.size() > kLongestWho || !is_utf8(who)) {
    return answer(400, refusal_document("nobody is named",
                                        "Give an e-mail address, an application id or a candidate "
                                        "id, 320 bytes at most."));
  }
  const Result<store::Store*> opened = store();
  if (!opened) return answer(503, opened.error());
  std::vector<store::Story> stories;
  std::vector<sync::Decision> decisions;
  if (*opened != nullptr) {
    auto found = (*opened)->view().explain(who);
    if (!found) return answer(503, found.error());
    stories = std::move(*found);
    const auto last = (*opened)->runs().last_finished();
    if (!last) return answer(503, last.error());
    if (*last) decisions = report::decisions_in((*last)->report);
  }
  const bool whole = http::query_parameter(request.url, "unmask") == "1";
  return answer(200,
                candidate_document(std::move(stories), decisions,
                                   whole ? report::Persons::Unmasked : report::Persons::Masked));
}

http::Response Pages::answer(int status, const Error& error) const {
  return answer(status, refusal_document(error.what, "See 'praxisync doctor' and the log."));
}

http::Response Pages::answer(int status, std::string body, std::vector<http::Header> more) const {
  http::Response reply{.status = status, .headers = std::move(more), .body = std::move(body)};
  const auto add = [&](const char* name, std::string value) {
    if (http::header(reply.headers, name).empty())
      reply.headers.push_back({name, std::move(value)});
  };
  add("Content-Type", kJson);
  add("Content-Security-Policy", kNothingMayRun);
  add("Cache-Control", "no-store");
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("X-Praxisync-Time", format_timestamp(clock_.now()));
  return reply;
}

Result<store::Store*> Pages::store() {
  if (store_) return &*store_;
  if (!std::filesystem::exists(database_)) return nullptr;
  Result<store::Store> opened = store::Store::open_for_reading(database_);
  if (!opened) return std::move(opened).error();
  return &store_.emplace(std::move(*opened));
}

Result<const Dashboard*> Pages::dashboard() {
  const Result<store::Store*> opened = store();
  if (!opened) return opened.error();
  if (*opened == nullptr) return &seen_;
  const Milliseconds now = clock_.uptime().since;
  const Milliseconds age = now - seen_at_;
  if (seen_version_ && age < std::max(kSoonest, kShare * took_)) return &seen_;
  const Result<std::int64_t> version = (*opened)->view().version();
  if (version && seen_version_ == *version && age < std::max(kLongest, kShare * took_))
    return &seen_;
  Result<Dashboard> read =
      version ? read_dashboard(**opened, settings_, clock_) : Result<Dashboard>(version.error());
  if (!read) {
    store_.reset();  // perhaps another file is in its place by the next time
    seen_version_.reset();
    return std::move(read).error();
  }
  seen_ = std::move(*read);
  seen_version_ = *version;
  seen_at_ = now;
  took_ = clock_.uptime().since - now;
  return &seen_;
}

}  // namespace praxisync::serve
