#include "setup/job_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace praxisync::setup {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(JobWords, AreTheSameInOtherSpellings) {
  const JobWords job = words_of_job("Sr. Back-end Developer (m/f/d)");

  EXPECT_THAT(job.subject, ElementsAre("backend"));
  EXPECT_THAT(job.role, ElementsAre("engineer"));
  EXPECT_THAT(job.level, ElementsAre("senior"));
}

TEST(JobWords, KeepLanguagesAndOtherAlphabets) {
  EXPECT_THAT(words_of_job("C++ Engineers").subject, ElementsAre("c++"));
  EXPECT_THAT(words_of_job("Développeur C#").subject, ElementsAre("c#", "développeur"));
}

TEST(JobWords, OfATargetAreLessWhatMakesItOne) {
  const JobWords target = words_of_target("Grad Program 2025: online screening test");

  EXPECT_THAT(target.subject, ElementsAre("grad"));
  EXPECT_THAT(target.role, ElementsAre("program"));
  EXPECT_THAT(words_of_target("Technical Test").subject, IsEmpty());
}

TEST(TestStages, AreToldFromTalks) {
  for (const char* stage :
       {"Technical Test", "Skills Test", "Assessment", "Coding challenge", "ONLINE TESTS"})
    EXPECT_TRUE(is_test_stage(stage)) << stage;
  for (const char* stage : {"Phone Screen", "Technical Interview", "Assessment Review", "Offer",
                            "Test results", "Application", "Latest", ""})
    EXPECT_FALSE(is_test_stage(stage)) << stage;
}

TEST(RouteNames, FitAConfig) {
  EXPECT_EQ(route_name_of("Senior Backend Engineer (Berlin)"), "senior-backend-engineer-berlin");
  EXPECT_EQ(route_name_of("C++ / C#"), "c-c");
  EXPECT_EQ(route_name_of("日本"), "");
  EXPECT_LE(route_name_of(std::string(500, 'a') + " " + std::string(50, 'b')).size(), 60U);
}

}  // namespace
}  // namespace praxisync::setup
