#include "setup/proposal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace praxisync::setup {
namespace {

using connector::Opening;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<Choice>& choices() {
  static const std::vector<Choice> all{
      {{TargetKind::Assessment, "senior-backend-screen"}, "Senior Backend Engineer Screen"},
      {{TargetKind::Assessment, "data-analyst-screen"}, "Data Analyst Screen"},
      {{TargetKind::Assessment, "initial-screen"}, "Initial Screen"},
      {{TargetKind::Assessment, "frontend"}, "Frontend Engineering"},
      {{TargetKind::Pipeline, "grad-2025"}, "Grad Program 2025"}};
  return all;
}

Opening opening(const std::string& job, const std::vector<std::string>& stages) {
  Opening made{{"", job}, {}};
  for (const std::string& stage : stages) made.stages.push_back({{"", stage}, {}});
  return made;
}

Proposal propose_for(const std::string& job, const std::vector<std::string>& stages = {
                                                 "Phone Screen", "Technical Test", "Onsite"}) {
  return propose({opening(job, stages)}, choices());
}

struct FitCase {
  std::string name, job, slug;  ///< no slug: nothing is proposed
};
void PrintTo(const FitCase& row, std::ostream* out) { *out << row.name; }

class Fit : public testing::TestWithParam<FitCase> {};

TEST_P(Fit, IsFoundByWhatTheNamesSay) {
  const Proposal proposal = propose_for(GetParam().job);

  if (GetParam().slug.empty()) {
    EXPECT_THAT(proposal.routes, IsEmpty());
    EXPECT_THAT(proposal.doubts, SizeIs(1));
  } else {
    ASSERT_THAT(proposal.routes, SizeIs(1));
    EXPECT_EQ(proposal.routes[0].choice.target.slug, GetParam().slug);
    EXPECT_THAT(proposal.doubts, IsEmpty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Fit,
    testing::Values(
        FitCase{"TheSameName", "Senior Backend Engineer", "senior-backend-screen"},
        FitCase{"InOtherSpelling", "Sr Back-End Developer", "senior-backend-screen"},
        FitCase{"WithATeam", "Senior Backend Engineer, Payments (Berlin)", "senior-backend-screen"},
        FitCase{"InTheirOwnLanguageOfPlurals", "Data Analysts", "data-analyst-screen"},
        FitCase{"APipeline", "Graduate Programme", "grad-2025"},
        FitCase{"AnyLevelWhereTheTargetNamesNone", "Junior Frontend Engineer", "frontend"},
        FitCase{"NotAnotherLevel", "Junior Backend Engineer", ""},
        FitCase{"NotNoLevel", "Backend Engineer", ""},
        FitCase{"NotAnotherRole", "Data Engineer", ""},
        FitCase{"NotAManagerOfThem", "Senior Backend Engineering Manager", ""},
        FitCase{"NotAnotherSubject", "Senior Platform Engineer", ""},
        FitCase{"NotByTheRoleAlone", "Engineer", ""}, FitCase{"NotNothing", "", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Propose, NamesTheStageWhereTestsAreTaken) {
  const Proposal proposal = propose_for("Data Analyst");

  ASSERT_THAT(proposal.routes, SizeIs(1));
  EXPECT_EQ(proposal.routes[0].stage, "Technical Test");
  EXPECT_EQ(proposal.routes[0].job, "Data Analyst");
  EXPECT_EQ(proposal.routes[0].name, "data-analyst");
}

TEST(Propose, LeavesAJobWhoseStageIsInDoubt) {
  const Proposal none = propose_for("Data Analyst", {"Phone Screen", "Onsite"});
  const Proposal two = propose_for("Data Analyst", {"Skills Test", "Coding Challenge"});

  EXPECT_THAT(none.routes, IsEmpty());
  ASSERT_THAT(none.doubts, SizeIs(1));
  EXPECT_EQ(none.doubts[0].why, "no stage looks like a test");
  EXPECT_THAT(two.routes, IsEmpty());
  ASSERT_THAT(two.doubts, SizeIs(1));
  EXPECT_EQ(two.doubts[0].why, "its tests may be in \"Skills Test\" or in \"Coding Challenge\"");
}

TEST(Propose, TakesTheStageThatItIsTold) {
  const std::vector<Opening> openings{opening("Data Analyst", {"Skills Test", "Coding Challenge"}),
                                      opening("Graduate Programme", {"First look", "Assessment"})};

  const Proposal proposal = propose(openings, choices(), {"skills test", "Elsewhere"});
  const Proposal unusual = propose(openings, choices(), {"Skills Test", "First look"});
  const Proposal both = propose(openings, choices(), {"Skills Test", "Coding Challenge"});

  ASSERT_THAT(proposal.routes, SizeIs(2));
  EXPECT_EQ(proposal.routes[0].stage, "Skills Test");
  EXPECT_EQ(proposal.routes[1].stage, "Assessment");
  ASSERT_THAT(unusual.routes, SizeIs(2));
  EXPECT_EQ(unusual.routes[1].stage, "First look");
  EXPECT_THAT(both.routes, SizeIs(1));
}

TEST(Propose, LeavesAJobThatTwoTargetsFitEqually) {
  const Proposal proposal = propose({opening("Data Analyst", {"Test"})},
                                    {{{TargetKind::Assessment, "a"}, "Data Analyst Test"},
                                     {{TargetKind::Pipeline, "b"}, "Data Analyst Pipeline"}});

  EXPECT_THAT(proposal.routes, IsEmpty());
  ASSERT_THAT(proposal.doubts, SizeIs(1));
  EXPECT_EQ(proposal.doubts[0].why, "assessment a and pipeline b fit equally well");
}

TEST(Propose, PrefersTheTargetThatSaysMore) {
  const Proposal proposal =
      propose({opening("Senior Data Analyst", {"Test"})},
              {{{TargetKind::Assessment, "data"}, "Data Screen"},
               {{TargetKind::Assessment, "senior-data"}, "Senior Data Analyst Screen"},
               {{TargetKind::Assessment, "analyst"}, "Data Analyst Screen"}});

  ASSERT_THAT(proposal.routes, SizeIs(1));
  EXPECT_EQ(proposal.routes[0].choice.target.slug, "senior-data");
}

TEST(Propose, MakesOneRouteOfJobsOfOneNameAndGivesOthersNamesOfTheirOwn) {
  const Proposal proposal =
      propose({opening("Data Analyst", {"Test"}), opening("Data Analyst", {"Test", "Onsite"}),
               opening("Data-Analyst!", {"Test"})},
              choices());

  ASSERT_THAT(proposal.routes, SizeIs(2));
  EXPECT_EQ(proposal.routes[0].name, "data-analyst");
  EXPECT_EQ(proposal.routes[1].name, "data-analyst-2");
}

}  // namespace
}  // namespace praxisync::setup
