/// Lever's Data API v1, played: as strict as its documentation and recorded answers, and stricter
/// where a wrong client could get away with something. What it holds is in its world; the members
/// below are what an account or the service may be like, to be set before requests come.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/ats/lever/call.h"
#include "sandbox/ats/lever/offsets.h"
#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats {

inline constexpr const char* kLeverApiKey = "lever-sandbox-key";
/// The one user of the account, for `perform_as`.
inline constexpr const char* kLeverUser = "8d49b010-cc6a-4f40-ace5-e86061c677ed";

namespace lever {

class LeverPeer final : public Peer {
 public:
  explicit LeverPeer(const Clock& clock);

  std::string_view type() const override { return "lever"; }
  std::vector<std::string> origins() const override { return {"https://api.lever.co"}; }
  http::Response handle(const http::Request& request) override;
  Recruiting& world() override { return world_; }
  void lift_limits() override { rate = 0; }
  void forget() override { offsets_ = {}; }

  /// What the key is allowed; a write scope includes reading.
  std::set<std::string> scopes{
      "opportunities:write:admin", "postings:read:admin",        "stages:read:admin",
      "notes:write:admin",         "archive_reasons:read:admin", "users:read:admin",
      "tags:read:admin",           "confidential:access:admin"};
  bool lists_deleted = true;        ///< an API key is allowed that apart from the scope
  int confidential_refusal = 403;   ///< without the grant: 403, or 400 as for a wrong parameter
  int page_cap = 100;               ///< no page is longer, whatever `limit` says
  Milliseconds offset_life{0};      ///< how long an offset is good; 0: always
  int rate = 10, burst = 20;        ///< requests a second, and at once; rate 0: no limit
  std::set<std::string> snoozed{};  ///< opportunities
  std::set<std::string> undated{};  ///< old ones, without an `updatedAt`
  /// The address that was given for an application, where it is not the person's first; empty: none
  /// was.
  std::map<std::string, std::string> application_emails{};

 private:
  struct Endpoint;
  static const std::vector<Endpoint>& endpoints();

  bool authorized(const http::Request& request) const;
  bool let_in();
  bool may(std::string_view scope) const;
  Outcome answer(const Call& call, const Endpoint& endpoint);

  // listings.cc
  Outcome list_stages(const Call& call);
  Outcome list_postings(const Call& call);
  Outcome list_reasons(const Call& call);
  Outcome list_users(const Call& call);
  Outcome list_tags(const Call& call);
  Outcome list_notes(const Call& call);
  Outcome list_deleted(const Call& call);
  Outcome list_of(const Call& call, std::vector<Json> rows);

  // opportunities.cc
  Outcome list_opportunities(const Call& call);
  Outcome get_opportunity(const Call& call);
  const Candidacy* find(const std::string& id) const;
  bool may_see(const Candidacy& candidacy) const;
  const std::string& stage_of(const Candidacy& candidacy) const;
  std::optional<Timestamp> updated(const Candidacy& candidacy) const;
  struct Filter;
  bool passes(const Filter& filter, const Candidacy& candidacy) const;
  enum class Contact { Shown, Blank };
  Json json_of(const Candidacy& candidacy, const std::vector<std::string>& expand,
               Contact contact) const;
  Json application_json(const Candidacy& candidacy) const;
  Json archived_json(const Candidacy& candidacy) const;

  // writes.cc
  Outcome add_note(const Call& call);
  Outcome add_tags(const Call& call);
  Outcome add_links(const Call& call);
  Outcome put_stage(const Call& call);
  Outcome put_archived(const Call& call);
  std::optional<Outcome> wrong_author(const Call& call) const;

  Recruiting world_;
  Offsets offsets_;
  double tokens_;
  Timestamp filled_at_;
};

}  // namespace lever

std::unique_ptr<Peer> make_lever(const Clock& clock);

}  // namespace praxisync::sandbox::ats
