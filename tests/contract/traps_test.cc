/// Where the documents of the API contradict themselves or leave a hole, by the numbers of
/// docs/assess-api.md: one test each, end to end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "assess/page_range.h"
#include "contract/whole_api.h"
#include "support/result_matchers.h"
#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Endpoint;
using sandbox::Fault;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

std::string one_of_many(int number) { return "p" + std::to_string(1000 + number); }

void crowd(World& world, int people, const std::string& job = "Backend Engineer") {
  for (int i = 0; i < people; ++i) world.person(one_of_many(i), job);
}

void finish(World& world, int from, int to) {
  for (int i = from; i < to; ++i) world.finishes(one_of_many(i), "backend", 80);
}

void invite_by_hand(World& world, const std::string& name) {
  const http::Request request{.method = http::Method::Post,
                              .url = std::string(kApi) + "assessments/backend/invites/",
                              .headers = {{"Authorization", std::string("Bearer ") + kKey},
                                          {"Content-Type", "application/json"}},
                              .body = R"({"email":")" + World::address(name) + R"("})"};
  ASSERT_EQ(world.assess.handle(request).status, 201);
}

/// Lets `meddle` have each answer, to change it or the world.
class Meddling final : public http::Transport {
 public:
  using Meddle = std::function<void(const http::Request&, http::Response&)>;
  Meddling(http::Transport& next, Meddle meddle) : next_(next), meddle_(std::move(meddle)) {}

  Result<http::Response> send(const http::Request& request) override {
    Result<http::Response> answer = next_.send(request);
    if (answer) meddle_(request, *answer);
    return answer;
  }

 private:
  http::Transport& next_;
  Meddle meddle_;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
    text.replace(at, from.size(), to), at += to.size();
}

TEST(Trap01, NextThatNamesAnotherHostGetsNoRequest) {
  World world;
  bool elsewhere = false;
  Meddling wire(world.transport, [&](const http::Request&, http::Response& answer) {
    elsewhere |= answer.body.find("\"next\":\"https://app.praxicraft.io/") != std::string::npos;
  });
  world.wire = &wire;
  crowd(world, 230);

  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_TRUE(elsewhere) << "no answer named another host: nothing was tried";
  EXPECT_THAT(world.writes(), SizeIs(460)) << "two actions a person, from beyond the first page";
  for (const auto& sent : world.transport.log()) EXPECT_TRUE(sent.ours);
}

TEST(Trap02, TheAnswerTellsWhichPaginationItIs) {
  for (const auto pagination : {sandbox::Pagination::Cursor, sandbox::Pagination::Page}) {
    sandbox::Options options;
    options.pagination = pagination;
    if (pagination == sandbox::Pagination::Page) options.documents = sandbox::Documents::Old;
    World world(options);
    crowd(world, 230);

    ASSERT_TRUE(world.run_to_the_end());

    EXPECT_THAT(world.writes(), SizeIs(460));
    EXPECT_THAT(world.writes(), Each(Pair(testing::_, 1)));
  }
}

TEST(Trap03, WhomABulkCallSkipsAreLearntFromTheListNotByAWriteEach) {
  World world;
  crowd(world, 40);
  for (int i = 0; i < 30; ++i) invite_by_hand(world, one_of_many(i));

  const sync::RunReport report = world.run();
  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_EQ(report.counts.invited, 10);
  EXPECT_EQ(report.counts.already_invited, 30);
  EXPECT_EQ(world.assess.requests().of(Endpoint::CreateInvite), 30) << "those by hand alone";
  EXPECT_EQ(world.assess.requests().of(Endpoint::GetInvite), 0);
  EXPECT_THAT(world.writes(), SizeIs(80));
}

TEST(Trap04, BothSpellingsOfASkipMeanTheSameAndAnErrorIsAskedForAlone) {
  for (const auto spelling : {sandbox::SkipSpelling::Underscore, sandbox::SkipSpelling::Space}) {
    sandbox::Options options;
    options.skip_spelling = spelling;
    World world(options);
    crowd(world, 4);
    invite_by_hand(world, one_of_many(0));
    world.ats.find(one_of_many(1)).email = "odd@nowhere";  // the peer's check is stricter

    const sync::RunReport report = world.run();

    EXPECT_EQ(report.counts.already_invited, 1);
    EXPECT_EQ(report.counts.invited, 2);
    EXPECT_EQ(report.counts.blocked, 1);
    EXPECT_EQ(world.assess.requests().of(Endpoint::BulkInvite), 1);
    EXPECT_EQ(world.assess.requests().of(Endpoint::CreateInvite), 2) << "by hand, and the error";
  }
}

TEST(Trap05, ABatchThatIsRefusedIsHalvedDownToTheOneBadRecord) {
  for (const int status : {400, 413}) {
    sandbox::Options options;
    options.bulk_limit = 4;
    options.bulk_limit_status = status;
    options.ill_formed_in_bulk = sandbox::IllFormedInBulk::RefusesBatch;
    World world(options);
    crowd(world, 10);
    world.ats.find(one_of_many(6)).email = "odd@nowhere";

    const sync::RunReport report = world.run();

    EXPECT_EQ(report.counts.invited, 9) << status;
    EXPECT_EQ(report.counts.blocked, 1) << status;
  }
}

TEST(Trap06, AQuotaThatRunsOutStopsInvitingButNotCollectingAndWritingBack) {
  sandbox::Options options;
  options.invite_limit = 3;
  World world(options);
  crowd(world, 1);
  world.run();
  world.advance(std::chrono::hours{1});
  finish(world, 0, 1);
  crowd(world, 6);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 2) << "what was left, and no batch beyond it";
  EXPECT_EQ(report.backlog.queued, 3);
  EXPECT_EQ(report.counts.written_back, 2);
  EXPECT_EQ(report.ending, sync::Ending::Quota);
  EXPECT_EQ(sync::exit_code(report.ending), 4);
}

TEST(Trap07, ALostEnrollmentIsLookedForBeforeItIsSentAgain) {
  World world;
  world.person("dee", "Graduate Program");
  world.assess.faults().add(
      {.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post, .path = "enroll"});

  world.run();
  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_THAT(world.enrollments(), ElementsAre(Pair(testing::_, 1)));
  EXPECT_EQ(world.assess.requests().of(Endpoint::Enroll), 1);
  EXPECT_THAT(world.outcomes(), Not(IsEmpty()));
}

TEST(Trap08, RowsThatMoveWhileTheyArePagedCountOnceAndNoneIsLost) {
  sandbox::Options options;
  options.pagination = sandbox::Pagination::Page;  // page numbers move, cursors do not
  World world(options);
  crowd(world, 230);
  world.run();
  world.advance(std::chrono::hours{1});
  finish(world, 0, 190);
  int pages = 0;
  Meddling wire(world.transport, [&](const http::Request& request, http::Response&) {
    if (request.url.find("results/") != std::string::npos && ++pages == 1) finish(world, 190, 230);
  });
  world.wire = &wire;

  const sync::RunReport report = world.run();
  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_EQ(report.counts.completed, 190);
  EXPECT_GT(pages, 2);
  EXPECT_THAT(world.writes(), SizeIs(460));
  EXPECT_THAT(world.writes(), Each(Pair(testing::_, 1)));
}

TEST(Trap09, TheStatesOfManyAreReadByListsNotByACallEach) {
  World world;
  crowd(world, 200);
  world.run();
  world.advance(std::chrono::hours{1});
  world.transport.clear_log();

  world.run();
  const std::size_t nothing_new = world.transport.log().size();
  finish(world, 0, 200);
  world.transport.clear_log();
  const sync::RunReport report = world.run();

  EXPECT_LE(nothing_new, 2U);
  EXPECT_EQ(report.counts.completed, 200);
  EXPECT_LE(world.transport.log().size(), 4U);
  EXPECT_EQ(world.assess.requests().of(Endpoint::GetInvite), 0);
}

TEST(Trap10, A429WithoutCodeAndRetryAfterIsTakenForAnHourAndEndsTheRunInOrder) {
  sandbox::Options options;
  options.writes_per_hour = 3;
  options.retry_after = sandbox::RetryAfter::Absent;
  options.throttle_code = sandbox::ThrottleCode::Absent;
  World world(options);
  crowd(world, 5, "Graduate Program");
  const Timestamp before = world.clock.now();

  const sync::RunReport first = world.run();
  const Milliseconds took = world.clock.now() - before;
  world.advance(std::chrono::minutes{61});
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Throttled);
  EXPECT_EQ(sync::exit_code(first.ending), 4);
  EXPECT_LT(took, std::chrono::minutes{1}) << "it does not sit the hour out";
  EXPECT_GE(first.resume_at, before + std::chrono::hours{1});
  EXPECT_EQ(first.counts.enrolled + second.counts.enrolled, 5);
  EXPECT_THAT(world.enrollments(), Each(Pair(testing::_, 1)));
}

TEST(Trap11, AReportsPathIsResolvedAgainstTheBaseUrlAndNeverFetched) {
  for (const auto& [documents, origin] :
       {std::pair{sandbox::Documents::Old, "https://praxicraft.com"},
        std::pair{sandbox::Documents::New, "https://app.praxicraft.io"}}) {
    sandbox::Options options;
    options.documents = documents;
    if (documents == sandbox::Documents::Old) options.pagination = sandbox::Pagination::Page;
    World world(options);
    world.routes[0].on_passed.actions = {{ActionKind::Link, ""}};
    world.person("ada", "Backend Engineer");
    world.run();
    world.advance(std::chrono::hours{1});
    world.finishes("ada", "backend", 90);

    world.run();

    EXPECT_THAT(world.outcomes(),
                ElementsAre(HasSubstr("ada|link|" + std::string(origin) +
                                      "/api/v1/assess/assessments/backend/results/")));
    for (const auto& sent : world.transport.log()) EXPECT_TRUE(sent.ours);
  }
}

/// All that a client reads of an invitation without optional values, as text.
std::vector<std::string> bare_invitation(sandbox::OptionalFields optional_fields) {
  sandbox::Options options = roomy();
  options.optional_fields = optional_fields;
  Rig rig(options);
  const AssessmentSlug slug("senior-backend-screen");
  const auto made =
      rig.client.create_invite(slug, {"ada@example.com", "", ""}, assess::SendInvitationEmail::No);
  EXPECT_THAT(made, IsOk());
  const auto one = rig.client.get_invite(made->token);
  const auto list = rig.client.list_invites({});
  EXPECT_THAT(one, IsOk());
  EXPECT_THAT(list, IsOk());
  EXPECT_THAT(rig.sandbox.start("ada@example.com", slug.text()), IsOk());
  const auto result = rig.client.get_result(made->token);
  EXPECT_THAT(result, IsOk());
  std::vector<std::string> seen;
  for (const assess::Invite& invite : {*one, list->rows.at(0)}) {
    seen.push_back(invite.name + "|" + invite.role + "|" + invite.status_text);
    for (const auto& at :
         {invite.sent_at, invite.started_at, invite.completed_at, invite.reminded_at})
      seen.push_back(at ? "a time" : "none");
  }
  seen.push_back(result->row.name + "|" + (result->row.completed_at ? "a time" : "none"));
  return seen;
}

TEST(Trap12, NullAndMissingAreTheSameAndWhatIsUnknownBreaksNothing) {
  EXPECT_EQ(bare_invitation(sandbox::OptionalFields::Null),
            bare_invitation(sandbox::OptionalFields::Missing));

  Rig rig;
  Meddling wire(rig.gate, [](const http::Request&, http::Response& answer) {
    replace_all(answer.body, "\"status\":\"pending\"",
                R"("mood":{"of":["the",null]},"status":"on hold")");
  });
  assess::Client client(wire, rig.clock, "https://praxicraft.com");
  const auto made =
      client.create_invite(AssessmentSlug("senior-backend-screen"), {"ada@example.com", "", ""},
                           assess::SendInvitationEmail::No);
  const auto list = client.list_invites({});

  ASSERT_THAT(made, IsOk());
  ASSERT_THAT(list, IsOk());
  ASSERT_THAT(list->rows, SizeIs(1));
  EXPECT_EQ(list->rows[0].status, assess::InviteStatus::Unknown);
  EXPECT_EQ(list->rows[0].status_text, "on hold");
}

TEST(Trap13, AddressesCompareWithoutCaseAndAreSentAsTheyAreSpelt) {
  sandbox::Options options;
  options.email_case = sandbox::EmailCase::Lowered;  // the answers spell it otherwise
  World world(options);
  world.person("ada", "Backend Engineer");
  world.person("ada-again", "Backend Engineer");
  world.ats.find("ada").email = "Ada@Example.COM";
  world.ats.find("ada-again").email = " ada@example.com ";
  std::string sent;
  Meddling wire(world.transport,
                [&](const http::Request& request, http::Response&) { sent += request.body; });
  world.wire = &wire;

  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_THAT(world.invitations(), ElementsAre(Pair("ada@example.com|backend", 1)));
  EXPECT_THAT(sent, HasSubstr("\"Ada@Example.COM\""));
  EXPECT_THAT(world.outcomes(), Contains(HasSubstr("ada|note|")));
}

class Trap14 : public testing::TestWithParam<int> {};

TEST_P(Trap14, NoKeyTokenLinkOrAddressReachesAnErrorOrAReport) {
  World world;
  crowd(world, 1);
  world.run();
  const std::string token = world.assess.token_of(World::address(one_of_many(0)), "backend");
  ASSERT_FALSE(token.empty());
  const std::string gossip = R"({"error":{"message":"no: )" + World::address("ada") + " " + token +
                             " https://praxicraft.com/take/" + token + " " + kKey + R"("}})";
  Meddling wire(world.transport, [&](const http::Request&, http::Response& answer) {
    answer = {GetParam(), {{"Content-Type", "application/json"}}, gossip};
  });
  assess::Client client(wire, world.clock, "https://praxicraft.com");
  world.wire = &wire;
  world.person("ada", "Backend Engineer");

  const auto asked = client.get_invite(InviteToken(token));
  const auto reminded = client.remind(InviteToken(token));
  const sync::RunReport report = world.run();

  std::string told = asked.error().what + reminded.error().what;
  for (const sync::Problem& problem : report.problems) told += problem.where + problem.what;
  EXPECT_FALSE(report.problems.empty());
  for (const std::string& secret : {token, std::string(kKey), World::address("ada")})
    EXPECT_THAT(told, Not(HasSubstr(secret)));
}

INSTANTIATE_TEST_SUITE_P(AnsweredWith, Trap14, testing::Values(400, 401, 403, 404, 500),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace praxisync::testing_support
