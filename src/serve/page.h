/// The read-only page of `serve` and the documents behind it, as a function from a request to its
/// answer: whoever owns the socket routes GET /, /api/overview and /api/candidate here. It has the
/// database open for reading, never for writing, and holds up no run.
///
/// Without a token only whoever asks from this machine sees the page, and nobody looks for a
/// candidate. With one it comes as `Authorization: Bearer`, and all but the empty page needs it;
/// it is in no URL, cookie, log or error.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "domain/clock.h"
#include "domain/digest.h"
#include "domain/secret.h"
#include "http/server.h"
#include "serve/dashboard_document.h"
#include "serve/page_document.h"

namespace praxisync::serve {

using PageToken = Secret<struct PageTokenTag>;

struct PageSettings {
  std::filesystem::path database;  ///< need not be there yet
  DashboardSettings dashboard;
  PageToken token{};  ///< empty: none
};

class Pages {
 public:
  /// Borrows both. The clock is one that no engine uses.
  Pages(PageSettings settings, const Live& live, const Clock& clock);

  /// From any thread; calls take turns, and each ends within the time of a few queries, of which
  /// the overview's are made once a second at most, and
  /// so seldom that they take no more than a tenth of the time. For HEAD the server asks with Get
  /// and leaves the body away. `request.url` is absolute or begins with the path; of the headers it
  /// looks at Host, Authorization, If-None-Match, Forwarded and X-Forwarded-For. A proxy on
  /// this machine is loopback: set a token behind one.
  ///
  /// 304 where If-None-Match has the overview's ETag; 400, 401, 403, 404, 405, and 503 where the
  /// database cannot be read, all with a document that says what to do. "X-Praxisync-Time" is the
  /// time of the answer, as in documents.
  http::Response handle(const http::Request& request, const http::Peer& peer);

 private:
  enum class Access { Nothing, Overview, Everything };

  Access access_of(const http::Request& request, const http::Peer& peer) const;
  http::Response overview(const http::Request& request, Access access);
  http::Response candidate(const http::Request& request, Access access);
  http::Response refuse_access() const;
  http::Response answer(int status, std::string body, std::vector<http::Header> more = {}) const;
  http::Response answer(int status, const Error& error) const;

  /// nullptr: there is no database yet.
  Result<store::Store*> store();
  Result<const Dashboard*> dashboard();

  const std::filesystem::path database_;
  const DashboardSettings settings_;
  const std::optional<Mac> token_;  ///< its SHA-256
  const Live& live_;
  const Clock& clock_;
  const PageDocument page_;

  std::mutex mutex_;
  std::optional<store::Store> store_;
  Dashboard seen_;
  std::optional<std::int64_t> seen_version_;
  Milliseconds seen_at_{};  ///< on the stopwatch
  Milliseconds took_{};     ///< to read it
};

}  // namespace praxisync::serve
