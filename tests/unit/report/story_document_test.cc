#include "report/story_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace praxisync::report {
namespace {

const std::vector<sync::Decision> kDecisions{
    {"statuses of 12", "by the list: 1 read; singly would be 12 reads"}};

store::Story story_in(State state) {
  store::Story story;
  story.state = state;
  return story;
}

TEST(Story, OfWhoeverIsWaitedForTellsHowTheLastRunAsked) {
  for (const State state : {State::Invited, State::Enrolled, State::Started}) {
    EXPECT_THAT(asked(story_in(state), kDecisions),
                testing::ElementsAre("last run asked for statuses of 12 by the list: 1 read; "
                                     "singly would be 12 reads"));
  }
}

TEST(Story, OfOthersTellsNothingOfTheLastRun) {
  for (const State state : {State::Queued, State::Passed, State::Expired, State::WrittenBack})
    EXPECT_THAT(asked(story_in(state), kDecisions), testing::IsEmpty());
}

TEST(Story, DocumentCarriesTheSameLines) {
  EXPECT_THAT(story_document({story_in(State::Invited)}, kDecisions),
              testing::HasSubstr(R"("asked":["last run asked for statuses of 12 by the list: )"));
}

}  // namespace
}  // namespace praxisync::report
