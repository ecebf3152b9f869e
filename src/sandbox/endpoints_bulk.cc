#include <unordered_set>

#include "domain/email.h"
#include "sandbox/endpoints.h"

namespace praxisync::sandbox::endpoints {
namespace {

using wire::BulkBody;
using wire::BulkCandidate;
using wire::Skipped;

/// What the whole batch is refused for, before any of it takes effect.
std::optional<Refusal> refusal_of(const Call& call, Number assessment, const BulkBody& body) {
  const Options& options = call.options;
  if (options.bulk_limit > 0 &&
      body.candidates.size() > static_cast<std::size_t>(options.bulk_limit)) {
    const std::string_view code =
        options.bulk_limit_status == 413 ? "PAYLOAD_TOO_LARGE" : "VALIDATION_ERROR";
    return Refusal{options.bulk_limit_status, std::string(code),
                   "Too many candidates in one request."};
  }
  if (options.ill_formed_in_bulk == IllFormedInBulk::RefusesBatch) {
    for (const BulkCandidate& candidate : body.candidates) {
      if (candidate.fault == BulkCandidate::Fault::IllFormed)
        return Refusal{400, "VALIDATION_ERROR", candidate.message};
    }
  }
  const std::optional<int> remaining = invites_remaining(call);
  if (!remaining) return std::nullopt;
  std::unordered_set<std::string> fresh;
  for (const BulkCandidate& candidate : body.candidates) {
    if (candidate.fault != BulkCandidate::Fault::None) continue;
    const std::string key = email_key(candidate.invitee.email);
    if (!call.lifecycle.standing_invitation(assessment, key)) fresh.insert(key);
  }
  const auto left = static_cast<std::size_t>(*remaining);
  const bool whole = options.bulk_over_quota == BulkOverQuota::RefusesWhole;
  if (!fresh.empty() && (left == 0 || (whole && fresh.size() > left))) return quota_exceeded();
  return std::nullopt;
}

}  // namespace

Outcome bulk_invite(const Call& call) {
  const auto assessment = call.world.find_assessment(call.argument);
  if (!assessment) return not_found("Assessment");
  const auto parsed = wire::read_bulk(call.body);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return *refusal;
  if (call.world.assessments[*assessment].status != AssessmentStatus::Active) return not_active();
  const BulkBody& body = std::get<BulkBody>(parsed);
  if (const auto refusal = refusal_of(call, *assessment, body)) return *refusal;

  const std::string already = call.options.skip_spelling == SkipSpelling::Underscore
                                  ? "already_invited"
                                  : "already invited";
  std::vector<Number> invited;
  std::vector<Skipped> skipped;
  for (const BulkCandidate& candidate : body.candidates) {
    const std::string& email = candidate.invitee.email;
    if (candidate.fault == BulkCandidate::Fault::MissingEmail) {
      skipped.push_back({std::nullopt, "missing_email"});
    } else if (candidate.fault == BulkCandidate::Fault::IllFormed) {
      skipped.push_back({email.empty() ? std::nullopt : std::optional(email), "error"});
    } else if (call.lifecycle.standing_invitation(*assessment, email_key(email))) {
      const bool lowered = call.options.email_case == EmailCase::Lowered;
      skipped.push_back({lowered ? email_key(email) : email, already});
    } else if (invites_remaining(call) == 0) {
      skipped.push_back({email, "error"});
    } else {
      invited.push_back(call.lifecycle.invite(*assessment, candidate.invitee, body.mail, call.now));
    }
  }
  return Answer{invited.empty() ? 200 : 201, call.write().bulk(invited, skipped)};
}

}  // namespace praxisync::sandbox::endpoints
