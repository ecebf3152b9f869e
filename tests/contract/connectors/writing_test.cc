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
                         testing::Values("file"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace praxisync::testing_support
