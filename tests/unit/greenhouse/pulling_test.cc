#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using sandbox::Fault;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Key;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::GreenhousePeer;
using testing_support::IsOk;
using testing_support::Seen;

class Pulling : public testing_support::GreenhouseTest {};

TEST_F(Pulling, ASweepListsWhoIsInARoutedStage) {
  const std::string ada = apply("ada");
  apply("bob", "Onsite");
  const std::string cleo = apply("cleo", other_job, "Technical Test");

  const Seen seen = read();

  EXPECT_THAT(seen.applications, UnorderedElementsAre(Key(ada), Key(cleo)));
  EXPECT_THAT(seen.left, IsEmpty());
  EXPECT_THAT(seen.sweeps, ElementsAre(Sweep::Whole));
  const Application& one = seen.applications.at(ada);
  EXPECT_EQ(one.candidate.text(), person_of(ada));
  EXPECT_EQ(one.email, "ada@example.org");
  EXPECT_EQ(one.name, "ada Doe");
  EXPECT_EQ(one.job, "Backend Engineer");
  EXPECT_EQ(one.job_id, job);
  EXPECT_EQ(one.stage, "Technical Test");
  EXPECT_EQ(one.stage_id, world.stage_id(job, "Technical Test"));
  EXPECT_EQ(one.updated_at, clock.now());
  EXPECT_EQ(one.hold, "");
}

TEST_F(Pulling, ARouteNamesJobsAndStagesByIdToo) {
  const std::string ada = apply("ada");
  apply("cleo", other_job, "Technical Test");
  routed = {{job, world.stage_id(job, "Technical Test")}};

  EXPECT_THAT(read().applications, UnorderedElementsAre(Key(ada)));
}

TEST_F(Pulling, AStageThatIsNotThereIsAnErrorAndNotAnEmptyList) {
  apply("ada");
  routed = {{"*", "Tecnical Test"}};

  const Result<ApplicationPage> page = ats().pull({});

  EXPECT_THAT(page, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(page, FailsSaying("did you mean \"Technical Test\"?"));
  EXPECT_EQ(asked("/v3/applications"), 0);
}

TEST_F(Pulling, AJobThatIsNotThereIsAnErrorToo) {
  apply("ada");
  routed = {{"No such job", "Technical Test"}};

  EXPECT_THAT(ats().pull({}), FailsSaying("there is no open job \"No such job\""));
}

TEST_F(Pulling, RejectedPeopleWhoKeepTheirStageAreNotListed) {
  const std::string ada = apply("ada");
  world.reject(ada, world.add_reason("No"));

  EXPECT_THAT(read().applications, IsEmpty());
}

TEST_F(Pulling, NewsShowsWhoCameAndWhoLeft) {
  const std::string ada = apply("ada"), bob = apply("bob"), cleo = apply("cleo", "Onsite"),
                    dan = apply("dan"), eve = apply("eve");
  clock.advance(std::chrono::hours{2});
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  world.move(ada, world.stage_id(job, "Onsite"));
  world.reject(bob, world.add_reason("No"));
  world.move(cleo, world.stage_id(job, "Technical Test"));
  world.hire(dan);

  const Seen second = read(first.cursor);

  EXPECT_THAT(second.sweeps, ElementsAre(Sweep::Incremental));
  EXPECT_THAT(second.applications, UnorderedElementsAre(Key(cleo)));
  EXPECT_THAT(second.left, UnorderedElementsAre(Pair(ada, "Onsite"), Pair(bob, "Technical Test"),
                                                Pair(dan, "Technical Test")));
  EXPECT_FALSE(second.applications.contains(eve));
}

TEST_F(Pulling, NewsOverlapsByAnHour) {
  const std::string ada = apply("ada");
  clock.advance(std::chrono::minutes{50});
  const Seen first = read();
  clock.advance(std::chrono::hours{3});
  const Seen second = read(first.cursor);

  EXPECT_THAT(second.applications, UnorderedElementsAre(Key(ada)));
  EXPECT_THAT(read(second.cursor).applications, IsEmpty());
}

TEST_F(Pulling, NewsAsksForPeopleOfRoutedStagesAlone) {
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  for (int i = 0; i < 5; ++i) apply("p" + std::to_string(i), "Onsite");
  transport.clear_log();

  const Seen second = read(first.cursor);

  EXPECT_THAT(second.left, SizeIs(5));
  EXPECT_EQ(asked("/v3/candidates"), 0);
}

TEST_F(Pulling, AfterADayEverybodyIsListedAgain) {
  const std::string ada = apply("ada");
  Seen seen = read();
  clock.advance(std::chrono::hours{23});
  seen = read(seen.cursor);
  EXPECT_THAT(seen.sweeps, ElementsAre(Sweep::Incremental));
  clock.advance(std::chrono::hours{1});

  seen = read(seen.cursor);

  EXPECT_THAT(seen.sweeps, ElementsAre(Sweep::Whole));
  EXPECT_THAT(seen.applications, Contains(Key(ada)));
}

TEST_F(Pulling, WhoMayNotBeMailedIsHeld) {
  const std::string ada = apply("ada");
  world.forbid_contact(person_of(ada));

  EXPECT_EQ(read().applications.at(ada).hold, "the ATS says not to e-mail this person");
}

TEST_F(Pulling, WhoeverIsPrivateToOthersIsHeld) {
  const std::string ada = apply("ada");
  world.make_private(person_of(ada));

  const Seen seen = read();

  EXPECT_THAT(seen.applications.at(ada).hold, testing::StartsWith("the ATS does not show"));
  EXPECT_EQ(seen.applications.at(ada).email, "");
}

TEST_F(Pulling, WithoutAnAddressTheAddressIsEmpty) {
  const std::string ada = world.apply(world.add_person("Ada", "Doe", {}), job, "Technical Test");

  EXPECT_EQ(read().applications.at(ada).email, "");
  EXPECT_EQ(read().applications.at(ada).hold, "");
}

TEST_F(Pulling, TheAnonymisedHaveLeft) {
  routed = {{"*", "Application Review"}};
  const std::string ada = apply("ada", "Application Review");
  world.anonymise(person_of(ada));

  const Seen seen = read();

  EXPECT_THAT(seen.applications, IsEmpty());
  EXPECT_THAT(seen.left, UnorderedElementsAre(Pair(ada, "")));
}

TEST_F(Pulling, ProspectsAreNotListedAndCountAsLeftInTheNews) {
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  const std::string prospect = world.apply(world.add_person("Pia", "Doe", {}), "", "");

  const Seen second = read(first.cursor);

  EXPECT_THAT(second.left, UnorderedElementsAre(Pair(prospect, "")));
  EXPECT_THAT(read().applications, IsEmpty());
}

TEST_F(Pulling, MergedPeoplesApplicationsAreTheWinners) {
  const std::string ada = apply("ada"), bob = apply("bob", other_job, "Technical Test");
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  world.merge(person_of(ada), person_of(bob));

  const Seen second = read(first.cursor);

  EXPECT_EQ(second.applications.at(bob).candidate.text(), person_of(ada));
  EXPECT_EQ(second.applications.at(bob).email, "ada@example.org");
}

TEST_F(Pulling, AClosedJobIsNotRouted) {
  const std::string ada = apply("ada");
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  world.close_job(job);
  world.move(ada, world.stage_id(job, "Technical Test"));

  EXPECT_THAT(read(first.cursor).left, Contains(Key(ada)));
  EXPECT_THAT(read().applications, IsEmpty());
}

TEST_F(Pulling, AJobThatOpensLaterIsLearntFromTheNews) {
  const Seen first = read();
  clock.advance(std::chrono::minutes{5});
  const std::string fresh = add_job("Platform Engineer");
  const std::string ada = apply("ada", fresh, "Technical Test");

  EXPECT_THAT(read(first.cursor).applications, UnorderedElementsAre(Key(ada)));
}

TEST_F(Pulling, AJobThatOpensLaterIsSweptAfterAnHour) {
  read();
  const std::string fresh = add_job("Platform Engineer");
  const std::string ada = apply("ada", fresh, "Technical Test");
  clock.advance(std::chrono::hours{1});

  EXPECT_THAT(read().applications, UnorderedElementsAre(Key(ada)));
}

TEST_F(Pulling, ARenamedStageIsRoutedById) {
  const std::string stage = world.stage_id(job, "Technical Test");
  routed = {{"*", stage}};
  const std::string ada = apply("ada");
  world.rename_stage(stage, "Coding");

  const Seen seen = read();

  EXPECT_EQ(seen.applications.at(ada).stage, "Coding");
}

TEST_F(Pulling, RowsWithoutAStageIdAreTakenByTheStagesName) {
  peer.stage_ids_in_rows = false;
  const std::string ada = apply("ada");
  apply("bob", "Onsite");

  const Seen seen = read();

  EXPECT_THAT(seen.applications, UnorderedElementsAre(Key(ada)));
  EXPECT_EQ(seen.applications.at(ada).stage_id, world.stage_id(job, "Technical Test"));
}

TEST_F(Pulling, FieldsThatAreRefusedAreNotAskedForAgain) {
  peer.stage_ids_in_rows = false;
  apply("ada");
  read();
  transport.clear_log();

  read();

  for (const auto& sent : transport.log()) EXPECT_EQ(sent.status, 200) << sent.url;
}

TEST_F(Pulling, WhereFieldsAreNotKnownAtAllRowsComeWhole) {
  peer.takes_fields = false;
  const std::string ada = apply("ada");

  EXPECT_THAT(read().applications, UnorderedElementsAre(Key(ada)));
}

TEST_F(Pulling, ARefusalThatNamesNothingIsTriedWithLess) {
  const std::string ada = apply("ada"), bob = apply("bob", "Onsite");
  peer.faults().add(
      {.kind = Fault::Kind::Status, .path = "/v3/applications", .times = 2, .status = 422});

  const Seen seen = read();

  EXPECT_THAT(seen.applications, UnorderedElementsAre(Key(ada)));
  EXPECT_THAT(seen.left, Contains(Key(bob)));
}

TEST_F(Pulling, WithoutTheFilterByStageEveryoneOfTheJobIsListed) {
  peer.filters_by_stage = false;
  const std::string ada = apply("ada"), bob = apply("bob", "Onsite");

  const Seen seen = read();

  EXPECT_THAT(seen.applications, UnorderedElementsAre(Key(ada)));
  EXPECT_THAT(seen.left, UnorderedElementsAre(Pair(bob, "Onsite")));
  transport.clear_log();
  read();
  for (const auto& sent : transport.log()) EXPECT_EQ(sent.status, 200) << sent.url;
}

TEST_F(Pulling, MoreStagesThanOneFilterTakesAreAskedInBlocks) {
  std::set<std::string> everybody;
  for (int i = 0; i < 120; ++i) {
    const std::string one = add_job("Job " + std::to_string(i));
    everybody.insert(apply("p" + std::to_string(i), one, "Technical Test"));
  }
  given["page_size"] = "20";

  const Seen seen = read();

  EXPECT_THAT(seen.applications, SizeIs(120));
  EXPECT_EQ(seen.sweeps.front(), Sweep::Starts);
  EXPECT_EQ(seen.sweeps.back(), Sweep::Ends);
  // 122 stages: 50, 50 and 22 of them, where the first two jobs have nobody.
  EXPECT_EQ(asked("job_interview_stage_ids="), 3);
}

TEST_F(Pulling, TheCursorStandsAlone) {
  for (int i = 0; i < 5; ++i) apply("p" + std::to_string(i));
  given["page_size"] = "2";

  EXPECT_THAT(read().applications, SizeIs(5));

  EXPECT_EQ(asked("cursor="), 2);
  for (const auto& sent : transport.log()) {
    if (sent.url.find("cursor=") != std::string::npos) {
      EXPECT_EQ(sent.url.find('&'), std::string::npos) << sent.url;
    }
  }
}

TEST_F(Pulling, APageThatIsSmallerThanAskedForIsNotTheEnd) {
  for (int i = 0; i < 5; ++i) apply("p" + std::to_string(i));
  peer.page_cap = 2;

  EXPECT_THAT(read().applications, SizeIs(5));
}

TEST_F(Pulling, AThousandPeopleTakeTheSheetsNumberOfRequests) {
  for (int i = 0; i < 1000; ++i) apply("p" + std::to_string(i));

  const Seen seen = read();

  EXPECT_THAT(seen.applications, SizeIs(1000));
  EXPECT_EQ(seen.pages, 2);
  // 2 pages, 20 look-ups, a token, the jobs and their stages.
  EXPECT_EQ(peer.requests(), 1000 / 500 + 1000 / 50 + 3);
}

TEST_F(Pulling, SomebodyWithTwoApplicationsIsAskedForOnceAPage) {
  const std::string ada = apply("ada");
  world.apply(person_of(ada), other_job, "Technical Test");

  EXPECT_THAT(read().applications, SizeIs(2));

  EXPECT_EQ(asked("/v3/candidates"), 1);
}

TEST_F(Pulling, TheDictionariesAreAskedForOnce) {
  apply("ada");
  const Seen first = read();
  transport.clear_log();

  read(first.cursor);

  EXPECT_EQ(asked("/v3/jobs"), 0);
  EXPECT_EQ(asked("/v3/job_interview_stages"), 0);
  EXPECT_EQ(asked("/token"), 0);
}

TEST_F(Pulling, ARateWindowIsWaitedForAndNotRunInto) {
  peer.requests_per_window = 5;
  for (int i = 0; i < 400; ++i) apply("p" + std::to_string(i));
  const Timestamp began = clock.now();

  EXPECT_THAT(read().applications, SizeIs(400));

  EXPECT_GE(clock.now() - began, std::chrono::seconds{30});
  for (const auto& sent : transport.log()) EXPECT_NE(sent.status, 429);
}

TEST_F(Pulling, ATokenThatExpiresIsRenewedBeforeItDoes) {
  peer.token_life = std::chrono::minutes{10};
  apply("ada");
  const Seen first = read();
  clock.advance(std::chrono::minutes{9} + std::chrono::seconds{30});

  read(first.cursor);

  EXPECT_EQ(asked("/token"), 2);
  for (const auto& sent : transport.log()) EXPECT_EQ(sent.status, 200);
}

TEST_F(Pulling, AnExpiryMayBeAPointInTime) {
  peer.expiry = GreenhousePeer::Expiry::AtTime;
  peer.token_life = std::chrono::minutes{10};
  const Seen first = read();
  clock.advance(std::chrono::minutes{9} + std::chrono::seconds{30});

  read(first.cursor);

  EXPECT_EQ(asked("/token"), 2);
}

TEST_F(Pulling, ARefusedTokenIsMadeAnewOnce) {
  apply("ada");
  peer.faults().add({.kind = Fault::Kind::Status, .path = "/v3/applications", .status = 401});

  EXPECT_THAT(read().applications, SizeIs(1));

  EXPECT_EQ(asked("/token"), 2);
}

TEST_F(Pulling, CredentialsThatAreRefusedForEverAreNotTriedForEver) {
  peer.faults().add({.kind = Fault::Kind::Status, .path = "/v3/", .times = 100, .status = 401});

  EXPECT_THAT(ats().pull(Cursor()), FailsWith(ErrorKind::Unauthorized));
  const int before = peer.requests();
  EXPECT_THAT(ats().pull(Cursor()), FailsWith(ErrorKind::Unauthorized));

  EXPECT_EQ(peer.requests(), before);
  EXPECT_LE(before, 4);
}

TEST_F(Pulling, AMissingScopeIsNamed) {
  apply("ada");
  peer.granted.erase("harvest:candidates:list");

  EXPECT_THAT(ats().pull(Cursor()), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(ats().pull(Cursor()), FailsSaying("harvest:candidates:list"));
  EXPECT_THAT(ats().pull(Cursor()), FailsSaying("Site Admin"));
}

TEST_F(Pulling, AnAnswerThatIsNoListIsMalformed) {
  apply("ada");
  for (const char* body : {"<html>Sign in</html>", "{}", "", "[{\"id\":"}) {
    peer.faults().add(
        {.kind = Fault::Kind::Status, .path = "/v3/applications", .status = 200, .body = body});
    EXPECT_THAT(start().pull(Cursor()), FailsWith(ErrorKind::Malformed)) << body;
  }
}

TEST_F(Pulling, ABadRowIsSetAsideAndTheOthersGoOn) {
  const std::string stage = world.stage_id(job, "Technical Test"), ada = apply("ada");
  peer.faults().add({.kind = Fault::Kind::Status,
                     .path = "/v3/applications",
                     .status = 200,
                     .body = R"([{"id":7,"status":"in_process"},{"id":)" + ada +
                             R"(,"candidate_id":)" + person_of(ada) + R"(,"job_id":)" + job +
                             R"(,"job_interview_stage_id":)" + stage +
                             R"(,"stage_name":"Technical Test","status":"in_process"}])"});

  const Seen seen = read();

  EXPECT_THAT(seen.applications, UnorderedElementsAre(Key(ada)));
  EXPECT_THAT(seen.set_aside,
              UnorderedElementsAre(Pair("7", "applications[0].candidate_id: missing")));
}

TEST_F(Pulling, ACandidateThatCannotBeReadSetsTheApplicationAside) {
  const std::string ada = apply("ada");
  peer.faults().add({.kind = Fault::Kind::Status,
                     .path = "/v3/candidates",
                     .status = 200,
                     .body = R"([{"id":)" + person_of(ada) + R"(,"first_name":7}])"});

  const Seen seen = read();

  EXPECT_THAT(seen.applications, IsEmpty());
  EXPECT_THAT(seen.set_aside, UnorderedElementsAre(Pair(
                                  ada, "its candidate: candidates[0].first_name: not a text")));
}

TEST_F(Pulling, NamesComeWithoutWhatATerminalWouldObey) {
  const std::string ada = world.apply(world.add_person("A\x1b[31mda\n",
                                                       "\xE2\x80\xAE"
                                                       "Doe",
                                                       {"a@example.org"}),
                                      job, "Technical Test");

  EXPECT_EQ(read().applications.at(ada).name, "A [31mda Doe");
}

TEST_F(Pulling, AClockThatIsWrongMissesNoNews) {
  const std::string ada = apply("ada");
  const Seen first = read();
  clock.advance(std::chrono::hours{2});
  world.move(ada, world.stage_id(job, "Onsite"));
  testing_support::FakeClock slow(clock.now() - std::chrono::minutes{150});
  auto behind = spec().make(settings(), {.transport = transport, .clock = slow, .routed = routed});
  ASSERT_THAT(behind, IsOk());

  Seen second;
  const auto page = (*behind)->pull(first.cursor);
  ASSERT_THAT(page, IsOk());
  add(*page, second);

  EXPECT_THAT(second.left, Contains(Pair(ada, "Onsite")));
}

TEST_F(Pulling, NoTextHoldsATokenOrAnAddress) {
  apply("ada");
  peer.faults().add({.kind = Fault::Kind::Status,
                     .path = "/v3/candidates",
                     .times = 9,
                     .status = 422,
                     .body = R"({"errors":["ada@example.org"]})"});

  const auto page = ats().pull(Cursor());

  ASSERT_THAT(page, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(secrets, SizeIs(1));
  for (const std::string& secret : secrets)
    EXPECT_EQ(page.error().what.find(secret), std::string::npos);
  EXPECT_EQ(page.error().what.find("ada"), std::string::npos);
  EXPECT_EQ(page.error().what.find('?'), std::string::npos);
}

}  // namespace
}  // namespace praxisync::greenhouse
