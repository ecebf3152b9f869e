#include "assess/client.h"

#include <initializer_list>
#include <utility>

#include "assess/refusal.h"
#include "assess/wire.h"
#include "domain/text.h"
#include "http/http_date.h"
#include "http/url.h"

namespace praxisync::assess {
namespace {

// What a key must be allowed to do: 000, 001, 003, 004. Pipelines, webhooks and the organisation
// need nothing.
constexpr std::string_view kAssessmentsRead = "assessments:read";
constexpr std::string_view kInvitationsRead = "invitations:read";
constexpr std::string_view kInvitationsWrite = "invitations:write";
constexpr std::string_view kCandidatesRead = "candidates:read";
constexpr std::string_view kCasesRead = "cases:read";
constexpr std::string_view kCasesWrite = "cases:write";
constexpr std::string_view kNoScope;

/// "assessments/:slug/invites/", each part encoded. Empty where a part cannot be a segment: with an
/// empty id or ".." the call would reach another resource.
std::string path_of(std::initializer_list<std::string_view> parts) {
  std::string path;
  for (const std::string_view part : parts) {
    if (part.empty() || part == "." || part == "..") return {};
    path += http::encode_segment(part) + '/';
  }
  return path;
}

std::string query_of(const PageToken& page) {
  std::string query = "page_size=" + std::to_string(kMaxPageSize);
  if (!page.first()) query += '&' + page.name() + '=' + http::encode_query_value(page.value());
  return query;
}

void add_filter(std::string& query, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  query.append("&").append(name).append("=").append(http::encode_query_value(value));
}

bool is_success(const http::Response& reply) { return reply.status >= 200 && reply.status <= 299; }

}  // namespace

struct Client::Call {
  std::string_view step;   ///< for the error's text
  std::string_view scope;  ///< of the key
  std::string path;        ///< below /api/v1/public/; empty: cannot be asked
  http::Method method = http::Method::Get;
  std::string query{};
  std::string body{};
  http::Repeat repeat = http::Repeat::Safe;
  std::string token{};  ///< stands in the path; a peer's message may repeat it, we do not
  bool enrolls = false;
};

Client::Client(http::Transport& transport, const Clock& clock, std::string base_url, Keep keep,
               http::Draw draw)
    : transport_(transport),
      clock_(clock),
      base_url_(std::move(base_url)),
      keep_(keep),
      draw_(draw) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

http::Request Client::request(const Call& call) const {
  http::Request request{.method = call.method,
                        .url = base_url_ + "/api/v1/public/" + call.path,
                        .headers = {{"Accept", "application/json"}},
                        .body = call.body,
                        .repeat = call.repeat,
                        .draw = draw_};
  if (!call.query.empty()) request.url += '?' + call.query;
  if (call.method == http::Method::Post || call.method == http::Method::Patch) {
    request.headers.push_back({"Content-Type", "application/json"});
  }
  if (call.method != http::Method::Get) request.cost = http::Cost::Write;
  return request;
}

void Client::hear_the_time(const http::Response& reply) {
  const auto theirs = http::date_of(reply);
  if (!theirs) return;
  const Milliseconds ahead = *theirs - clock_.now();
  api_ahead_ = std::chrono::abs(ahead) > std::chrono::minutes{1} ? ahead : Milliseconds{0};
}

wire::Answer Client::kept(const http::Response& reply) const { return {reply.body, keep_}; }

/// `read(const http::Response&) -> Result<T>` reads a success.
template <typename T, typename Read>
Reply<T> Client::ask(const Call& call, Read read) {
  if (call.path.empty()) {
    Error error{ErrorKind::Rejected, "an empty id, or one that is no name"};
    return ApiError{std::move(error).during(call.step), Refusal::Other};
  }
  const http::Request asked = request(call);
  Result<http::Response> reply = transport_.send(asked);
  if (!reply) return ApiError{std::move(reply).error().during(call.step)};
  hear_the_time(*reply);
  if (!is_success(*reply)) {
    Asked facts{.scope = call.scope,
                .enrolls = call.enrolls,
                .confidential = wire::confidential_in(call.body)};
    if (!call.token.empty()) facts.confidential.push_back(call.token);
    ApiError failure = refused(asked, *reply, facts, clock_.now());
    failure.error = std::move(failure.error).during(call.step);
    return failure;
  }
  Result<T> value = read(*reply);
  if (value) return std::move(*value);
  Error error =
      std::move(value).error().during("HTTP " + std::to_string(reply->status)).during(call.step);
  if (call.repeat != http::Repeat::Safe) error.kind = ErrorKind::OutcomeUnknown;
  return ApiError{std::move(error)};
}

Reply<Page<Assessment>> Client::list_assessments(const PageToken& page, std::string_view status,
                                                 std::string_view search) {
  Call call{"list assessments", kAssessmentsRead, path_of({"assessments"})};
  call.query = query_of(page);
  add_filter(call.query, "status", status);
  add_filter(call.query, "search", search);
  return ask<Page<Assessment>>(
      call, [&](const http::Response& reply) { return wire::read_assessments(kept(reply), page); });
}

Reply<Assessment> Client::get_assessment(const AssessmentSlug& slug) {
  const Call call{"get assessment", kAssessmentsRead, path_of({"assessments", slug.text()})};
  return ask<Assessment>(
      call, [&](const http::Response& reply) { return wire::read_assessment(kept(reply)); });
}

Reply<Page<Task>> Client::list_tasks(const AssessmentSlug& slug, const PageToken& page) {
  Call call{"list tasks", kAssessmentsRead, path_of({"assessments", slug.text(), "cases"})};
  call.query = query_of(page);
  return ask<Page<Task>>(
      call, [&](const http::Response& reply) { return wire::read_tasks(kept(reply), page); });
}

Reply<Organisation> Client::get_organisation() {
  const Call call{"get organisation", kNoScope, path_of({"org"})};
  return ask<Organisation>(
      call, [&](const http::Response& reply) { return wire::read_organisation(kept(reply)); });
}

Reply<Page<Member>> Client::list_team(const PageToken& page) {
  Call call{"list team", kNoScope, path_of({"org", "team"})};
  call.query = query_of(page);
  return ask<Page<Member>>(
      call, [&](const http::Response& reply) { return wire::read_team(kept(reply), page); });
}

Reply<Stats> Client::get_stats() {
  const Call call{"get statistics", kNoScope, path_of({"org", "stats"})};
  return ask<Stats>(call,
                    [&](const http::Response& reply) { return wire::read_stats(kept(reply)); });
}

Reply<CreatedInvite> Client::create_invite(const AssessmentSlug& slug, const Candidate& candidate,
                                           SendInvitationEmail send) {
  Call call{"create invitation", kInvitationsWrite,
            path_of({"assessments", slug.text(), "invites"}), http::Method::Post};
  call.body = wire::invite_body(candidate, send);
  return ask<CreatedInvite>(call, [&](const http::Response& reply) {
    Result<CreatedInvite> invite = wire::read_created_invite(kept(reply));
    if (invite) invite->creation = reply.status == 200 ? Creation::Existing : Creation::New;
    return invite;
  });
}

std::string Client::bulk_body(const std::vector<Candidate>& candidates, SendInvitationEmail send) {
  return wire::bulk_body(candidates, send);
}

Reply<BulkAnswer> Client::bulk_invite(const AssessmentSlug& slug, const std::string& body) {
  Call call{"invite in bulk", kInvitationsWrite,
            path_of({"assessments", slug.text(), "invites", "bulk"}), http::Method::Post};
  call.body = body;
  return ask<BulkAnswer>(
      call, [&](const http::Response& reply) { return wire::read_bulk_answer(kept(reply)); });
}

Reply<Invite> Client::get_invite(const InviteToken& token) {
  Call call{"get invitation", kInvitationsRead, path_of({"invites", token.reveal()})};
  call.token = token.reveal();
  return ask<Invite>(
      call, [&](const http::Response& reply) { return wire::read_invite(kept(reply), token); });
}

Reply<Page<Invite>> Client::list_invites(const PageToken& page) {
  Call call{"list invitations", kInvitationsRead, path_of({"invites"})};
  call.query = query_of(page);
  return ask<Page<Invite>>(
      call, [&](const http::Response& reply) { return wire::read_invites(kept(reply), page); });
}

Reply<Done> Client::remind(const InviteToken& token) {
  Call call{"remind", kInvitationsWrite, path_of({"invites", token.reveal(), "remind"}),
            http::Method::Post};
  call.repeat = http::Repeat::Look;
  call.token = token.reveal();
  return ask<Done>(call, [&](const http::Response& reply) { return wire::read_done(kept(reply)); });
}

Reply<Done> Client::cancel(const InviteToken& token) {
  Call call{"cancel invitation", kInvitationsWrite, path_of({"invites", token.reveal()}),
            http::Method::Delete};
  call.repeat = http::Repeat::Look;
  call.token = token.reveal();
  return ask<Done>(call, [&](const http::Response& reply) { return wire::read_gone(kept(reply)); });
}

Reply<Page<ResultRow>> Client::list_results(const AssessmentSlug& slug, const PageToken& page) {
  Call call{"list results", kCandidatesRead, path_of({"assessments", slug.text(), "results"})};
  call.query = query_of(page);
  return ask<Page<ResultRow>>(
      call, [&](const http::Response& reply) { return wire::read_results(kept(reply), page); });
}

Reply<ResultDetail> Client::get_result(const InviteToken& token) {
  Call call{"get result", kCandidatesRead, path_of({"invites", token.reveal(), "result"})};
  call.token = token.reveal();
  return ask<ResultDetail>(call, [&](const http::Response& reply) {
    return wire::read_result(kept(reply), token, base_url_);
  });
}

Reply<Page<Pipeline>> Client::list_pipelines(const PageToken& page) {
  Call call{"list pipelines", kNoScope, path_of({"pipelines"})};
  call.query = query_of(page);
  return ask<Page<Pipeline>>(
      call, [&](const http::Response& reply) { return wire::read_pipelines(kept(reply), page); });
}

Reply<Pipeline> Client::get_pipeline(const PipelineSlug& slug) {
  const Call call{"get pipeline", kNoScope, path_of({"pipelines", slug.text()})};
  return ask<Pipeline>(
      call, [&](const http::Response& reply) { return wire::read_pipeline(kept(reply), slug); });
}

Reply<Enrollment> Client::enroll(const PipelineSlug& slug, const std::string& email,
                                 const std::string& name) {
  Call call{"enroll", kNoScope, path_of({"pipelines", slug.text(), "enroll"}), http::Method::Post};
  call.body = wire::enroll_body(email, name);
  call.repeat = http::Repeat::Look;
  call.enrolls = true;
  return ask<Enrollment>(
      call, [&](const http::Response& reply) { return wire::read_enrolled(kept(reply)); });
}

Reply<Enrollment> Client::get_enrollment(const EnrollmentId& id) {
  const Call call{"get enrollment", kNoScope, path_of({"pipelines", "enrollments", id.text()})};
  return ask<Enrollment>(
      call, [&](const http::Response& reply) { return wire::read_enrollment(kept(reply), id); });
}

Reply<Page<Case>> Client::list_cases(const PageToken& page) {
  Call call{"list cases", kCasesRead, path_of({"cases"})};
  call.query = query_of(page);
  return ask<Page<Case>>(
      call, [&](const http::Response& reply) { return wire::read_cases(kept(reply), page); });
}

Reply<Case> Client::get_case(const CaseId& id) {
  const Call call{"get case", kCasesRead, path_of({"cases", id.text()})};
  return ask<Case>(call,
                   [&](const http::Response& reply) { return wire::read_case(kept(reply), id); });
}

Reply<Case> Client::create_case(const NewCase& fresh) {
  Call call{"create case", kCasesWrite, path_of({"cases", "create"}), http::Method::Post};
  call.body = wire::case_body(fresh);
  call.repeat = http::Repeat::Never;
  return ask<Case>(
      call, [&](const http::Response& reply) { return wire::read_created_case(kept(reply)); });
}

Reply<Case> Client::update_case(const CaseId& id, const CaseChanges& changes) {
  Call call{"update case", kCasesWrite, path_of({"cases", id.text()}), http::Method::Patch};
  if (!changes.title && !changes.question) {
    Error error{ErrorKind::Rejected, "nothing to change"};
    return ApiError{std::move(error).during(call.step), Refusal::Other};
  }
  call.body = wire::case_body(changes);
  return ask<Case>(call,
                   [&](const http::Response& reply) { return wire::read_case(kept(reply), id); });
}

Reply<Done> Client::delete_case(const CaseId& id) {
  Call call{"delete case", kCasesWrite, path_of({"cases", id.text()}), http::Method::Delete};
  call.repeat = http::Repeat::Look;
  return ask<Done>(call, [&](const http::Response& reply) { return wire::read_gone(kept(reply)); });
}

Reply<Page<Webhook>> Client::list_webhooks(const PageToken& page) {
  Call call{"list webhooks", kNoScope, path_of({"webhooks"})};
  call.query = query_of(page);
  return ask<Page<Webhook>>(
      call, [&](const http::Response& reply) { return wire::read_webhooks(kept(reply), page); });
}

Reply<CreatedWebhook> Client::create_webhook(const NewWebhook& fresh) {
  Call call{"create webhook", kNoScope, path_of({"webhooks"}), http::Method::Post};
  call.body = wire::webhook_body(fresh);
  call.repeat = http::Repeat::Never;
  return ask<CreatedWebhook>(
      call, [&](const http::Response& reply) { return wire::read_created_webhook(kept(reply)); });
}

Reply<WebhookTest> Client::test_webhook(const WebhookId& id) {
  Call call{"test webhook", kNoScope, path_of({"webhooks", id.text(), "test"}), http::Method::Post};
  call.repeat = http::Repeat::Never;
  return ask<WebhookTest>(
      call, [&](const http::Response& reply) { return wire::read_webhook_test(kept(reply)); });
}

}  // namespace praxisync::assess
