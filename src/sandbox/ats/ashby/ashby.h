/// Ashby as its documents have it, version 2026-01-01: the calls that a connector needs. It is as
/// strict as they are and stricter: what it does not know, it refuses. Where they leave open how
/// it is, a knob decides.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats {

namespace ashby {
class Lists;
}

inline constexpr const char* kAshbyApiKey = "ashby-sandbox-key-7b1d44e0";

class Ashby final : public Peer {
 public:
  explicit Ashby(const Clock& clock);
  ~Ashby() override;

  std::string_view type() const override { return "ashby"; }
  std::vector<std::string> origins() const override { return {"https://api.ashbyhq.com"}; }
  http::Response handle(const http::Request& request) override;
  Recruiting& world() override { return world_; }
  void lift_limits() override { requests_a_minute = 0; }
  void forget() override;

  // Knobs.
  /// What the key may do, as apiKey.info names it.
  std::set<std::string> scopes{"apiKeys:read",
                               "jobs:read",
                               "interviews:read",
                               "candidates:read",
                               "candidates:write",
                               "hiringProcessMetadata:read",
                               "hiringProcessMetadata:write"};
  int largest_page = 100;    ///< rows on a page, however many are asked for
  int empty_page_every = 0;  ///< every second page of a list, or third …, is empty; 0: none
  int largest_news = 0;      ///< more changes than that are refused behind a sync token; 0: none
  Milliseconds cursor_life = std::chrono::hours{1};
  Milliseconds token_life = std::chrono::days{7};
  int stale_status = 200;          ///< of answers that refuse a cursor or sync token
  int requests_a_minute = 600;     ///< of the key; 0: as many as one likes
  int retry_after_seconds = 0;     ///< told with a 429; 0: not told
  bool sees_confidential = false;  ///< the key's switch "Allow access to confidential jobs"
  std::string version_status = "active";
  enum class Spelling {
    Both,     ///< errorInfo and a list of codes
    Codes,    ///< only a list of codes
    Objects,  ///< only a list of objects
  } spelling = Spelling::Both;
  struct Option {
    std::string label, value;
  };
  std::map<std::string, std::vector<Option>> options;  ///< makes a text field a ValueSelect, by id

  /// How often people were told of a note.
  int notifications() const { return notifications_; }

 private:
  friend class AshbyDesk;

  http::Response answer(int status, std::string body) const;
  bool within_limit();

  Recruiting world_;
  std::unique_ptr<ashby::Lists> lists_;
  std::deque<Timestamp> recent_;  ///< requests of the last minute
  std::string author_;            ///< the key's own id, for notes
  int notifications_ = 0;
  int numbered_ = 0;  ///< answers
};

std::unique_ptr<Peer> make_ashby(const Clock& clock);

}  // namespace praxisync::sandbox::ats
