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

/// The body of a success, and whether its JSON is to be kept.
struct Answer {
  std::string_view body;
  Keep keep = Keep::Nothing;
};

Result<Page<Assessment>> read_assessments(const Answer& answer, const PageToken& asked);
Result<Assessment> read_assessment(const Answer& answer);
Result<Page<Task>> read_tasks(const Answer& answer, const PageToken& asked);

Result<Organisation> read_organisation(const Answer& answer);
Result<Page<Member>> read_team(const Answer& answer, const PageToken& asked);
Result<Stats> read_stats(const Answer& answer);

Result<CreatedInvite> read_created_invite(const Answer& answer);
Result<BulkAnswer> read_bulk_answer(const Answer& answer);
Result<Page<Invite>> read_invites(const Answer& answer, const PageToken& asked);
/// Malformed where it answers for another invitation.
Result<Invite> read_invite(const Answer& answer, const InviteToken& asked);
/// Any JSON object that is not an error: what `remind` answers.
Result<Done> read_done(const Answer& answer);
/// The same or nothing (204): what a DELETE answers.
Result<Done> read_gone(const Answer& answer);

Result<Page<ResultRow>> read_results(const Answer& answer, const PageToken& asked);
Result<ResultDetail> read_result(const Answer& answer, const InviteToken& asked,
                                 std::string_view base_url);

Result<Page<Pipeline>> read_pipelines(const Answer& answer, const PageToken& asked);
Result<Pipeline> read_pipeline(const Answer& answer, const PipelineSlug& asked);
/// The answer of an enroll call.
Result<Enrollment> read_enrolled(const Answer& answer);
/// Malformed where it answers for another enrollment.
Result<Enrollment> read_enrollment(const Answer& answer, const EnrollmentId& asked);

Result<Page<Case>> read_cases(const Answer& answer, const PageToken& asked);
/// What get and update answer. Malformed where it answers for another task than `asked`.
Result<Case> read_case(const Answer& answer, const CaseId& asked);
Result<Case> read_created_case(const Answer& answer);

Result<Page<Webhook>> read_webhooks(const Answer& answer, const PageToken& asked);
Result<CreatedWebhook> read_created_webhook(const Answer& answer);
Result<WebhookTest> read_webhook_test(const Answer& answer);

/// Keys in one order and no space, so that the same people always give the same bytes. Bytes that
/// are not UTF-8 become U+FFFD.
std::string bulk_body(const std::vector<Candidate>& candidates, SendInvitationEmail send);
std::string invite_body(const Candidate& candidate, SendInvitationEmail send);
std::string enroll_body(const std::string& email, const std::string& name);
std::string case_body(const NewCase& fresh);
std::string case_body(const CaseChanges& changes);
std::string webhook_body(const NewWebhook& fresh);

/// What an error answer says, as far as it says anything: a body that is not JSON leaves all empty.
struct ErrorBody {
  std::string code, message;
  EnrollmentId enrollment;
};
ErrorBody read_error(std::string_view body);

/// The addresses, names and webhook URLs in a body of ours, which a peer's error text must not
/// repeat.
std::vector<std::string> confidential_in(std::string_view request_body);

}  // namespace praxisync::assess::wire
