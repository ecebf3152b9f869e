#include "serve/hints.h"

#include <gmock/gmock.h>

namespace praxisync::serve {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Hints, NameConnectorsToPullAndAssessmentsToRead) {
  const Hints hints =
      hints_of({.places = {{"assess", "backend"}, {"assess", "data"}, {"gh", ""}, {"lever", ""}},
                .upto = 9});

  EXPECT_THAT(hints.connectors, ElementsAre(ConnectorName("gh"), ConnectorName("lever")));
  EXPECT_THAT(hints.assessments, ElementsAre(AssessmentSlug("backend"), AssessmentSlug("data")));
  EXPECT_FALSE(hints.every_assessment);
  EXPECT_FALSE(hints.empty());
}

TEST(Hints, AnEventThatNamesNoAssessmentMeansAll) {
  const Hints hints = hints_of({.places = {{"assess", ""}}, .upto = 1});

  EXPECT_TRUE(hints.every_assessment);
  EXPECT_THAT(hints.assessments, IsEmpty());
  EXPECT_FALSE(hints.empty());
}

TEST(Hints, AreNoneWhereNothingWaits) { EXPECT_TRUE(hints_of({}).empty()); }

}  // namespace
}  // namespace praxisync::serve
