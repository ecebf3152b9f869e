// Answers of the Assess API through its client, whatever status and body come: a value within its
// bounds, or an error of the right class that repeats nothing confidential. The first byte chooses
// the call, the second the status; the rest is the body.
#include <array>

#include "assess/client.h"
#include "fuzz/fuzz.h"
#include "fuzz/still_clock.h"
#include "http/url.h"
#include "json/reader.h"

namespace praxisync::fuzz {
namespace {

using namespace assess;

constexpr std::string_view kApi = "https://assess.example/api/v1/public/";
constexpr std::string_view kToken = "tok-canary-1f2e3d";
constexpr std::string_view kEmail = "ada.canary@example.org";
constexpr std::string_view kName = "Ada Canary";
constexpr std::string_view kHook = "https://hooks.example.org/canary-5e6f";
constexpr std::array kStatuses{200, 201, 204, 400, 401, 403, 404,
                               409, 413, 422, 429, 500, 503, 302};

class Canned final : public http::Transport {
 public:
  explicit Canned(http::Response answer) : answer_(std::move(answer)) {}
  Result<http::Response> send(const http::Request& request) override {
    PRAXISYNC_CHECK(request.url.starts_with(kApi), "every URL is made from the base URL");
    PRAXISYNC_CHECK(http::parse_url(request.url), "and is one");
    repeat = request.repeat;
    asked = request.url + ' ' + request.body;
    ++sent;
    return answer_;
  }
  int sent = 0;
  std::string asked;
  http::Repeat repeat = http::Repeat::Safe;

 private:
  http::Response answer_;
};

void check_failure(const ApiError& failure, const Canned& transport, int status) {
  const Error& error = failure.error;
  check_shown(error.what, 1000);
  for (const std::string_view ours : {kToken, kEmail, kName, kHook}) {
    const bool asked = transport.asked.find(ours) != std::string::npos;
    PRAXISYNC_CHECK(!asked || error.what.find(ours) == std::string::npos,
                    "no error repeats the token, person or endpoint that the call was about");
  }
  PRAXISYNC_CHECK(error.what.find(kEmail) == std::string::npos, "or an address, whosoever");
  const bool success = status >= 200 && status <= 299;
  PRAXISYNC_CHECK(!success || error.kind == (transport.repeat == http::Repeat::Safe
                                                 ? ErrorKind::Malformed
                                                 : ErrorKind::OutcomeUnknown),
                  "a success that cannot be read: look before sending again");
  PRAXISYNC_CHECK(error.retry_at.has_value() == (error.kind == ErrorKind::Throttled),
                  "only a throttled call says when to come back");
  PRAXISYNC_CHECK(error.kind != ErrorKind::Transient || transport.repeat == http::Repeat::Safe,
                  "what may have taken effect is not sent again unlooked");
  PRAXISYNC_CHECK(failure.refusal != Refusal::QuotaExceeded || error.kind == ErrorKind::Exhausted,
                  "without quota the run stops in order");
  PRAXISYNC_CHECK(failure.enrollment.empty() || failure.refusal == Refusal::AlreadyEnrolled,
                  "an enrollment is named by nothing else");
}

void check_raw(const Raw& raw) {
  if (raw.empty()) return;
  const Result<json::Value> read = json::Value::parse(raw.reveal());
  PRAXISYNC_CHECK(read && read->compact() == raw.reveal(), "what is kept is the resource's JSON");
}

void check_quota(const Quota& quota) {
  PRAXISYNC_CHECK(
      quota.used >= 0 && quota.limit.value_or(0) >= 0 && quota.remaining.value_or(0) >= 0,
      "a quota is not negative");
}

void check_row(const Invite& invite) {
  PRAXISYNC_CHECK(!invite.token.empty() && !invite.email.empty() && !invite.assessment.empty(),
                  "an invitation has token, address and assessment");
}
void check_row(const ResultRow& row) {
  const double score = row.score_percentage.value_or(0);
  PRAXISYNC_CHECK(score >= 0 && score <= 100, "a score is a percentage");
  PRAXISYNC_CHECK(row.time_spent.value_or(Milliseconds{0}) >= Milliseconds{0}, "time is spent");
  PRAXISYNC_CHECK(!row.token.empty(), "a result has its token");
}
void check_row(const Enrollment& enrollment) {
  PRAXISYNC_CHECK(!enrollment.id.empty() && enrollment.current_stage >= 0, "stages count from 0");
  for (const StageScore& stage : enrollment.scores) {
    PRAXISYNC_CHECK(stage.stage >= 0 && stage.score >= 0 && stage.score <= 100, "so do scores");
  }
}
void check_row(const Pipeline& pipeline) {
  PRAXISYNC_CHECK(!pipeline.slug.empty(), "a pipeline has a slug");
  PRAXISYNC_CHECK(std::ranges::is_sorted(pipeline.stages, {}, &PipelineStage::order),
                  "its stages are in order");
}
void check_row(const Organisation& organisation) { check_quota(organisation.quota); }
void check_row(const ResultDetail& detail) {
  check_row(detail.row);
  PRAXISYNC_CHECK(detail.report_url.empty() || to_lower(detail.report_url).starts_with("http"),
                  "a report is a web address");
  PRAXISYNC_CHECK(detail.row.token.reveal() == kToken, "a result is the one asked for");
}
void check_row(const BulkAnswer& bulk) {
  for (const BulkInvited& invited : bulk.invited) {
    PRAXISYNC_CHECK(!invited.email.empty() && !invited.token.empty(), "who is invited is named");
  }
  for (const std::string& why : bulk.bad_rows) check_shown(why, 200);
}
template <typename T>
void check_row(const T&) {}

template <typename T>
void check_value(const T& value, const PageToken&) {
  if constexpr (requires { value.raw; }) check_raw(value.raw);
  check_row(value);
}
template <typename Row>
void check_value(const Page<Row>& page, const PageToken& asked) {
  for (const Row& row : page.rows) check_value(row, asked);
  for (const std::string& why : page.bad_rows) check_shown(why, 200);
  PRAXISYNC_CHECK(!page.next || leads_on(asked, *page.next), "the next page is another one");
  PRAXISYNC_CHECK(!page.next || PageToken::from_text(page.next->text()) == page.next,
                  "and its token can be kept");
  PRAXISYNC_CHECK(!page.next || !page.cut_off, "a list goes on or is cut off");
  if (page.quota) check_quota(*page.quota);
}

/// `call(client, page)` twice: what is said is the answer's alone.
template <typename Call>
void ask(const http::Response& answer, const PageToken& page, Call call) {
  const StillClock clock;
  std::string said;
  for (int times = 0; times < 2; ++times) {
    Canned transport(answer);
    Client client(transport, clock, "https://assess.example", Keep::Raw);
    const auto reply = call(client, page);
    PRAXISYNC_CHECK(transport.sent == 1, "one call is one request");
    const std::string text = reply ? "a value" : reply.error().what;
    PRAXISYNC_CHECK(times == 0 || text == said, "the same answer says the same");
    said = text;
    if (!reply) {
      check_failure(reply.failure(), transport, answer.status);
    } else {
      PRAXISYNC_CHECK(answer.status <= 299, "a value comes of a success");
      check_value(*reply, page);
    }
  }
}

using Ask = void (*)(const http::Response&, const PageToken&);
template <auto kCall>
void with(const http::Response& answer, const PageToken& page) {
  ask(answer, page, kCall);
}

const AssessmentSlug& screen() {
  static const AssessmentSlug slug{"screen"};
  return slug;
}
InviteToken token() { return InviteToken(std::string(kToken)); }
Candidate ada() { return {.email = std::string(kEmail), .name = std::string(kName), .role = ""}; }

// In the order of client.h; a corpus file's first byte is 'A' and on.
constexpr std::array<Ask, 24> kAsks{
    with<[](Client& c, const PageToken& p) { return c.list_assessments(p); }>,
    with<[](Client& c, const PageToken&) { return c.get_assessment(screen()); }>,
    with<[](Client& c, const PageToken& p) { return c.list_tasks(screen(), p); }>,
    with<[](Client& c, const PageToken&) { return c.get_organisation(); }>,
    with<[](Client& c, const PageToken& p) { return c.list_team(p); }>,
    with<[](Client& c, const PageToken&) { return c.get_stats(); }>,
    with<[](Client& c, const PageToken&) {
      return c.create_invite(screen(), ada(), SendInvitationEmail::Yes);
    }>,
    with<[](Client& c, const PageToken&) {
      return c.bulk_invite(screen(), Client::bulk_body({ada()}, SendInvitationEmail::No));
    }>,
    with<[](Client& c, const PageToken&) { return c.get_invite(token()); }>,
    with<[](Client& c, const PageToken& p) { return c.list_invites(p); }>,
    with<[](Client& c, const PageToken&) { return c.remind(token()); }>,
    with<[](Client& c, const PageToken&) { return c.cancel(token()); }>,
    with<[](Client& c, const PageToken& p) { return c.list_results(screen(), p); }>,
    with<[](Client& c, const PageToken&) { return c.get_result(token()); }>,
    with<[](Client& c, const PageToken& p) { return c.list_pipelines(p); }>,
    with<[](Client& c, const PageToken&) { return c.get_pipeline(PipelineSlug("grad")); }>,
    with<[](Client& c, const PageToken&) {
      return c.enroll(PipelineSlug("grad"), std::string(kEmail), std::string(kName));
    }>,
    with<[](Client& c, const PageToken&) { return c.get_enrollment(EnrollmentId("e-1")); }>,
    with<[](Client& c, const PageToken& p) { return c.list_cases(p); }>,
    with<[](Client& c, const PageToken&) { return c.get_case(CaseId("c-1")); }>,
    with<[](Client& c, const PageToken&) {
      return c.create_case({.title = "T", .description = "D", .question = "Q", .case_type = "sql"});
    }>,
    with<[](Client& c, const PageToken& p) { return c.list_webhooks(p); }>,
    with<[](Client& c, const PageToken&) {
      return c.create_webhook({.url = std::string(kHook), .event_types = {"invite.completed"}});
    }>,
    with<[](Client& c, const PageToken&) { return c.test_webhook(WebhookId("w-1")); }>,
};

}  // namespace

void run(std::string_view input) {
  if (input.size() < 2) return;
  const auto call = static_cast<unsigned char>(input[0] - 'A') % kAsks.size();
  const auto status = static_cast<unsigned char>(input[1] - 'a') % kStatuses.size();
  const http::Response answer{.status = kStatuses[status],
                              .headers = {{"Content-Type", "application/json"}},
                              .body = std::string(input.substr(2))};
  kAsks[call](answer, {});
  kAsks[call](answer, *PageToken::from_text("page=2"));
}

}  // namespace praxisync::fuzz
