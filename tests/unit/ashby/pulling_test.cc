#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class AshbyPull : public AshbyAccount {
 protected:
  /// The ids of `count` people in the routed stage.
  std::vector<std::string> crowd(int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(applicant("p" + std::to_string(i)));
    return ids;
  }

  /// Open, in another stage than the routed one.
  Departure standing(const std::string& id, const std::string& stage) const {
    const sandbox::ats::Candidacy& application = *world_.application(id);
    return {ApplicationId(id), stage, application.job, application.stage};
  }
};

TEST_F(AshbyPull, ASweepListsWhoIsInARoutedStageAndNamesTheRest) {
  const std::string in = applicant("Ada"), elsewhere = applicant("Bob", "Review");

  const Pulled pulled = pull_all();

  EXPECT_THAT(pulled.ids(), ElementsAre(in));
  EXPECT_THAT(pulled.left(), ElementsAre(standing(elsewhere, "Review")));
  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Whole));
  const Application ada = pulled.applications().front();
  EXPECT_EQ(ada.email, "Ada@example.org");
  EXPECT_EQ(ada.name, "Ada Doe");
  EXPECT_EQ(ada.candidate.text(), world_.application(in)->person);
}

TEST_F(AshbyPull, RoutesMayNameJobsAndStagesByIdOrGlob) {
  const std::string in = applicant();
  for (const StageFilter& filter :
       std::vector<StageFilter>{{job_, stage("Test")}, {"*", "T*"}, {"engineer", stage("Test")}}) {
    routed_ = {filter};
    connect();
    EXPECT_THAT(pull_all().ids(), ElementsAre(in)) << filter.job << " " << filter.stage;
  }
}

TEST_F(AshbyPull, StagesOfOneNameAreToldApartByTheirJob) {
  applicant("Ada");
  const std::string other = world_.add_job("Designer", plan_);
  const std::string designer = world_.apply(person("Bob"), other, "Test");
  routed_ = {{"Designer", "Test"}};
  connect();

  EXPECT_THAT(pull_all().ids(), ElementsAre(designer));
}

TEST_F(AshbyPull, NobodyIsListedWhoIsArchivedOrHired) {
  const std::string rejected = applicant("Ada"), hired = applicant("Bob");
  world_.reject(rejected, reason_);
  world_.hire(hired);
  routed_ = {{"*", "*"}};
  connect();

  const Pulled pulled = pull_all();

  EXPECT_THAT(pulled.ids(), IsEmpty());
  EXPECT_THAT(pulled.left(), UnorderedElementsAre(Departure{ApplicationId(rejected), "Archived"},
                                                  Departure{ApplicationId(hired), "Test"}));
}

TEST_F(AshbyPull, WhoeverHasNoAddressComesWithoutOne) {
  world_.apply(world_.add_person("No", "Address", {}), job_, "Test");

  const Pulled pulled = pull_all();

  ASSERT_THAT(pulled.applications(), SizeIs(1));
  EXPECT_EQ(pulled.applications().front().email, "");
}

TEST_F(AshbyPull, PagesFollowOneAnother) {
  const auto ids = crowd(5);
  connect("2");

  const Pulled pulled = pull_all();

  EXPECT_EQ(pulled.ids(), ids);
  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Starts, Sweep::Continues, Sweep::Ends));
}

TEST_F(AshbyPull, EmptyPagesAreNotTheEnd) {
  const auto ids = crowd(5);
  peer_.empty_page_every = 2;
  connect("2");

  const Pulled pulled = pull_all();

  EXPECT_EQ(pulled.ids(), ids);
  EXPECT_THAT(pulled.pages, SizeIs(5));
}

TEST_F(AshbyPull, APageIsAskedForAgainAfterACrash) {
  const auto ids = crowd(5);
  connect("2");
  const auto first = ats_->pull({});
  ASSERT_THAT(first, IsOk());
  connect("2");

  EXPECT_THAT(pull_all(first->next).ids(), ElementsAre(ids[2], ids[3], ids[4]));
  EXPECT_THAT(pull_all(first->next).ids(), ElementsAre(ids[2], ids[3], ids[4]));
}

TEST_F(AshbyPull, NewsShowWhoCameAndWhoLeft) {
  const std::string leaves = applicant("Ada"), stays = applicant("Bob"),
                    comes = applicant("Cid", "Review");
  Pulled pulled = pull_all();
  world_.move(leaves, stage("Onsite"));
  world_.move(comes, stage("Test"));

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.ids(), ElementsAre(comes));
  EXPECT_THAT(pulled.left(), ElementsAre(standing(leaves, "Onsite")));
  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Incremental));
}

TEST_F(AshbyPull, NewsOfSeveralPagesCarryTheTokenOnEach) {
  const auto ids = crowd(5);
  connect("2");
  Pulled pulled = pull_all();
  for (const std::string& id : ids) world_.move(id, stage("Onsite"));
  peer_.empty_page_every = 2;

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.left(), SizeIs(5));
  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Incremental, Sweep::Further, Sweep::Further,
                                           Sweep::Further, Sweep::Further));
}

TEST_F(AshbyPull, NewsShowAChangedNameAndAddress) {
  const std::string id = applicant();
  Pulled pulled = pull_all();
  world_.rename(world_.application(id)->person, "Ada", "Doe-Meyer");
  world_.change_emails(world_.application(id)->person, {"new@example.org"});

  pulled = pull_all(pulled.next);

  ASSERT_THAT(pulled.applications(), SizeIs(1));
  EXPECT_EQ(pulled.applications().front().name, "Ada Doe-Meyer");
  EXPECT_EQ(pulled.applications().front().email, "new@example.org");
}

TEST_F(AshbyPull, AMergedPersonsApplicationComesWithTheWinner) {
  const std::string other = world_.add_job("Designer", plan_);
  const std::string stays = person("Ada"), goes = person("Bob");
  world_.apply(stays, job_, "Test");
  const std::string handed = world_.apply(goes, other, "Test");
  routed_ = {{"*", "Test"}};
  connect();
  Pulled pulled = pull_all();
  world_.merge(stays, goes);

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.ids(), Contains(handed));
  for (const Application& one : pulled.applications()) EXPECT_EQ(one.candidate.text(), stays);
}

TEST_F(AshbyPull, ASweepIsDueAfterADay) {
  applicant();
  Pulled pulled = pull_all();
  clock_.advance(std::chrono::hours{23});
  pulled = pull_all(pulled.next);
  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Incremental));
  clock_.advance(std::chrono::hours{2});

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Incremental, Sweep::Whole));
  EXPECT_THAT(pulled.ids(), SizeIs(1));
}

TEST_F(AshbyPull, ACursorThatExpiredBeginsTheSweepAnewInTheSamePull) {
  for (const auto spelling :
       {sandbox::ats::Ashby::Spelling::Both, sandbox::ats::Ashby::Spelling::Codes,
        sandbox::ats::Ashby::Spelling::Objects}) {
    for (const int status : {200, 400}) {
      peer_.spelling = spelling;
      peer_.stale_status = status;
      if (world_.applications().empty()) crowd(5);
      connect("2");
      const auto first = ats_->pull({});
      ASSERT_THAT(first, IsOk());
      clock_.advance(std::chrono::hours{2});

      const Pulled pulled = pull_all(first->next);

      EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Starts, Sweep::Continues, Sweep::Ends));
      EXPECT_THAT(pulled.ids(), SizeIs(5));
    }
  }
}

TEST_F(AshbyPull, ACursorThatExpiredBeginsTheNewsAnewWithTheSameToken) {
  const auto ids = crowd(5);
  connect("2");
  Pulled pulled = pull_all();
  for (const std::string& id : ids) world_.move(id, stage("Onsite"));
  const auto first = ats_->pull(pulled.next);
  ASSERT_THAT(first, IsOk());
  clock_.advance(std::chrono::hours{2});

  pulled = pull_all(first->next);

  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Incremental, Sweep::Further, Sweep::Further));
  EXPECT_THAT(pulled.left(), SizeIs(5));
}

TEST_F(AshbyPull, ATokenThatExpiredMakesASweep) {
  peer_.token_life = std::chrono::hours{1};
  applicant();
  Pulled pulled = pull_all();
  clock_.advance(std::chrono::hours{2});

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Whole));
  EXPECT_THAT(pulled.ids(), SizeIs(1));
}

TEST_F(AshbyPull, TooManyChangesMakeASweep) {
  peer_.largest_news = 2;
  const auto ids = crowd(3);
  Pulled pulled = pull_all();
  for (const std::string& id : ids) world_.move(id, stage("Onsite"));

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Whole));
  EXPECT_THAT(pulled.left(), SizeIs(3));
}

TEST_F(AshbyPull, WordsThatAshbyNeverSaidMakeASweep) {
  applicant();
  for (const char* code : {"sync_token_invalid", "cursor_invalid", "incremental_sync_too_large",
                           "invalid_next_cursor"}) {
    const Pulled before = pull_all();
    peer_.faults().add({.kind = Fault::Kind::Status,
                        .status = 200,
                        .body = std::string(R"({"success":false,"errors":[")") + code + "\"]}"});

    EXPECT_THAT(pull_all(before.next).sweeps(), ElementsAre(Sweep::Whole)) << code;
  }
}

TEST_F(AshbyPull, ARefusalWithoutEndIsAnErrorAndNoLoop) {
  peer_.faults().add({.kind = Fault::Kind::Status,
                      .times = 100,
                      .status = 200,
                      .body = R"({"success":false,"errors":["sync_token_expired"]})"});

  EXPECT_THAT(ats_->pull({}), FailsWith(ErrorKind::Malformed));
}

TEST_F(AshbyPull, ACursorOfAnotherAccountOrOfNobodyBeginsASweep) {
  applicant();
  EXPECT_THAT(pull_all(Cursor("nonsense")).sweeps(), ElementsAre(Sweep::Whole));
}

TEST_F(AshbyPull, AListWithoutATokenIsFollowedByASweep) {
  const std::string empty = R"({"success":true,"results":[],"moreDataAvailable":false})";
  peer_.faults().add({.kind = Fault::Kind::Status, .status = 200, .body = empty});
  Pulled pulled = pull_all();
  applicant();

  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.sweeps(), ElementsAre(Sweep::Whole));
  EXPECT_THAT(pulled.ids(), SizeIs(1));
}

TEST_F(AshbyPull, ConfidentialJobsAreNotThereWithoutTheSwitch) {
  applicant();
  world_.make_confidential(job_);
  EXPECT_THAT(pull_all().ids(), IsEmpty());

  peer_.sees_confidential = true;
  EXPECT_THAT(pull_all().ids(), SizeIs(1));
}

TEST_F(AshbyPull, WhatTheAnswersAreErrorsOf) {
  struct Case {
    int status;
    std::string body;
    ErrorKind want;
  };
  const std::string refusal = R"({"success":false,"errors":["CODE"]})";
  for (const Case& one : std::vector<Case>{
           {200, "<html>", ErrorKind::Malformed},
           {200, "", ErrorKind::Malformed},
           {200, "{}", ErrorKind::Malformed},
           {200, R"({"success":true,"results":7})", ErrorKind::Malformed},
           {200, R"({"success":false,"errors":["invalid_input"]})", ErrorKind::Rejected},
           {200, R"({"success":false})", ErrorKind::Rejected},
           {403, "", ErrorKind::Unauthorized},
           {404, "", ErrorKind::Rejected},
           {301, "", ErrorKind::Malformed}}) {
    peer_.faults().add({.kind = Fault::Kind::Status, .status = one.status, .body = one.body});
    EXPECT_THAT(ats_->pull({}), FailsWith(one.want)) << one.status << " " << one.body;
  }
}

TEST_F(AshbyPull, AMissingPermissionIsNamed) {
  peer_.scopes.erase("candidates:read");

  const auto page = ats_->pull({});

  EXPECT_THAT(page, FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(page, FailsSaying("candidatesRead"));
}

TEST_F(AshbyPull, ARefusalIsToldWithCodeAndRequestAndNothingElse) {
  peer_.faults().add({.kind = Fault::Kind::Status,
                      .status = 200,
                      .body = R"({"success":false,"errors":["x"],"errorInfo":{"code":"odd_code",)"
                              R"("message":"Jane Doe","requestId":"REQ9"}})"});

  const auto page = ats_->pull({});

  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().what, "application.list: Ashby refuses it: odd_code (request REQ9)");
}

TEST_F(AshbyPull, AWrongKeyIsUnauthorizedAndNotShown) {
  connect("100", "some-other-key");

  const auto page = ats_->pull({});

  EXPECT_THAT(page, FailsWith(ErrorKind::Unauthorized));
  EXPECT_EQ(page.error().what.find("some-other-key"), std::string::npos);
}

TEST_F(AshbyPull, ARefusedKeyIsNotTriedForEver) {
  peer_.faults().add({.kind = Fault::Kind::Status, .times = 100, .status = 401});
  EXPECT_THAT(ats_->pull({}), FailsWith(ErrorKind::Unauthorized));
  const int requests = peer_.requests();

  EXPECT_THAT(ats_->pull({}), FailsWith(ErrorKind::Unauthorized));

  EXPECT_EQ(requests, 2);
  EXPECT_EQ(peer_.requests(), requests);
}

TEST_F(AshbyPull, AnAnswerThatIsCutIsAskedForAgain) {
  applicant();
  peer_.faults().add({.kind = Fault::Kind::Truncate, .bytes = 40});

  EXPECT_THAT(pull_all().ids(), SizeIs(1));
}

TEST_F(AshbyPull, NamesAreMadeSafeToPassOn) {
  world_.apply(world_.add_person("Zo\u00EB\u202E", "M\u00FCller\n\x07", {"z@example.org"}), job_,
               "Test");

  ASSERT_THAT(pull_all().applications(), SizeIs(1));
  EXPECT_EQ(pull_all().applications().front().name, "Zo\u00EB M\u00FCller");
}

TEST_F(AshbyPull, WaitsAndRepeatsWhenAshbyIsBusyOrDown) {
  applicant();
  peer_.faults().add({.kind = Fault::Kind::Status, .status = 503});
  peer_.faults().add({.kind = Fault::Kind::Status, .status = 429});
  peer_.faults().add({.kind = Fault::Kind::DropBefore});

  EXPECT_THAT(pull_all().ids(), SizeIs(1));
}

TEST_F(AshbyPull, AWindowThatIsUsedUpSaysWhenToComeBack) {
  peer_.requests_a_minute = 1;
  peer_.retry_after_seconds = 55;
  static_cast<void>(raw("apiKey.info"));

  const auto page = ats_->pull({});

  EXPECT_THAT(page, FailsWith(ErrorKind::Throttled));
  EXPECT_EQ(page.error().retry_at, clock_.now() + std::chrono::seconds{55});
}

}  // namespace
}  // namespace praxisync::ashby
