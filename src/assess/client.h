/// The Assess API, typed: one method an endpoint, one request a call (a page is a call). It follows
/// no link and no redirect: every URL is made from the configured base URL.
///
/// Errors are by the reaction they need: Unauthorized (401, or 403 without a known code: the text
/// names the scope), Throttled (429), Exhausted (403 INVITE_QUOTA_EXCEEDED), Rejected (400, 404 and
/// other 4xx; `ApiError::refusal` tells them apart), Transient, OutcomeUnknown (also where a
/// Repeat::Look call was answered with a success that cannot be read), Malformed (an answer that is
/// not what the documents say, such as 200 or 404 with a web page: never an empty list). Used from
/// the engine's thread alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assess/paging.h"
#include "assess/reply.h"
#include "assess/types.h"
#include "domain/clock.h"
#include "http/transport.h"

namespace praxisync::assess {
namespace wire {
struct Answer;
}

/// Rows a page at the most, in every list: source 000, 001, 003, 004.
inline constexpr int kMaxPageSize = 100;

class Client {
 public:
  /// `base_url` without a path, such as "https://praxicraft.com"; checked by the config. With
  /// Keep::Raw each resource comes with its JSON.
  Client(http::Transport& transport, const Clock& clock, std::string base_url,
         Keep keep = Keep::Nothing, http::Draw draw = http::Draw::Work);

  /// `status`: active, draft or archived; the server's default is active. `search`: a part of the
  /// title.
  Reply<Page<Assessment>> list_assessments(const PageToken& page, std::string_view status = {},
                                           std::string_view search = {});
  Reply<Assessment> get_assessment(const AssessmentSlug& slug);
  Reply<Page<Task>> list_tasks(const AssessmentSlug& slug, const PageToken& page);

  Reply<Organisation> get_organisation();
  Reply<Page<Member>> list_team(const PageToken& page);
  Reply<Stats> get_stats();

  /// Idempotent by (address, assessment). Repeat::Safe.
  Reply<CreatedInvite> create_invite(const AssessmentSlug& slug, const Candidate& candidate,
                                     SendInvitationEmail send);
  /// The exact bytes of a bulk call, which the engine stores with its intent before it is sent.
  static std::string bulk_body(const std::vector<Candidate>& candidates, SendInvitationEmail send);
  /// Sends stored bytes. Idempotent by (address, assessment). Repeat::Safe.
  Reply<BulkAnswer> bulk_invite(const AssessmentSlug& slug, const std::string& body);
  Reply<Invite> get_invite(const InviteToken& token);
  Reply<Page<Invite>> list_invites(const PageToken& page);
  /// Sends an e-mail each time. Repeat::Look: `Invite::reminded_at` tells.
  Reply<Done> remind(const InviteToken& token);
  /// Repeat::Look: afterwards the invitation is NotFound.
  Reply<Done> cancel(const InviteToken& token);

  /// Completed sessions, newest first.
  Reply<Page<ResultRow>> list_results(const AssessmentSlug& slug, const PageToken& page);
  Reply<ResultDetail> get_result(const InviteToken& token);

  Reply<Page<Pipeline>> list_pipelines(const PageToken& page);
  Reply<Pipeline> get_pipeline(const PipelineSlug& slug);
  /// Not idempotent. Repeat::Look: the first stage's invitation tells (trap 7).
  Reply<Enrollment> enroll(const PipelineSlug& slug, const std::string& email,
                           const std::string& name);
  Reply<Enrollment> get_enrollment(const EnrollmentId& id);

  /// The organisation's own tasks.
  Reply<Page<Case>> list_cases(const PageToken& page);
  Reply<Case> get_case(const CaseId& id);
  /// Not idempotent, and titles need not differ. Repeat::Never.
  Reply<Case> create_case(const NewCase& fresh);
  /// Rejected, with nothing sent, where there is nothing to change. Repeat::Safe: the same values.
  Reply<Case> update_case(const CaseId& id, const CaseChanges& changes);
  /// Repeat::Look: afterwards the task is NotFound.
  Reply<Done> delete_case(const CaseId& id);

  Reply<Page<Webhook>> list_webhooks(const PageToken& page);
  /// Not idempotent, and its secret is given once. Repeat::Never.
  Reply<CreatedWebhook> create_webhook(const NewWebhook& fresh);
  /// Has the API send a ping to the endpoint. Repeat::Never.
  Reply<WebhookTest> test_webhook(const WebhookId& id);

  /// How far the API's clock is ahead of ours, by the last answer: zero up to a minute, which is
  /// within what clocks differ by, and while nothing was answered.
  Milliseconds api_ahead() const { return api_ahead_; }

 private:
  struct Call;
  template <typename T, typename Read>
  Reply<T> ask(const Call& call, Read read);
  http::Request request(const Call& call) const;
  void hear_the_time(const http::Response& reply);
  wire::Answer kept(const http::Response& reply) const;

  http::Transport& transport_;
  const Clock& clock_;
  std::string base_url_;
  Keep keep_;
  http::Draw draw_;
  Milliseconds api_ahead_{0};
};

}  // namespace praxisync::assess
