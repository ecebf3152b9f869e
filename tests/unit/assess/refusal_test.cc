#include "assess/refusal.h"

#include <gmock/gmock.h>

#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::FailsSaying;
using testing_support::FailsWith;

enum class By { Bulk, Enroll, GetInvite };

struct RefusalCase {
  std::string name;
  By by;
  int status;
  std::string body;
  ErrorKind kind;
  Refusal refusal;
  std::string says;
};
void PrintTo(const RefusalCase& row, std::ostream* out) { *out << row.name; }

std::string said(std::string_view code, std::string_view message) {
  return R"({"error": {"message": ")" + std::string(message) + R"(", "code": ")" +
         std::string(code) + R"("}})";
}

class RefusalTable : public WithClient, public testing::WithParamInterface<RefusalCase> {
 protected:
  ApiError call() {
    switch (GetParam().by) {
      case By::Bulk:
        return client.bulk_invite(kScreen, "{}").failure();
      case By::Enroll:
        return client.enroll(PipelineSlug("p"), "jane@example.com", "Jane Doe").failure();
      case By::GetInvite:
        break;
    }
    return client.get_invite(InviteToken("c7b3e2a1")).failure();
  }
};

TEST_P(RefusalTable, IsToldApart) {
  transport.answer(GetParam().status, GetParam().body);

  const ApiError failure = call();

  EXPECT_EQ(failure.error.kind, GetParam().kind) << failure.error.what;
  EXPECT_EQ(failure.refusal, GetParam().refusal);
  EXPECT_THAT(failure.error.what, HasSubstr(GetParam().says));
}

const std::string kQuotaMessage =
    "Monthly invite quota exceeded. Upgrade your plan to invite more candidates.";
const std::string kInactiveMessage =
    "This assessment is not active and cannot accept new invitations.";

INSTANTIATE_TEST_SUITE_P(
    Documented, RefusalTable,
    testing::Values(
        RefusalCase{"WrongKey", By::GetInvite, 401, said("INVALID_API_KEY", "Invalid API key."),
                    ErrorKind::Unauthorized, Refusal::None,
                    "get invitation: HTTP 401 INVALID_API_KEY: Invalid API key."},
        RefusalCase{"MissingEmail", By::Enroll, 400, said("MISSING_EMAIL", "email is required"),
                    ErrorKind::Rejected, Refusal::MissingEmail,
                    "enroll: HTTP 400 MISSING_EMAIL: email is required"},
        RefusalCase{"NotFound", By::GetInvite, 404, said("NOT_FOUND", "Assessment not found."),
                    ErrorKind::Rejected, Refusal::NotFound,
                    "HTTP 404 NOT_FOUND: Assessment not found."},
        RefusalCase{
            "Quota", By::Bulk, 403, said("INVITE_QUOTA_EXCEEDED", kQuotaMessage),
            ErrorKind::Exhausted, Refusal::QuotaExceeded,
            "invite in bulk: HTTP 403 INVITE_QUOTA_EXCEEDED: Monthly invite quota exceeded."},
        RefusalCase{"NotActive", By::Bulk, 400, said("ASSESSMENT_NOT_ACTIVE", kInactiveMessage),
                    ErrorKind::Rejected, Refusal::AssessmentNotActive,
                    "HTTP 400 ASSESSMENT_NOT_ACTIVE: " + kInactiveMessage},
        RefusalCase{"Throttled", By::Bulk, 429, said("RATE_LIMITED", "Request was throttled."),
                    ErrorKind::Throttled, Refusal::None,
                    "HTTP 429 RATE_LIMITED: Request was throttled."},
        RefusalCase{
            "ThrottledWithoutACode", By::Bulk, 429,
            R"({"error": {"message": "Request was throttled. Expected available in 8 seconds."}})",
            ErrorKind::Throttled, Refusal::None,
            "HTTP 429: Request was throttled. Expected available in 8 seconds."}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Lenient, RefusalTable,
    testing::Values(
        RefusalCase{"QuotaByItsMessageAlone", By::Bulk, 403,
                    R"({"error": {"message": "Invite QUOTA  exceeded"}})", ErrorKind::Exhausted,
                    Refusal::QuotaExceeded, "HTTP 403: Invite QUOTA"},
        RefusalCase{"ForbiddenForAnotherReason", By::Bulk, 403,
                    said("PERMISSION_DENIED", "quota exceeded is not why"), ErrorKind::Unauthorized,
                    Refusal::None, "needs the key's scope invitations:write"},
        RefusalCase{"ForbiddenWithTheScopeNamed", By::GetInvite, 403,
                    R"({"error": {"message": "Key lacks the scope invitations:read"}})",
                    ErrorKind::Unauthorized, Refusal::None,
                    "HTTP 403: Key lacks the scope invitations:read"},
        RefusalCase{"ForbiddenWithoutAWord", By::Enroll, 403, "", ErrorKind::Unauthorized,
                    Refusal::None, "enroll: HTTP 403 from assess.example"},
        RefusalCase{"NotFoundWithoutAWord", By::GetInvite, 404, "", ErrorKind::Rejected,
                    Refusal::NotFound, "HTTP 404"},
        RefusalCase{"NotFoundInAnotherForm", By::GetInvite, 404, R"({"detail": "Not found."})",
                    ErrorKind::Rejected, Refusal::NotFound, "HTTP 404: Not found."},
        RefusalCase{"AWebPageSaysNothingOfTheInvitation", By::GetInvite, 404, "<html>404</html>",
                    ErrorKind::Malformed, Refusal::None, "check base_url"},
        RefusalCase{"TooLarge", By::Bulk, 413, "<html>too large</html>", ErrorKind::Rejected,
                    Refusal::TooLarge, "HTTP 413"},
        RefusalCase{"AnUnknownCodeIsCarriedThrough", By::Bulk, 400,
                    said("BATCH_TOO_LARGE", "50 at most"), ErrorKind::Rejected, Refusal::Other,
                    "HTTP 400 BATCH_TOO_LARGE: 50 at most"},
        RefusalCase{"ACodeInAnotherSpelling", By::Bulk, 400, said("assessment-not-active", ""),
                    ErrorKind::Rejected, Refusal::AssessmentNotActive,
                    "HTTP 400 assessment-not-active"},
        RefusalCase{"ACodeThatIsNoName", By::Bulk, 422, said("a b<script>", "no"),
                    ErrorKind::Rejected, Refusal::Other, "HTTP 422: no"},
        RefusalCase{"AConflictThatIsNoEnrollment", By::Bulk, 409, said("", "already enrolled"),
                    ErrorKind::Rejected, Refusal::Other, "HTTP 409"},
        RefusalCase{"AlreadyEnrolledByMessage", By::Enroll, 400,
                    said("", "Candidate is already enrolled in this pipeline."),
                    ErrorKind::Rejected, Refusal::AlreadyEnrolled, "HTTP 400"},
        RefusalCase{"AlreadyEnrolledByCode", By::Enroll, 409, said("ALREADY_ENROLLED", ""),
                    ErrorKind::Rejected, Refusal::AlreadyEnrolled, "HTTP 409 ALREADY_ENROLLED"},
        RefusalCase{"EnrollmentsUsedUpIsNotAlreadyEnrolled", By::Enroll, 400,
                    said("LIMIT", "You have already reached the number of enrollments."),
                    ErrorKind::Rejected, Refusal::Other, "LIMIT"},
        RefusalCase{"AServerErrorWhileReading", By::GetInvite, 502, "<html>", ErrorKind::Transient,
                    Refusal::None, "HTTP 502"},
        RefusalCase{"AServerErrorInABulkCall", By::Bulk, 503, "", ErrorKind::Transient,
                    Refusal::None, "HTTP 503"},
        RefusalCase{"AServerErrorWhileEnrolling", By::Enroll, 504, "", ErrorKind::OutcomeUnknown,
                    Refusal::None, "HTTP 504"}),
    [](const auto& row) { return row.param.name; });

using Refused = WithClient;

TEST_F(Refused, WaitsAsLongAsThePeerAsksOrAnHour) {
  transport.answer(429, "{}", {{"Retry-After", "14"}});
  transport.answer(429, "{}");

  EXPECT_EQ(client.list_invites({}).error().retry_at, clock.now() + std::chrono::seconds{14});
  EXPECT_EQ(client.list_invites({}).error().retry_at, clock.now() + std::chrono::hours{1});
}

TEST_F(Refused, NamesTheEnrollmentThatIsThereAlready) {
  for (const char* body :
       {R"({"error": {"code": "ALREADY_ENROLLED", "message": "x"}, "enrollment_id": "e1"})",
        R"({"error": {"code": "ALREADY_ENROLLED", "enrollment_id": "e1"}})"}) {
    transport.answer(409, body);

    EXPECT_EQ(client.enroll(PipelineSlug("p"), "a@x.y", "").failure().enrollment,
              EnrollmentId("e1"))
        << body;
  }
  transport.answer(400, R"({"error": {"code": "MISSING_EMAIL", "enrollment_id": "e1"}})");
  EXPECT_EQ(client.enroll(PipelineSlug("p"), "a@x.y", "").failure().enrollment, EnrollmentId());
}

TEST_F(Refused, NeverFollowsARedirectAndSaysSo) {
  for (const int status : {301, 302, 303, 307, 308}) {
    const std::vector<http::Header> elsewhere{{"Location", "https://evil.example/take?key=s3cret"}};
    transport.answer(status, "<html>", elsewhere);
    transport.answer(status, "", elsewhere);
    const std::size_t before = transport.asked.size();

    const auto read = client.list_invites({});
    const auto write = client.enroll(PipelineSlug("p"), "a@x.y", "");

    EXPECT_EQ(transport.asked.size(), before + 2) << status;
    EXPECT_THAT(read, FailsWith(ErrorKind::Malformed));
    EXPECT_THAT(read, FailsSaying("redirect"));
    EXPECT_THAT(read.error().what, Not(HasSubstr("s3cret")));
    EXPECT_THAT(write, FailsWith(ErrorKind::OutcomeUnknown));
  }
}

TEST_F(Refused, PassesOnWhatTheTransportSays) {
  transport.fail({ErrorKind::OutcomeUnknown, "connection lost"});

  const auto reply = client.enroll(PipelineSlug("p"), "a@x.y", "");

  EXPECT_THAT(reply, FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_EQ(reply.error().what, "enroll: connection lost");
}

TEST_F(Refused, TheTextRepeatsNoPersonAndNoToken) {
  const std::string body =
      said("",
           "Jane Doe (Jane@Example.com, jane@example.com) holds short7, bob@x.y too; see "
           "https://praxicraft.com/take/c7b3e2a1-1234-5678-abcd-ef0123456789?k=1");
  const std::string bulk =
      Client::bulk_body({{"bob@x.y", "Jane Doe", ""}}, SendInvitationEmail::No);
  std::vector<std::string> texts;
  for (int i = 0; i < 4; ++i) transport.answer(400, body);

  texts.push_back(client.enroll(PipelineSlug("p"), "jane@example.com", "Jane Doe").error().what);
  texts.push_back(
      client.create_invite(kScreen, {"jane@example.com", "jane doe", ""}, SendInvitationEmail::No)
          .error()
          .what);
  texts.push_back(client.bulk_invite(kScreen, bulk).error().what);
  const std::string by_token = client.remind(InviteToken("short7")).error().what;

  for (const std::string& text : texts) EXPECT_THAT(text, Not(HasSubstr("Jane Doe")));
  texts.push_back(by_token);
  EXPECT_THAT(by_token, Not(HasSubstr("short7")));
  for (const std::string& text : texts) {
    EXPECT_THAT(text, Not(HasSubstr("xample.com")));
    EXPECT_THAT(text, Not(HasSubstr("bob@")));
    EXPECT_THAT(text, Not(HasSubstr("ef0123456789")));
  }
}

TEST_F(Refused, AnEndlessMessageIsCut) {
  transport.answer(400, said("", std::string(1'000'000, 'x')));

  EXPECT_LT(client.list_invites({}).error().what.size(), 400U);
}

}  // namespace
}  // namespace praxisync::assess
