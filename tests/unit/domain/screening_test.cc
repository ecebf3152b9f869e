#include "domain/screening.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace praxisync {
namespace {

/// Every step that there is, spelt out: a new one has to be written here as well.
const std::map<State, std::set<State>>& allowed() {
  using enum State;
  static const std::map<State, std::set<State>> steps{
      {Queued,
       {Dispatching, Invited, Enrolled, Started, Passed, Failed, Expired, Cancelled, Withdrawn,
        Blocked}},
      {Dispatching,
       {Queued, Invited, Enrolled, Started, Passed, Failed, Expired, Cancelled, Withdrawn,
        Blocked}},
      {Invited, {Started, Passed, Failed, Expired, Cancelled, Withdrawn}},
      {Enrolled, {Started, Passed, Failed, Expired, Cancelled, Withdrawn}},
      {Started, {Passed, Failed, Expired, Cancelled, Withdrawn}},
      {Passed, {WrittenBack}},
      {Failed, {WrittenBack}},
      {Expired, {WrittenBack, Queued, Passed, Failed}},
      {Cancelled, {WrittenBack, Queued, Blocked}},
      {Withdrawn, {WrittenBack, Queued, Blocked}},
      {WrittenBack, {Queued, Blocked, Passed, Failed}},
      {Blocked, {Queued, Withdrawn}}};
  return steps;
}

TEST(MayStep, AllowsTheStepsOfTheListAndNoOther) {
  ASSERT_EQ(all_states().size(), 12U);
  for (const State from : all_states()) {
    for (const State to : all_states()) {
      EXPECT_EQ(may_step(from, to), allowed().at(from).contains(to))
          << to_string(from) << " to " << to_string(to);
    }
  }
}

TEST(MayStep, NeverStandsStill) {
  for (const State state : all_states()) EXPECT_FALSE(may_step(state, state)) << to_string(state);
}

TEST(MayStep, LeadsEveryScreeningToItsEnd) {
  for (const State start : all_states()) {
    std::set<State> reached{start};
    for (std::size_t before = 0; before != reached.size();) {
      before = reached.size();
      for (const State from : std::set<State>(reached)) {
        for (const State to : all_states()) {
          if (may_step(from, to)) reached.insert(to);
        }
      }
    }
    EXPECT_TRUE(reached.contains(State::WrittenBack)) << to_string(start);
  }
}

TEST(StateName, IsReadBack) {
  std::set<std::string_view> names;
  for (const State state : all_states()) {
    EXPECT_EQ(parse_state(to_string(state)), state);
    names.insert(to_string(state));
  }

  EXPECT_EQ(names.size(), all_states().size());
  EXPECT_TRUE(names.contains("written_back"));
  for (const char* other : {"", "Queued", "written back", "unknown", "completed"}) {
    EXPECT_EQ(parse_state(other), std::nullopt) << other;
  }
}

TEST(StateKinds, AreVerdictsOrOpenOrNeither) {
  using enum State;
  const std::set<State> verdicts{Passed, Failed, Expired, Cancelled, Withdrawn};
  const std::set<State> open{Invited, Enrolled, Started};
  for (const State state : all_states()) {
    EXPECT_EQ(has_verdict(state), verdicts.contains(state)) << to_string(state);
    EXPECT_EQ(is_open(state), open.contains(state)) << to_string(state);
  }
}

}  // namespace
}  // namespace praxisync
