// What `plan` and `status` tell of limits: who goes when, and what is left.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST(ForecastOfAPlan, SaysWhoGoesNowWhoWaitsUntilWhenAndWhatIsLeft) {
  sandbox::Options options;
  options.invite_limit = 3;
  Workplace place(options);
  place.exports(crowd("ada", 5));

  const Ended plan = place.run({"plan"});

  ASSERT_THAT(plan, ExitsWith(0));
  EXPECT_THAT(plan.out,
              AllOf(ContainsRegex("when +application"), ContainsRegex("now +ats/app-ada000"),
                    ContainsRegex("now +ats/app-ada002"),
                    ContainsRegex("(about 20..-..-01|in about .*) +ats/app-ada003"),
                    ContainsRegex("(about 20..-..-01|in about .*) +ats/app-ada004")));
  EXPECT_THAT(plan.out, AllOf(ContainsRegex("requests: 1 reads \\([0-9]+ left now\\), "
                                            "2 writes \\(100 left now\\)"),
                              HasSubstr("quota: 3 invitations left this month, 0 after")));
  EXPECT_THAT(place.invitations(), testing::IsEmpty());
}

TEST(ForecastOfAPlan, SaysInHowManyHoursEnrollmentsAreDone) {
  Workplace place;
  place.exports(crowd("ada", 250, kGraduate));

  const Ended plan = place.run({"plan"});

  ASSERT_THAT(plan, ExitsWith(0));
  EXPECT_THAT(plan.out, HasSubstr("250 writes (100 left now); everybody contacted: in about 2 h"));
}

TEST(StatusOfLimits, ShowsWhatASyncLeftOfTheHour) {
  Workplace place;
  place.exports(crowd("ada", 4, kGraduate));
  ASSERT_THAT(place.run({"status"}).out, Not(HasSubstr("of 100 writes")));
  ASSERT_THAT(place.run({"sync"}), ExitsWith(0));
  const int reads = place.requests() - place.writes();

  const Ended status = place.run({"status"});

  EXPECT_THAT(status.out, HasSubstr(fmt::format("requests left in this hour: {} of 500 reads, "
                                                "50 in reserve, 96 of 100 writes",
                                                450 - reads)));
}

}  // namespace
}  // namespace praxisync::testing_support
