/// Lever's JSON, read and written: no other file of this folder knows it. What is read here is
/// complete and within bounds; what cannot be read says at which path. Ids are opaque texts: most
/// are UUIDs, but default stages have words for ids ("applicant-new").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connector/connector.h"
#include "domain/application.h"
#include "domain/result.h"

namespace praxisync::lever {

/// One page of a list.
template <typename Row>
struct Listing {
  std::vector<Row> rows;
  std::string next{};  ///< the token that asks for the page behind it; empty: there is none
};

using Stage = connector::Named;
using User = connector::Named;

/// A job.
struct Posting {
  std::string id, name;
  bool open = false;
};

/// Why somebody was archived: rejected, or hired.
struct Reason {
  std::string id, name;
  bool hired = false, active = true;
};

/// One candidacy: what praxisync calls an application.
struct Opportunity {
  std::string id;
  std::string contact;  ///< the person's id; of all opportunities of a person the same
  std::string name, email;
  std::string stage;    ///< its id
  std::string posting;  ///< its id; empty: a lead without a job
  std::vector<std::string> tags, links;
  bool archived = false;
  std::string archive_reason;  ///< its id
  bool anonymised = false;
  bool may_be_contacted = true;
  std::optional<Timestamp> updated_at{};  ///< old ones have none
};

struct OpportunityPage {
  Listing<Opportunity> listing;
  std::vector<SetAside> unread{};  ///< rows that could not be read
  Timestamp answered{};            ///< by Lever's clock
};

/// What Lever says against a request.
struct Refusal {
  std::string code;  ///< "ResourceNotFound"
  std::string of;    ///< what was not found: "stages", "opportunities"; empty: it does not say
};

/// A webhook delivery. Its token and its time are signed, and nothing else of it.
struct SignedEvent {
  std::string token;         ///< this delivery's own
  std::string triggered_at;  ///< as it is spelt: it is signed behind the token
  std::string signature;
  Timestamp at;      ///< the same as triggered_at
  std::string kind;  ///< "candidateStageChange"
  bool has_data = true;
};

// Each is Malformed where the answer is not what Lever documents.
Result<OpportunityPage> read_opportunities(std::string_view body);
Result<Opportunity> read_opportunity(std::string_view body);
/// The ids of opportunities that were deleted.
Result<Listing<std::string>> read_deleted(std::string_view body);
/// The texts of notes.
Result<Listing<std::string>> read_notes(std::string_view body);
Result<Listing<Stage>> read_stages(std::string_view body);
Result<Listing<Posting>> read_postings(std::string_view body);
Result<Listing<Reason>> read_reasons(std::string_view body);
Result<Listing<User>> read_users(std::string_view body);

/// Malformed where there is no signature, or nothing that it could be of.
Result<SignedEvent> read_signed_event(std::string_view body);

/// Empty texts where it cannot be read.
Refusal read_refusal(std::string_view body);
/// Whether it can be Lever's answer to a write that took effect. What else it says is not looked
/// at: the person's name and addresses are blank in some of them.
bool is_answer(std::string_view body);

std::string note_body(const std::string& text);
std::string tags_body(const std::string& tag);
std::string links_body(const std::string& link);
std::string stage_body(const std::string& stage_id);
std::string archive_body(const std::string& reason_id);

}  // namespace praxisync::lever
