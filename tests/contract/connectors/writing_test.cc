/// What every connector must do when it writes. One INSTANTIATE line each, at the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/connectors/ats.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using namespace std::chrono_literals;
using sandbox::Fault;
using testing::HasSubstr;
using testing::Not;

constexpr ActionKind kKinds[] = {ActionKind::Note, ActionKind::Tag,  ActionKind::Field,
                                 ActionKind::Link, ActionKind::Move, ActionKind::Reject};

class WritingContract : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { begin(); }

  void begin() {
    ats = make_ats(GetParam());
    id = ats->hire("Ada", "Lovelace", "ada@example.org");
  }

  bool possible(ActionKind kind) const {
    return ats->spec().capabilities.can(kind) || ats->spec().capabilities.fallback(kind) != nullptr;
  }

  WriteBack action(ActionKind kind) {
    WriteBack action;
    action.marker = "px:" + std::string(12, static_cast<char>('a' + static_cast<int>(kind)));
    action.application = ApplicationId(id);
    action.candidate = CandidateId(ats->world().application(id)->person);
    action.email = "ada@example.org";
    action.route = RouteName("backend");
    action.outcome.verdict = Verdict::Passed;
    action.outcome.score_percentage = 85;
    action.kind = kind;
    action.expected_stage = kStage;
    action.expected_stage_id = ats->stage(kStage);
    action.at = ats->clock.now();
    switch (kind) {
      case ActionKind::Note:
        action.value = "Assessment backend: passed, 85 %.\nÜber 王";
        break;
      case ActionKind::Tag:
        action.value = "assessment-passed";
        break;
      case ActionKind::Field:
        action.field = "Assessment score";
        action.value = "85";
        break;
      case ActionKind::Link:
        action.value = "https://reports.example.org/r/1";
        break;
      case ActionKind::Move:
        action.value = "Onsite";
        break;
      case ActionKind::Reject:
        action.value = "Not enough skills";
        break;
    }
    return action;
  }

  /// As the engine brings an action: looks after an unknown outcome, writes again otherwise.
  Written bring(const WriteBack& wanted) {
    for (int attempt = 0; attempt < 6; ++attempt) {
      const Result<Written> written = ats->connect()->write(wanted);
      if (written) return *written;
      errors.push_back(written.error());
      ats->clock.advance(ats->spec().capabilities.settle_after + 1s);
      const ErrorKind kind = written.error().kind;
      if (kind == ErrorKind::Rejected || kind == ErrorKind::Unauthorized) break;
      if (kind != ErrorKind::OutcomeUnknown && kind != ErrorKind::Malformed) continue;
      const Result<bool> landed = ats->connect()->landed(wanted);
      if (!landed) {
        errors.push_back(landed.error());
        continue;
      }
      if (*landed) return {};
    }
    ADD_FAILURE() << "never written: " << (errors.empty() ? "" : errors.back().what);
    return {};
  }

  std::unique_ptr<Ats> ats;
  std::string id;
  std::vector<Error> errors;
};

TEST_P(WritingContract, EachActionLandsOnceAndIsFoundAgain) {
  for (const ActionKind kind : kKinds) {
    if (!possible(kind)) continue;
    SCOPED_TRACE(to_string(kind));
    begin();
    const WriteBack wanted = action(kind);
    const Result<bool> before = ats->connect()->landed(wanted);
    ASSERT_THAT(before, IsOk());
    EXPECT_FALSE(*before);

    const Result<Written> written = ats->connect()->write(wanted);

    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::Done);
    EXPECT_EQ(ats->effects(), 1);
    const Result<bool> after = ats->connect()->landed(wanted);
    ASSERT_THAT(after, IsOk());
    EXPECT_TRUE(*after);
  }
}

TEST_P(WritingContract, AnActionThatStandsThereIsNotDoneAgain) {
  for (const ActionKind kind : kKinds) {
    if (!possible(kind)) continue;
    SCOPED_TRACE(to_string(kind));
    begin();
    const WriteBack wanted = action(kind);
    bring(wanted);
    if (!*ats->connect()->landed(wanted)) bring(wanted);

    EXPECT_EQ(ats->effects(), 1);
  }
}

TEST_P(WritingContract, ActionsOfTwoApplicationsDoNotStandForEachOther) {
  const std::string second = ats->hire("Bea", "Babbage", "bea@example.org");
  for (const ActionKind kind : {ActionKind::Note, ActionKind::Move}) {
    if (!possible(kind)) continue;
    const WriteBack first = action(kind);
    bring(first);
    WriteBack other = first;
    other.marker = "px:zzzzzzzzzzzz";
    other.application = ApplicationId(second);
    other.candidate = CandidateId(ats->world().application(second)->person);

    EXPECT_FALSE(*ats->connect()->landed(other)) << to_string(kind);
  }
}

INSTANTIATE_TEST_SUITE_P(Ats, WritingContract,
                         testing::Values("ashby", "file", "greenhouse", "lever"),
                         [](const auto& one) { return one.param; });

/// What every connector that changes an ATS must stand besides.
class ChangingContract : public WritingContract {
 protected:
  void strike(Fault fault) { ats->faults()->add(std::move(fault)); }
};

/// Every request of every action, lost before or after it took effect, answered with an error or
/// cut short: in the end it landed once.
TEST_P(ChangingContract, ALostAnswerAnywhereLosesNothingAndDoublesNothing) {
  const std::vector<Fault> faults{
      {.kind = Fault::Kind::DropBefore},
      {.kind = Fault::Kind::DropAfterApplying},
      {.kind = Fault::Kind::Truncate, .bytes = 5},
      {.kind = Fault::Kind::Status, .status = 502},
      {.kind = Fault::Kind::StatusAfterApplying, .status = 502},
      {.kind = Fault::Kind::StatusAfterApplying, .status = 504},
      {.kind = Fault::Kind::StatusAfterApplying, .status = 200, .body = "<html>"},
      {.kind = Fault::Kind::Status, .status = 429, .headers = {{"Retry-After", "2"}}}};
  for (const ActionKind kind : kKinds) {
    if (!possible(kind)) continue;
    for (std::size_t which = 0; which < faults.size(); ++which) {
      int struck = 0;
      for (int request = 0; request < 60; ++request) {
        SCOPED_TRACE(testing::Message()
                     << to_string(kind) << ", fault " << which << " at request " << request);
        begin();
        const WriteBack wanted = action(kind);
        Fault fault = faults[which];
        fault.skip = request;
        strike(fault);

        const Written written = bring(wanted);

        EXPECT_EQ(written.how, Written::How::Done) << written.remark;
        EXPECT_EQ(ats->effects(), 1);
        if (ats->faults()->waiting() > 0) break;
        ++struck;
      }
      EXPECT_GE(struck, 1) << to_string(kind);
    }
  }
  for (const Error& error : errors) {
    for (const std::string& secret : ats->secrets())
      EXPECT_THAT(error.what, Not(HasSubstr(secret)));
    EXPECT_THAT(error.what, Not(HasSubstr("ada@example.org")));
    EXPECT_THAT(error.what, Not(HasSubstr("Lovelace")));
  }
}

TEST_P(ChangingContract, WhatIsSetMayBeSetAgainWithoutLooking) {
  for (const ActionKind kind :
       {ActionKind::Tag, ActionKind::Field, ActionKind::Move, ActionKind::Reject}) {
    if (!ats->spec().capabilities.can(kind)) continue;
    SCOPED_TRACE(to_string(kind));
    begin();
    const WriteBack wanted = action(kind);
    ASSERT_THAT(ats->connect()->write(wanted), IsOk());

    const Result<Written> again = ats->connect()->write(wanted);

    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->how, Written::How::Done) << again->remark;
    // A tag is a set: the ATS itself keeps one of two.
    if (kind == ActionKind::Tag) {
      EXPECT_EQ(ats->tagged(id, wanted.value), 1);
    } else {
      EXPECT_EQ(ats->effects(), 1);
    }
  }
}

TEST_P(ChangingContract, ANoteThatWasAppliedLateIsFound) {
  const WriteBack wanted = action(ActionKind::Note);
  // The answer is lost, and the look-up that follows sees nothing yet.
  strike({.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post, .path = "ote"});
  const Result<Written> lost = ats->connect()->write(wanted);
  ASSERT_THAT(lost, FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_TRUE(*ats->connect()->landed(wanted));
  EXPECT_EQ(ats->effects(), 1);
}

TEST_P(ChangingContract, ALookUpThatIsCutShortIsNoProofOfAbsence) {
  const WriteBack wanted = action(ActionKind::Note);
  bring(wanted);
  int struck = 0;
  for (int request = 0; request < 60; ++request) {
    const auto connector = ats->connect();
    strike({.kind = Fault::Kind::Status, .skip = request, .times = 50, .status = 500});
    const Result<bool> landed = connector->landed(wanted);
    const bool untouched = ats->faults()->waiting() > 0 && landed && *landed;
    ats->faults()->clear();
    if (untouched) break;
    EXPECT_THAT(landed, FailsWith(ErrorKind::Transient));
    ++struck;
  }
  EXPECT_GE(struck, 1);
}

TEST_P(ChangingContract, WhomARecruiterHasMovedIsNotMoved) {
  const WriteBack wanted = action(ActionKind::Move);
  ats->world().move(id, ats->stage("Offer"));

  const Result<Written> written = ats->connect()->write(wanted);

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::LeftAlone);
  EXPECT_FALSE(written->remark.empty());
  EXPECT_EQ(ats->effects(), 0);
  EXPECT_EQ(ats->world().application(id)->stage, ats->stage("Offer"));
}

TEST_P(ChangingContract, WhoWasRejectedOrHiredIsNeitherMovedNorRejectedAgain) {
  for (const ActionKind kind : {ActionKind::Move, ActionKind::Reject}) {
    for (const bool hired : {false, true}) {
      SCOPED_TRACE(testing::Message() << to_string(kind) << (hired ? " hired" : " rejected"));
      begin();
      const WriteBack wanted = action(kind);
      hired ? ats->world().hire(id) : ats->world().reject(id, ats->world().reasons().front().id);

      const Result<Written> written = ats->connect()->write(wanted);

      ASSERT_THAT(written, IsOk());
      EXPECT_EQ(ats->effects(), 0);
    }
  }
}

TEST_P(ChangingContract, WhoIsAlreadyInTheTargetStageIsDone) {
  const WriteBack wanted = action(ActionKind::Move);
  ats->world().move(id, ats->stage("Onsite"));

  const Result<Written> written = ats->connect()->write(wanted);

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::Done);
  EXPECT_EQ(ats->effects(), 0);
}

TEST_P(ChangingContract, AStageThatWasRenamedIsStillTheExpectedOne) {
  const WriteBack wanted = action(ActionKind::Move);
  ats->world().rename_stage(ats->stage(kStage), "Coding Test");

  EXPECT_EQ(bring(wanted).how, Written::How::Done);
  EXPECT_EQ(ats->world().application(id)->stage, ats->stage("Onsite"));
}

TEST_P(ChangingContract, AnUnknownStageOrReasonIsRefusedWithWhatThereIs) {
  WriteBack move = action(ActionKind::Move);
  move.value = "Onsit";
  WriteBack reject = action(ActionKind::Reject);
  reject.value = "Not enough skill";

  EXPECT_THAT(ats->connect()->write(move), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(ats->connect()->write(move), FailsSaying("did you mean \"Onsite\"?"));
  EXPECT_THAT(ats->connect()->write(reject), FailsSaying("did you mean \"Not enough skills\"?"));
  EXPECT_EQ(ats->effects(), 0);
}

TEST_P(ChangingContract, WhoIsGoneIsLeftAlone) {
  for (const ActionKind kind : kKinds) {
    if (!possible(kind)) continue;
    SCOPED_TRACE(to_string(kind));
    begin();
    const WriteBack wanted = action(kind);
    ats->world().remove_person(wanted.candidate.text());

    const Result<Written> written = ats->connect()->write(wanted);

    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::LeftAlone);
    EXPECT_EQ(ats->effects(), 0);
  }
}

TEST_P(ChangingContract, AFieldThatIsNotThereIsWrittenOtherwiseAndSaysSo) {
  WriteBack wanted = action(ActionKind::Field);
  wanted.field = "No such field";

  const Written written = bring(wanted);

  EXPECT_EQ(written.how, Written::How::Done);
  EXPECT_EQ(ats->effects(), 1);
  EXPECT_TRUE(*ats->connect()->landed(wanted));
  if (ats->spec().capabilities.can(ActionKind::Field)) {
    EXPECT_THAT(written.remark, HasSubstr("No such field"));
  }
}

TEST_P(ChangingContract, OpeningsAreTheJobsWithTheirStages) {
  const Result<connector::Openings> openings = ats->connect()->openings();

  ASSERT_THAT(openings, IsOk());
  EXPECT_EQ(openings->extent, connector::Openings::Extent::Whole);
  bool found = false;
  for (const connector::Opening& opening : openings->all) {
    if (opening.job.name != kJob) continue;
    found = true;
    std::vector<std::string> stages;
    for (const auto& stage : opening.stages) stages.push_back(stage.stage.name);
    EXPECT_THAT(stages, testing::IsSupersetOf({"Application Review", "Technical Test", "Onsite"}));
  }
  EXPECT_TRUE(found);
}

TEST_P(ChangingContract, DoctorFindsAllInOrderWithoutWriting) {
  std::vector<PolicyAction> planned;
  for (const ActionKind kind : kKinds) {
    if (possible(kind)) planned.push_back({kind, action(kind).value, action(kind).field});
  }

  const std::vector<connector::Finding> findings = ats->connect()->check(planned);

  EXPECT_FALSE(findings.empty());
  for (const connector::Finding& finding : findings) {
    EXPECT_NE(finding.level, connector::Finding::Level::Failure) << finding.what << finding.detail;
    EXPECT_NE(finding.level, connector::Finding::Level::Unauthorized)
        << finding.what << finding.detail;
  }
  EXPECT_EQ(ats->effects(), 0);
}

TEST_P(ChangingContract, DoctorTellsARefusedCredentialAndAReasonThatIsNotThere) {
  const auto worst = [&](const std::vector<PolicyAction>& planned) {
    connector::Finding::Level level = connector::Finding::Level::Ok;
    for (const connector::Finding& finding : ats->connect()->check(planned))
      level = std::max(level, finding.level);
    return level;
  };
  EXPECT_EQ(worst({{ActionKind::Reject, "No such reason"}}), connector::Finding::Level::Failure);
  strike({.kind = Fault::Kind::Status, .times = 1000, .status = 401});
  EXPECT_EQ(worst({}), connector::Finding::Level::Unauthorized);
}

INSTANTIATE_TEST_SUITE_P(Ats, ChangingContract, testing::Values("ashby", "greenhouse", "lever"),
                         [](const auto& one) { return one.param; });

/// Where there are fields.
class FieldContract : public ChangingContract {};

TEST_P(FieldContract, AFieldThatAPersonEditedStaysAndOursIsBroughtUpToDate) {
  WriteBack first = action(ActionKind::Field);
  bring(first);
  WriteBack second = first;
  second.marker = "px:second";
  second.value = "90";
  second.previous = "85";

  EXPECT_EQ(bring(second).how, Written::How::Done);
  EXPECT_EQ(ats->effects(), 2);

  ats->world().set_field(id, ats->world().fields().front().id, "12");
  WriteBack third = second;
  third.marker = "px:third";
  third.value = "95";
  third.previous = "90";
  EXPECT_EQ(bring(third).how, Written::How::LeftAlone);
  EXPECT_EQ(ats->effects(), 2);
}

INSTANTIATE_TEST_SUITE_P(Ats, FieldContract, testing::Values("ashby", "greenhouse"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace praxisync::testing_support
