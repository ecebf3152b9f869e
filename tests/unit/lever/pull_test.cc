#include "http/url.h"
#include "unit/lever/lever_world.h"

namespace praxisync::lever {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

class LeverPull : public LeverTest {};

TEST_F(LeverPull, ListsWhoIsInARoutedStage) {
  const std::string ada = apply("ada", backend, "Technical Test");
  apply("bob", backend, "Onsite");

  const Pulled pulled = pull();

  ASSERT_EQ(pulled.applications.size(), 1U);
  const Application& row = pulled.applications[0];
  EXPECT_EQ(row.id, ApplicationId(ada));
  EXPECT_EQ(row.candidate, CandidateId(world.application(ada)->person));
  EXPECT_EQ(row.email, "ada@example.org");
  EXPECT_EQ(row.name, "ada Doe");
  EXPECT_EQ(row.job, "Backend Engineer");
  EXPECT_EQ(row.job_id, backend);
  EXPECT_EQ(row.stage, "Technical Test");
  EXPECT_EQ(row.stage_id, test_stage);
  EXPECT_EQ(row.updated_at, clock.now());
  EXPECT_EQ(row.hold, "");
  EXPECT_THAT(pulled.sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(LeverPull, ASweepOfAThousandTakesTenRequestsAndThreeForTheAccount) {
  apply_many(1000, backend, "Technical Test");

  const Pulled pulled = pull();

  EXPECT_EQ(pulled.applications.size(), 1000U);
  EXPECT_EQ(pulled.sweeps.front(), Sweep::Starts);
  EXPECT_EQ(pulled.sweeps.back(), Sweep::Ends);
  EXPECT_EQ(requests("/v1/stages"), 1);
  EXPECT_EQ(requests("/v1/postings"), 1);
  EXPECT_EQ(requests("/v1/opportunities?"), 10 + 1) << "and once who moved meanwhile";
  EXPECT_EQ(requests("updated_at_start"), 1);
  EXPECT_EQ(requests(), 13);
}

TEST_F(LeverPull, NewsOfNobodyTakesTwoRequests) {
  apply_many(250, backend, "Technical Test");
  clock.advance(hours{1});
  const Cursor cursor = pull().next;
  clock.advance(hours{1});
  transport.clear_log();

  const Pulled news = pull(cursor);

  EXPECT_THAT(news.applications, IsEmpty());
  EXPECT_THAT(news.sweeps, ElementsAre(Sweep::Incremental));
  EXPECT_EQ(requests("/v1/opportunities?"), 1);
  EXPECT_EQ(requests("/v1/opportunities/deleted?"), 1);
  EXPECT_EQ(requests(), 2);
}

TEST_F(LeverPull, OneListingAsksForAllRoutedStages) {
  routed = {{"*", "technical test"}, {"*", "On*"}};
  const std::string ada = apply("ada", backend, "Technical Test");
  const std::string bob = apply("bob", analyst, "Onsite");
  apply("eve", analyst, "Offer");

  const Pulled pulled = pull();

  EXPECT_THAT(pulled.ids(), UnorderedElementsAre(ada, bob));
  EXPECT_EQ(requests("/v1/opportunities?"), 1);
  EXPECT_EQ(requests("stage_id=" + test_stage + "&stage_id="), 1);
}

TEST_F(LeverPull, StagesAreTakenByIdToo) {
  routed = {{"*", "applicant-new"}};
  const std::string ada = apply("ada", backend, "New applicant");

  EXPECT_THAT(pull().ids(), ElementsAre(ada));
}

TEST_F(LeverPull, EveryStageNeedsNoFilter) {
  routed = {{"*", "*"}};
  apply("ada", backend, "Technical Test");

  EXPECT_EQ(pull().applications.size(), 1U);
  EXPECT_EQ(requests("stage_id="), 0);
}

TEST_F(LeverPull, FewJobsOfTheirOwnNameAreAskedForAlone) {
  routed = {{"Backend Engineer", "Technical Test"}, {analyst, "Onsite"}};
  const std::string ada = apply("ada", backend, "Technical Test");
  apply("bob", backend, "Onsite");
  const std::string other = world.add_job("Designer", plan);
  apply("eve", other, "Technical Test");

  const Pulled pulled = pull();

  EXPECT_THAT(pulled.ids(), ElementsAre(ada));
  EXPECT_EQ(requests("posting_id=" + backend + "&posting_id=" + analyst), 1);
}

TEST_F(LeverPull, JobsByAPatternOrInNumberAreLookedAtHere) {
  const std::string ada = apply("ada", backend, "Technical Test");
  apply("bob", analyst, "Technical Test");
  routed = {{"Backend*", "Technical Test"}};
  EXPECT_THAT(pull().ids(), ElementsAre(ada));

  routed = {{"Backend Engineer", "Technical Test"}};
  for (int i = 0; i < 20; ++i) {
    world.add_job("Job " + std::to_string(i), plan);
    routed.push_back({"Job " + std::to_string(i), "Technical Test"});
  }
  EXPECT_THAT(pull().ids(), ElementsAre(ada));
  EXPECT_EQ(requests("posting_id="), 0);
}

TEST_F(LeverPull, AStageOrJobThatIsNotThereIsAnErrorAndNobodyHasLeft) {
  apply("ada", backend, "Technical Test");
  routed = {{"*", "Technical Tset"}};
  EXPECT_THAT(make()->pull(Cursor()), FailsSaying("did you mean \"Technical Test\""));

  routed = {{"Backend Enginer", "Technical Test"}};
  EXPECT_THAT(make()->pull(Cursor()), FailsSaying("did you mean \"Backend Engineer\""));
}

TEST_F(LeverPull, NoRouteAsksForNobody) {
  routed.clear();
  apply("ada", backend, "Technical Test");

  EXPECT_THAT(pull().applications, IsEmpty());
  EXPECT_EQ(requests(), 0);
}

TEST_F(LeverPull, PagesGoOnAfterACrashAtAnyOfThem) {
  settings.set("page_size", "3");
  apply_many(10, backend, "Technical Test");
  clock.advance(hours{1});

  const Pulled pulled = pull_crashing();

  EXPECT_EQ(pulled.applications.size(), 10U);
  EXPECT_THAT(pulled.sweeps,
              ElementsAre(Sweep::Starts, Sweep::Continues, Sweep::Continues, Sweep::Ends));
}

TEST_F(LeverPull, TheServerMaySendShorterPagesThanAskedFor) {
  peer.page_cap = 2;
  apply_many(5, backend, "Technical Test");

  EXPECT_EQ(pull().ids().size(), 5U);
}

TEST_F(LeverPull, AnOffsetThatLeverNoLongerKnowsStartsAgain) {
  settings.set("page_size", "3");
  peer.offset_life = minutes{5};
  apply_many(7, backend, "Technical Test");
  clock.advance(hours{1});
  const auto first = make()->pull(Cursor());
  ASSERT_THAT(first, IsOk());
  clock.advance(minutes{6});

  const auto again = make()->pull(first->next);

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->sweep, Sweep::Starts) << "nobody's absence is concluded from the old pages";
  EXPECT_EQ(again->applications.size(), 3U);
  EXPECT_TRUE(again->more);
}

TEST_F(LeverPull, NewsShowWhoCameAndWhoLeftAndWhere) {
  const std::string stays = apply("stays", backend, "Technical Test"),
                    moved = apply("moved", backend, "Technical Test"),
                    rejected = apply("rejected", backend, "Technical Test"),
                    hired = apply("hired", backend, "Technical Test"),
                    anonymous = apply("anonymous", backend, "Technical Test"),
                    deleted = apply("deleted", backend, "Technical Test");
  clock.advance(hours{1});
  const Cursor cursor = pull().next;
  clock.advance(hours{1});
  move(moved, "Onsite");
  world.reject(rejected, world.reasons()[0].id);
  world.hire(hired);
  world.anonymise(world.application(anonymous)->person);
  world.remove_application(deleted);
  const std::string came = apply("came", backend, "Technical Test");

  const Pulled news = pull(cursor);

  EXPECT_THAT(news.ids(), ElementsAre(came));
  EXPECT_THAT(news.left_ids(), UnorderedElementsAre(moved, rejected, hired, anonymous, deleted));
  EXPECT_THAT(news.left, Contains(Departure{ApplicationId(moved), "Onsite", backend,
                                            world.application(moved)->stage}));
  EXPECT_THAT(news.left, Contains(Departure{ApplicationId(deleted), ""}));
}

TEST_F(LeverPull, NewsOverlapSoThatNobodyIsMissedAtTheEdge) {
  const Cursor cursor = pull().next;
  clock.advance(minutes{-9});
  const std::string ada = apply("ada", backend, "Technical Test");
  clock.advance(minutes{20});

  EXPECT_THAT(pull(cursor).ids(), ElementsAre(ada));
}

TEST_F(LeverPull, AnAddressThatChangedIsNews) {
  const std::string ada = apply("ada", backend, "Technical Test");
  const Cursor cursor = pull().next;
  clock.advance(hours{1});
  world.change_emails(world.application(ada)->person, {"new@example.org"});

  const Pulled news = pull(cursor);

  ASSERT_EQ(news.applications.size(), 1U);
  EXPECT_EQ(news.applications[0].email, "new@example.org");
}

TEST_F(LeverPull, OldRowsWithoutATimeAreSeenByTheNextSweep) {
  const std::string old = apply("old", backend, "New applicant");
  peer.undated.insert(old);
  Cursor cursor = pull().next;
  clock.advance(hours{1});
  move(old, "Technical Test");

  const Pulled news = pull(cursor);
  EXPECT_THAT(news.applications, IsEmpty());
  clock.advance(hours{24});
  const Pulled swept = pull(news.next);

  EXPECT_THAT(swept.ids(), ElementsAre(old));
  EXPECT_THAT(swept.sweeps, ElementsAre(Sweep::Incremental, Sweep::Whole));
}

TEST_F(LeverPull, WhoMovesWhileASweepIsReadIsNotMissed) {
  routed = {{"*", "Technical Test"}, {"*", "Onsite"}};
  settings.set("page_size", "2");
  const std::string moves = apply("moves", backend, "Onsite");
  clock.advance(minutes{1});
  for (const char* name : {"a", "b", "c"}) apply(name, backend, "Technical Test");
  const std::string leaves = apply("leaves", backend, "Technical Test");
  clock.advance(hours{1});
  const auto connector = make();
  const auto first = connector->pull(Cursor());
  ASSERT_THAT(first, IsOk());
  clock.advance(minutes{1});
  // To a place before the end of the page that was read: no later page shows it.
  move(moves, "Technical Test");
  move(leaves, "Offer");

  const Pulled rest = pull(*connector, first->next);

  EXPECT_THAT(rest.ids(), Contains(moves));
  EXPECT_THAT(rest.left_ids(), Contains(leaves));
  EXPECT_EQ(rest.sweeps.back(), Sweep::Ends);
}

TEST_F(LeverPull, NobodyIsBothInAStageAndGoneFromIt) {
  settings.set("page_size", "1");
  const std::string ada = apply("ada", backend, "Technical Test"),
                    bob = apply("bob", backend, "Technical Test");
  clock.advance(hours{1});
  const auto first = make()->pull(Cursor());
  ASSERT_THAT(first, IsOk());
  clock.advance(minutes{1});
  const bool bob_is_next = first->applications[0].id.text() == ada;
  world.rename(world.application(bob_is_next ? bob : ada)->person, "Bobby", "Doe");

  const Pulled rest = pull(first->next);

  EXPECT_THAT(rest.left, IsEmpty());
  EXPECT_EQ(rest.applications.size(), 1U) << "once, though two lists show it";
}

TEST_F(LeverPull, ALeadWithoutAJobIsNotRouted) {
  routed = {{"*", "*"}};
  const std::string lead = world.apply(world.add_person("Lead", "Doe", {"l@example.org"}), "", "");

  const Pulled pulled = pull();

  EXPECT_THAT(pulled.applications, IsEmpty());
  EXPECT_THAT(pulled.left_ids(), ElementsAre(lead));
}

TEST_F(LeverPull, NobodyIsContactedAgainstTheirConsent) {
  const std::string ada = apply("ada", backend, "Technical Test");
  world.forbid_contact(world.application(ada)->person);

  const Pulled pulled = pull();

  ASSERT_EQ(pulled.applications.size(), 1U);
  EXPECT_EQ(pulled.applications[0].hold, "no consent to be contacted");
}

TEST_F(LeverPull, TheAddressThatWasGivenForTheJobIsTaken) {
  const std::string ada = apply("ada", backend, "Technical Test");
  peer.application_emails[ada] = "ada.jobs@example.org";
  const std::string bob = apply("bob", backend, "Technical Test");
  peer.application_emails[bob] = "";

  const Pulled pulled = pull();

  ASSERT_EQ(pulled.applications.size(), 2U);
  for (const Application& row : pulled.applications)
    EXPECT_EQ(row.email, row.id.text() == ada ? "ada.jobs@example.org" : "bob@example.org");
}

TEST_F(LeverPull, WithoutAnAddressItIsLeftEmpty) {
  world.apply(world.add_person("Ada", "Doe", {}), backend, "Technical Test");

  const Pulled pulled = pull();

  ASSERT_EQ(pulled.applications.size(), 1U);
  EXPECT_EQ(pulled.applications[0].email, "");
}

TEST_F(LeverPull, SnoozedPeopleAreInTheirStage) {
  const std::string ada = apply("ada", backend, "Technical Test");
  peer.snoozed.insert(ada);

  EXPECT_THAT(pull().ids(), ElementsAre(ada));
}

TEST_F(LeverPull, ConfidentialPeopleAndJobsAreSeen) {
  const std::string ada = apply("ada", backend, "Technical Test");
  world.make_confidential(backend);

  const Pulled pulled = pull();

  EXPECT_THAT(pulled.ids(), ElementsAre(ada));
  EXPECT_EQ(pulled.applications[0].job, "Backend Engineer");
}

class LeverPullWithoutGrant : public LeverTest, public testing::WithParamInterface<int> {};

TEST_P(LeverPullWithoutGrant, TheOthersAreListedAndItIsAskedOnce) {
  peer.scopes.erase("confidential:access:admin");
  peer.confidential_refusal = GetParam();
  settings.set("page_size", "2");
  const std::string hidden = apply("hidden", backend, "Technical Test");
  world.make_confidential(backend);
  for (const char* name : {"a", "b", "c"}) apply(name, analyst, "Technical Test");
  clock.advance(hours{1});

  const Pulled pulled = pull();

  EXPECT_EQ(pulled.ids().size(), 3U);
  EXPECT_THAT(pulled.ids(), Not(Contains(hidden)));
  EXPECT_EQ(requests("confidentiality=all"), 1);
}

TEST_P(LeverPullWithoutGrant, PagesGoOnAfterACrash) {
  peer.scopes.erase("confidential:access:admin");
  peer.confidential_refusal = GetParam();
  settings.set("page_size", "2");
  apply_many(5, backend, "Technical Test");
  clock.advance(hours{1});

  EXPECT_EQ(pull_crashing().ids().size(), 5U);
}

INSTANTIATE_TEST_SUITE_P(Refusal, LeverPullWithoutGrant, testing::Values(403, 400));

TEST_F(LeverPull, ARefusedOffsetIsNoMissingGrant) {
  settings.set("page_size", "1");
  peer.offset_life = minutes{5};
  const std::string hidden = apply("hidden", backend, "Technical Test");
  apply("bob", backend, "Technical Test");
  world.make_confidential(backend);
  clock.advance(hours{1});
  const auto connector = make();
  const auto first = connector->pull(Cursor());
  ASSERT_THAT(first, IsOk());
  clock.advance(minutes{6});

  EXPECT_THAT(pull(*connector, first->next).ids(), Contains(hidden));
}

TEST_F(LeverPull, AKeyThatMayNotListTheDeletedGoesWithoutThem) {
  peer.lists_deleted = false;
  const std::string ada = apply("ada", backend, "Technical Test");
  const auto connector = make();
  Cursor cursor = pull(*connector).next;
  clock.advance(hours{1});
  world.remove_application(ada);
  const Pulled news = pull(*connector, cursor);
  clock.advance(hours{1});

  EXPECT_THAT(news.left, IsEmpty());
  EXPECT_THAT(pull(*connector, news.next).left, IsEmpty());
  EXPECT_EQ(requests("/deleted"), 1);
}

TEST_F(LeverPull, AKeyThatIsRevokedMeanwhileIsNoMissingPermission) {
  const Cursor cursor = pull().next;
  clock.advance(hours{1});
  peer.faults().add({.kind = Fault::Kind::Status, .path = "/deleted", .times = 2, .status = 401});

  EXPECT_THAT(make()->pull(cursor), FailsWith(ErrorKind::Unauthorized));
}

TEST_F(LeverPull, AListOfTheDeletedThatFailsIsAskedAgain) {
  const std::string ada = apply("ada", backend, "Technical Test");
  const Cursor cursor = pull().next;
  clock.advance(hours{1});
  world.remove_application(ada);
  peer.faults().add({.kind = Fault::Kind::Status, .path = "/deleted", .times = 4, .status = 500});

  EXPECT_THAT(make()->pull(cursor), FailsWith(ErrorKind::Transient));
  EXPECT_THAT(pull(cursor).left_ids(), ElementsAre(ada));
}

TEST_F(LeverPull, AfterALongPauseTheDeletedOfThirtyDaysAreAskedFor) {
  settings.set("full_sweep", "31d");
  const Cursor cursor = pull().next;
  clock.advance(hours{24} * 30 + hours{23});

  EXPECT_EQ(pull(cursor).sweeps.back(), Sweep::Incremental);
  EXPECT_EQ(transport.log().back().status, 200);
}

TEST_F(LeverPull, AStageThatIsNewIsNamed) {
  const auto connector = make();
  Cursor cursor = pull(*connector).next;
  clock.advance(hours{1});
  const std::string other = world.add_plan("More", {"Final Call"});
  const std::string ada = apply("ada", backend, "Technical Test");
  world.move(ada, world.plans().back().stages[0].id);

  EXPECT_THAT(pull(*connector, cursor).left,
              ElementsAre(Departure{ApplicationId(ada), "Final Call", backend,
                                    world.application(ada)->stage}));
}

TEST_F(LeverPull, AJobThatIsNewIsNamed) {
  const auto connector = make();
  apply("bob", backend, "Technical Test");
  clock.advance(hours{1});
  const Cursor cursor = pull(*connector).next;
  clock.advance(hours{1});
  apply("ada", world.add_job("Site Engineer", plan), "Technical Test");

  const Pulled news = pull(*connector, cursor);

  ASSERT_EQ(news.applications.size(), 1U);
  EXPECT_EQ(news.applications[0].job, "Site Engineer");
}

TEST_F(LeverPull, KeepsToThePaceSoThatNothingIsThrottled) {
  apply_many(200, backend, "Technical Test");
  settings.set("page_size", "1");
  clock.advance(hours{1});

  EXPECT_EQ(pull().applications.size(), 200U);
  EXPECT_THAT(transport.log(),
              Each(testing::Field(&sandbox::ats::PeerTransport::Sent::status, 200)));
}

TEST_F(LeverPull, ATooManyWithoutATimeIsWaitedForInSeconds) {
  apply("ada", backend, "Technical Test");
  peer.faults().add({.kind = Fault::Kind::Status, .times = 2, .status = 429});
  const Timestamp before = clock.now();

  EXPECT_EQ(pull().applications.size(), 1U);
  EXPECT_LT(clock.now() - before, minutes{1});
}

TEST_F(LeverPull, AKeyThatIsRefusedIsNotTriedForEver) {
  settings.set_secret("api_key", ApiKey("wrong"));
  const auto connector = make();

  EXPECT_THAT(connector->pull(Cursor()), FailsWith(ErrorKind::Unauthorized));
  const int after_one = requests();
  EXPECT_THAT(connector->pull(Cursor()), FailsWith(ErrorKind::Unauthorized));
  EXPECT_EQ(requests(), after_one);
}

TEST_F(LeverPull, AMissingPermissionIsNamed) {
  peer.scopes.erase("opportunities:write:admin");

  EXPECT_THAT(make()->pull(Cursor()), FailsSaying("opportunities:write:admin"));
}

TEST_F(LeverPull, ErrorsHoldNoQueryAndNoPerson) {
  const std::string ada = apply("ada", backend, "Technical Test");
  for (const int status : {400, 403, 404, 500, 302}) {
    peer.faults().clear();
    peer.faults().add({.kind = Fault::Kind::Status,
                       .path = "/v1/opportunities",
                       .times = 9,
                       .status = status,
                       .body = R"({"message":"ada@example.org"})"});

    const auto page = make()->pull(Cursor());

    ASSERT_FALSE(page);
    EXPECT_THAT(page.error().what, Not(testing::HasSubstr("?")));
    EXPECT_THAT(page.error().what, Not(testing::HasSubstr("ada")));
    EXPECT_THAT(page.error().what, Not(testing::HasSubstr(test_stage)));
  }
}

TEST_F(LeverPull, JunkIsMalformed) {
  apply("ada", backend, "Technical Test");
  for (const char* body : {"<html></html>", "[]", "{}", R"({"data":[]})", ""}) {
    peer.faults().clear();
    peer.faults().add(
        {.kind = Fault::Kind::Status, .path = "/v1/opportunities", .status = 200, .body = body});

    EXPECT_THAT(make()->pull(Cursor()), FailsWith(ErrorKind::Malformed)) << body;
  }
}

TEST_F(LeverPull, ACursorOfAnotherAccountSweeps) {
  apply("ada", backend, "Technical Test");
  const Cursor cursor = pull().next;
  settings.set("base_url", "http://127.0.0.1:1");

  EXPECT_THAT(make()->pull(cursor), FailsWith(ErrorKind::Transient));
  EXPECT_EQ(requests("updated_at_start"), 0);
}

TEST_F(LeverPull, ControlCharactersInNamesAreTakenOut) {
  world.apply(world.add_person("A\tda\n",
                               "Do\xE2\x80\xAE"
                               "e",
                               {"a@example.org"}),
              backend, "Technical Test");

  const Pulled pulled = pull();

  ASSERT_EQ(pulled.applications.size(), 1U);
  EXPECT_EQ(pulled.applications[0].name, "A da Doe");
}

}  // namespace
}  // namespace praxisync::lever
