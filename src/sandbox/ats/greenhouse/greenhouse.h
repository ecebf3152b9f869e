/// Greenhouse's Harvest API v3, played: token endpoint, introspection, the lists and writes that
/// have to do with applications. Whatever a wrong client could get away with is refused: parameters
/// and body keys that are unknown, a cursor that does not stand alone, lists of more than 50 ids, a
/// page of more than 500, a move from another stage. Where nobody knows what the real one does, a
/// knob decides. Confidential jobs are not shown, private people as a stub.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats {

// What the played one takes: for nothing else in the world.
inline constexpr const char* kGreenhouseClientId = "sandbox-greenhouse-client.gh1";
inline constexpr const char* kGreenhouseClientSecret = "sandbox-greenhouse-secret-5c1d";

/// Every scope that it knows: "harvest:applications:list".
const std::set<std::string>& greenhouse_scopes();

class GreenhousePeer final : public Peer {
 public:
  explicit GreenhousePeer(const Clock& clock) : clock_(clock), world_(clock, IdStyle::Numbers) {}

  // Knobs, all read with each request.
  std::set<std::string> granted = greenhouse_scopes();
  std::string user_role = "site_admin";  ///< lists are for Site Admins
  bool introspects = true;
  Milliseconds token_life = std::chrono::hours{1};
  enum class Expiry { InSeconds, AtTime } expiry = Expiry::InSeconds;
  bool one_token = false;  ///< a new one ends those before
  int requests_per_window = 75;
  Milliseconds window = std::chrono::seconds{30};
  std::size_t page_cap = 500;  ///< rows of a page at most, whatever was asked for
  Milliseconds cursor_life = std::chrono::hours{1};
  bool stage_ids_in_rows = true;  ///< whether applications have a job_interview_stage_id
  bool filters_by_stage = true;   ///< whether they can be asked for by it
  bool takes_fields = true;       ///< whether `fields` is known
  enum class From { Stage, Row } from = From::Stage;  ///< what from_stage_id is an id of
  bool unlisted_fields_stay = true;                   ///< when custom fields are set
  bool tag_twice_is_refused = true;                   ///< otherwise a second row is made of it
  /// Fields that are single selects, by the field's id: the options' ids and names.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> selects;

  std::string_view type() const override { return "greenhouse"; }
  std::vector<std::string> origins() const override {
    return {"https://harvest.greenhouse.io", "https://auth.greenhouse.io"};
  }
  http::Response handle(const http::Request& request) override;
  Recruiting& world() override { return world_; }
  void lift_limits() override { requests_per_window = 1'000'000; }
  void forget() override {
    tokens_.clear();
    ++era_;
  }
  /// Cursors of another one are refused.
  int era() const { return era_; }

  /// The user that a token acts as; empty: the service user.
  struct Token {
    std::string user{};
    Timestamp expires{};
  };

 private:
  http::Response mint(const http::Request& request);
  http::Response introspect(const http::Request& request) const;
  http::Response harvest(const http::Request& request, std::string_view path);
  const Token* token_of(const http::Request& request) const;
  http::Response with_headers(http::Response response) const;

  const Clock& clock_;
  Recruiting world_;
  std::map<std::string, Token, std::less<>> tokens_;
  int minted_ = 0, era_ = 0;
  Timestamp window_began_{}, mint_window_began_{};
  int in_window_ = 0, in_mint_window_ = 0;
};

std::unique_ptr<Peer> make_greenhouse(const Clock& clock);

}  // namespace praxisync::sandbox::ats
