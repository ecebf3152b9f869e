/// Lever's Data API v1: one method for each call, typed, over an account. It says of each request
/// whether it may be repeated, and turns refusals into errors by what is to be done about them.
/// Documented at https://hire.lever.co/developer/documentation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connector/account.h"
#include "connector/http_settings.h"
#include "connectors/lever/wire.h"

namespace praxisync::lever {

/// What an API key or OAuth token may be allowed, as Lever's scopes spell it.
namespace scope {
inline constexpr std::string_view kOpportunities = "opportunities:write:admin";
inline constexpr std::string_view kPostings = "postings:read:admin";
inline constexpr std::string_view kStages = "stages:read:admin";
inline constexpr std::string_view kNotes = "notes:write:admin";
inline constexpr std::string_view kReasons = "archive_reasons:read:admin";
inline constexpr std::string_view kUsers = "users:read:admin";
inline constexpr std::string_view kConfidential = "confidential:access:admin";
}  // namespace scope

/// Which opportunities are listed. The same filters have to come with every offset.
struct OpportunityFilter {
  std::vector<std::string> stages{}, postings{};  ///< ids; empty: all of them
  /// Given: whoever changed then or later, those who were archived too. Otherwise whoever is not
  /// archived.
  std::optional<Timestamp> changed_since{};
};

/// What became of a write that Lever answered.
enum class Answer {
  Done,
  Gone,  ///< there is no such opportunity any more
};

class Api {
 public:
  Api(const connector::World& world, const connector::HttpSettings& http, const ApiKey& key,
      std::string perform_as);

  // Reads. Rejected also where `offset` is one that Lever does not know (any more).
  Result<OpportunityPage> opportunities(const OpportunityFilter& filter, const std::string& offset);
  /// nullopt: there is none.
  Result<std::optional<Opportunity>> opportunity(const std::string& id);
  /// `from` to `to` is thirty days at most.
  Result<Listing<std::string>> deleted(Timestamp from, Timestamp to, const std::string& offset);
  /// None of an opportunity that is gone.
  Result<Listing<std::string>> notes(const std::string& id, const std::string& offset);
  Result<Listing<Stage>> stages(const std::string& offset);
  Result<Listing<Posting>> postings(const std::string& offset);
  Result<Listing<Reason>> reasons(const std::string& offset);
  Result<Listing<User>> users(const std::string& offset);

  // Writes, each to the opportunity of that id. None of them is repeated by itself: a lost answer
  // is OutcomeUnknown.
  Result<Answer> add_note(const std::string& id, const std::string& text);
  Result<Answer> add_tag(const std::string& id, const std::string& tag);
  Result<Answer> add_link(const std::string& id, const std::string& link);
  Result<Answer> move(const std::string& id, const std::string& stage_id);
  Result<Answer> archive(const std::string& id, const std::string& reason_id);

  /// Whether the key sees confidential jobs and people, as far as is known by now.
  bool sees_confidential() const { return sees_confidential_; }
  /// Whether the key itself was refused, not only what it asked for.
  bool key_is_refused() const { return key_is_refused_; }

 private:
  Result<http::Response> get(const std::string& path_and_query, std::string_view permission);
  Result<http::Response> get_with_confidential(const std::string& path_and_query,
                                               std::string_view permission);
  Result<Answer> write(http::Method method, const std::string& id, std::string_view what,
                       std::string body, std::string_view permission);
  Error refused(const http::Request& request, const http::Response& reply,
                std::string_view permission);

  Clock& clock_;
  connector::Account account_;
  std::string limit_;       ///< "limit=100"
  std::string perform_as_;  ///< "?perform_as=ID", or empty
  bool sees_confidential_ = true, key_is_refused_ = false;
};

}  // namespace praxisync::lever
