/// The Assess API's JSON, both ways: answers into types, requests into bodies. Used by client.cc
/// alone. An answer that is not of the documented form is Malformed, its text a path and a reason;
/// a row of a list that cannot be read is set aside in `bad_rows` and the rest go on. Unknown
/// fields are ignored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assess/paging.h"
#include "assess/reply.h"
#include "assess/types.h"

namespace praxisync::assess::wire {

Result<Page<Assessment>> read_assessments(std::string_view body, const PageToken& asked);
Result<Assessment> read_assessment(std::string_view body);
Result<Organisation> read_organisation(std::string_view body);

Result<CreatedInvite> read_created_invite(std::string_view body);
Result<BulkAnswer> read_bulk_answer(std::string_view body);
Result<Page<Invite>> read_invites(std::string_view body, const PageToken& asked);
/// Malformed where it answers for another invitation.
Result<Invite> read_invite(std::string_view body, const InviteToken& asked);
/// Any JSON object that is not an error: what `remind` answers.
Result<Done> read_done(std::string_view body);

Result<Page<ResultRow>> read_results(std::string_view body, const PageToken& asked);
Result<ResultDetail> read_result(std::string_view body, const InviteToken& asked,
                                 std::string_view base_url);

Result<Page<Pipeline>> read_pipelines(std::string_view body, const PageToken& asked);
Result<Pipeline> read_pipeline(std::string_view body, const PipelineSlug& asked);
/// The answer of an enroll call.
Result<Enrollment> read_enrolled(std::string_view body);
/// Malformed where it answers for another enrollment.
Result<Enrollment> read_enrollment(std::string_view body, const EnrollmentId& asked);

/// Keys in one order and no space, so that the same people always give the same bytes. Bytes that
/// are not UTF-8 become U+FFFD.
std::string bulk_body(const std::vector<Candidate>& candidates, SendInvitationEmail send);
std::string invite_body(const Candidate& candidate, SendInvitationEmail send);
std::string enroll_body(const std::string& email, const std::string& name);

/// What an error answer says, as far as it says anything: a body that is not JSON leaves all empty.
struct ErrorBody {
  std::string code, message;
  EnrollmentId enrollment;
};
ErrorBody read_error(std::string_view body);

/// The addresses and names in a body of ours, which a peer's error text must not repeat.
std::vector<std::string> people_in(std::string_view request_body);

}  // namespace praxisync::assess::wire
