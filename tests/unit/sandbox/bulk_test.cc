#include <gmock/gmock.h>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace testing_support;

TEST(Bulk, InvitesTheNewAndNamesTheSkipped) {
  Peer peer;
  peer.invite("jane@example.com");

  const Reply reply = peer.bulk(
      R"([{"email":"Alice@example.com","name":"Alice","role":"Dev"},{"name":"Nobody"},{"email":"jane@example.com"},
          {"email":"not an address"},{"email":"bob@example.com"},{"email":"BOB@example.com"}])");

  EXPECT_EQ(reply.status, 201);
  EXPECT_THAT(reply.column("/invited", "email"),
              ElementsAre("Alice@example.com", "bob@example.com"));
  EXPECT_EQ(reply.at("/invited/0/invite_token"),
            peer.sandbox.token_of("alice@example.com", kBackend));
  EXPECT_EQ(reply.at("/invited/0/invite_url"),
            "https://praxicraft.com/take/" + reply.at("/invited/0/invite_token"));
  EXPECT_THAT(reply.column("/skipped", "email"),
              ElementsAre("(none)", "jane@example.com", "not an address", "BOB@example.com"));
  EXPECT_THAT(reply.column("/skipped", "reason"),
              ElementsAre("missing_email", "already_invited", "error", "already_invited"));
}

TEST(Bulk, SendsOneEmailToEachNewCandidate) {
  Peer peer;
  peer.invite("jane@example.com");

  peer.post(
      "assessments/senior-backend-screen/invites/bulk/",
      R"({"candidates":[{"email":"jane@example.com"},{"email":"bob@example.com"}],"send_email":true})");

  EXPECT_EQ(peer.sandbox.emails_sent_to("bob@example.com"), 1);
  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 0);
}

TEST(Bulk, SpellsTheReasonAsTheExampleDoesWhereAskedTo) {
  Options options;
  options.skip_spelling = SkipSpelling::Space;
  Peer peer(options);
  peer.invite("jane@example.com");

  const Reply reply = peer.bulk(R"([{"email":"jane@example.com"}])");

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.column("/skipped", "reason"), ElementsAre("already invited"));
}

TEST(Bulk, RefusesTheBatchForOneBadRecordWhereAskedTo) {
  Options options;
  options.ill_formed_in_bulk = IllFormedInBulk::RefusesBatch;
  Peer peer(options);

  const Reply bad_address = peer.bulk(R"([{"email":"good@example.com"},{"email":"bad@host"}])");
  const Reply bad_name = peer.bulk(R"([{"email":"good@example.com","name":7}])");

  EXPECT_EQ(bad_address.status, 400);
  EXPECT_EQ(bad_address.code(), "VALIDATION_ERROR");
  EXPECT_EQ(bad_name.status, 400);
  EXPECT_THAT(peer.sandbox.world().invitations, IsEmpty());
}

TEST(Bulk, SkipsRecordsOfTheWrongTypeAsErrors) {
  Peer peer;

  const Reply reply = peer.bulk(
      R"([{"email":7},"x",{"email":"a@example.com","name":["A"]},{"email":"b@example.com","role":false},{"email":" "},{"email":null}])");

  EXPECT_THAT(reply.column("/skipped", "reason"),
              ElementsAre("error", "error", "error", "error", "missing_email", "missing_email"));
  EXPECT_THAT(peer.sandbox.world().invitations, IsEmpty());
}

TEST(Bulk, RefusesABodyOfTheWrongShape) {
  Peer peer;

  EXPECT_EQ(peer.bulk("[]").status, 400);
  EXPECT_EQ(peer.bulk("{}").status, 400);
  EXPECT_EQ(peer.bulk("null").message(), "candidates is required");
  EXPECT_EQ(peer.bulk(R"([{"email":"a@example.com"}],"send_email":"yes")").code(),
            "VALIDATION_ERROR");
}

TEST(Bulk, RefusesMoreThanItsLimit) {
  Options options;
  options.bulk_limit = 2;
  const std::string three =
      R"([{"email":"a@example.com"},{"email":"b@example.com"},{"email":"c@example.com"}])";
  Peer peer(options);
  options.bulk_limit_status = 413;
  Peer other(options);

  EXPECT_EQ(peer.bulk(three).status, 400);
  EXPECT_EQ(other.bulk(three).status, 413);
  EXPECT_EQ(peer.bulk(R"([{"email":"a@example.com"},{"email":"b@example.com"}])").status, 201);
}

TEST(Bulk, InvitesWhatTheQuotaAllows) {
  Options options;
  options.invite_limit = 2;
  Peer peer(options);

  const Reply reply = peer.bulk(
      R"([{"email":"a@example.com"},{"email":"b@example.com"},{"email":"a@example.com"},{"email":"c@example.com"}])");

  EXPECT_EQ(reply.size("/invited"), 2U);
  EXPECT_THAT(reply.column("/skipped", "reason"), ElementsAre("already_invited", "error"));
  EXPECT_EQ(peer.bulk(R"([{"email":"c@example.com"}])").code(), "INVITE_QUOTA_EXCEEDED");
  EXPECT_EQ(peer.bulk(R"([{"email":"a@example.com"}])").status, 200);
}

TEST(Bulk, RefusesABatchOverTheQuotaWholeWhereAskedTo) {
  Options options;
  options.invite_limit = 2;
  options.bulk_over_quota = BulkOverQuota::RefusesWhole;
  Peer peer(options);

  const Reply reply = peer.bulk(
      R"([{"email":"a@example.com"},{"email":"b@example.com"},{"email":"c@example.com"}])");

  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.code(), "INVITE_QUOTA_EXCEEDED");
  EXPECT_THAT(peer.sandbox.world().invitations, IsEmpty());
  EXPECT_EQ(
      peer.bulk(
              R"([{"email":"a@example.com"},{"email":"b@example.com"},{"email":"B@example.com"}])")
          .status,
      201);
}

TEST(Bulk, RefusesAnAssessmentThatIsNotActive) {
  Peer peer;

  EXPECT_EQ(peer.bulk(R"([{"email":"a@example.com"}])", "old").code(), "ASSESSMENT_NOT_ACTIVE");
  EXPECT_EQ(peer.bulk(R"([{"email":"a@example.com"}])", "nope").code(), "NOT_FOUND");
}

TEST(Bulk, NamesAMissingAddressWithNullInTheOlderDocuments) {
  Options options;
  options.documents = Documents::Old;
  Peer peer(options);

  EXPECT_EQ(peer.bulk(R"([{"name":"Nobody"}])").at("/skipped/0/email"), "null");
}

}  // namespace
}  // namespace praxisync::sandbox
