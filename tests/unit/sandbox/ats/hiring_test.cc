#include "sandbox/ats/hiring.h"

#include <gmock/gmock.h>

#include <set>

#include "sandbox/demo_people.h"
#include "support/fake_clock.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::FakeClock;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::SizeIs;

struct ShapeCase {
  std::string type;
  std::size_t plans;
};
void PrintTo(const ShapeCase& row, std::ostream* out) { *out << row.type; }
class Hiring : public testing::TestWithParam<ShapeCase> {};

TEST_P(Hiring, PutsTheSamePeopleIntoTheStagesOfAnyAts) {
  const FakeClock clock;
  Recruiting world(clock, IdStyle::Numbers);

  const std::vector<Due> due = start_hiring(world, plan_shape(GetParam().type));

  EXPECT_THAT(world.plans(), SizeIs(GetParam().plans));
  EXPECT_THAT(world.people(), SizeIs(300));
  ASSERT_THAT(due, SizeIs(kDemoRouted));
  std::set<std::string> addresses;
  for (const Due& one : due) {
    const Candidacy& application = *world.application(one.application);
    const Person& person = *world.person(application.person);
    EXPECT_THAT(one.people, ElementsAre(person.id));
    EXPECT_EQ(one.addresses, person.emails);
    addresses.insert(person.emails.at(0));
    const std::string& stage = world.stage(application.stage)->name;
    EXPECT_EQ(stage == "Technical Test", one.target == "senior-backend-screen");
    EXPECT_EQ(stage == "Skills Test", one.target == "data-analyst-screen");
    EXPECT_EQ(stage == "Assessment", one.target == "grad-2025");
  }
  EXPECT_THAT(addresses, SizeIs(kDemoRouted));
  EXPECT_TRUE(world.reasons().back().hired);
  EXPECT_EQ(world.fields().at(0).type, FieldType::Number);
  EXPECT_EQ(world.fields().at(1).type, FieldType::Url);
}

INSTANTIATE_TEST_SUITE_P(Table, Hiring,
                         testing::Values(ShapeCase{"greenhouse", 4}, ShapeCase{"lever", 1},
                                         ShapeCase{"ashby", 2}),
                         [](const auto& row) { return row.param.type; });

std::vector<std::string> names_of(const Plan& plan) {
  std::vector<std::string> names;
  for (const Stage& stage : plan.stages) names.push_back(stage.name);
  return names;
}

TEST(HiringPlans, AreEachJobsOwnTheAccountsOrShared) {
  const FakeClock clock;
  Recruiting own(clock, IdStyle::Numbers), only(clock, IdStyle::Uuids),
      shared(clock, IdStyle::Uuids);

  start_hiring(own, PlanShape::OnePerJob);
  start_hiring(only, PlanShape::OneForAll);
  start_hiring(shared, PlanShape::Shared);

  EXPECT_THAT(names_of(own.plans()[0]), ElementsAre("Application Review", "Phone Screen",
                                                    "Technical Test", "Onsite", "Offer"));
  EXPECT_THAT(names_of(only.plans()[0]),
              IsSupersetOf({"New lead", "Technical Test", "Skills Test", "Assessment"}));
  EXPECT_EQ(only.stage("applicant-new")->name, "Application Review");
  EXPECT_THAT(names_of(shared.plans()[0]),
              ElementsAre("Application Review", "Phone Screen", "Technical Test", "Skills Test",
                          "Onsite", "Offer", "Archived"));
  EXPECT_TRUE(shared.plans()[1].stages.back().archived);
}

}  // namespace
}  // namespace praxisync::sandbox::ats
