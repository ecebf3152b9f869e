#include "sandbox/ats/recruiters.h"

#include <gmock/gmock.h>

#include "sandbox/demo_people.h"
#include "support/fake_clock.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::FakeClock;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class RecruitersAtWork : public testing::TestWithParam<PlanShape> {
 protected:
  std::vector<std::string> work_for(Milliseconds span) {
    clock_.advance(span);
    return recruiters_.work_until(clock_.now());
  }

  FakeClock clock_;
  Recruiting world_{clock_, IdStyle::Numbers};
  Recruiters recruiters_{world_, start_hiring(world_, GetParam())};
};

TEST_P(RecruitersAtWork, DoNothingBeforeItsTimeAndNothingTwice) {
  EXPECT_THAT(work_for(std::chrono::hours{19}), IsEmpty());
  EXPECT_THAT(work_for(std::chrono::hours{2}), ElementsAre("5 moved into Technical Test"));
  EXPECT_THAT(work_for(std::chrono::hours{0}), IsEmpty());
  EXPECT_THAT(work_for(std::chrono::days{14}), SizeIs(8));
  EXPECT_THAT(work_for(std::chrono::days{14}), IsEmpty());
}

TEST_P(RecruitersAtWork, KnowWhomTheyTouched) {
  work_for(std::chrono::days{14});

  int gone = 0, anonymised = 0, rejected = 0, moved_on = 0, two_people = 0, two_addresses = 0;
  for (const Due& due : recruiters_.due()) {
    two_people += due.people.size() == 2 ? 1 : 0;
    two_addresses += due.addresses.size() == 2 ? 1 : 0;
    const Candidacy* application = world_.application(due.application);
    if (application == nullptr) {
      EXPECT_EQ(due.taken, clock_.now());
      ++gone;
      continue;
    }
    const Person& person = *world_.person(application->person);
    EXPECT_EQ(due.people.back(), person.id);
    const bool at_offer = world_.stage(application->stage)->name == "Offer";
    const bool is_rejected = application->status == ApplicationStatus::Rejected;
    EXPECT_EQ(due.taken.has_value(), at_offer || is_rejected || person.anonymised);
    anonymised += person.anonymised ? 1 : 0;
    rejected += is_rejected ? 1 : 0;
    moved_on += at_offer ? 1 : 0;
    if (!person.anonymised) {
      EXPECT_THAT(due.addresses, testing::Contains(person.emails.at(0)));
    }
  }
  EXPECT_THAT(recruiters_.due(), SizeIs(kDemoRouted + 5));
  EXPECT_EQ(gone, 1);
  EXPECT_EQ(anonymised, 1);
  EXPECT_EQ(rejected, 1);
  EXPECT_EQ(moved_on, 2);
  EXPECT_EQ(two_people, 1);
  EXPECT_EQ(two_addresses, 3);  // a changed one, and both of those who were merged
  EXPECT_THAT(world_.people(), SizeIs(298));
  EXPECT_THAT(world_.effects(), IsEmpty());
}

TEST_P(RecruitersAtWork, TouchTheSamePeopleEachTime) {
  Recruiting again(clock_, IdStyle::Numbers);
  Recruiters others(again, start_hiring(again, GetParam()));

  work_for(std::chrono::days{14});
  others.work_until(clock_.now());

  ASSERT_EQ(others.due().size(), recruiters_.due().size());
  for (std::size_t i = 0; i < others.due().size(); ++i) {
    EXPECT_EQ(others.due()[i].application, recruiters_.due()[i].application);
    EXPECT_EQ(others.due()[i].addresses, recruiters_.due()[i].addresses);
    EXPECT_EQ(others.due()[i].taken, recruiters_.due()[i].taken);
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, RecruitersAtWork,
                         testing::Values(PlanShape::OnePerJob, PlanShape::OneForAll,
                                         PlanShape::Shared),
                         [](const auto& row) {
                           return row.param == PlanShape::OnePerJob   ? "OnePerJob"
                                  : row.param == PlanShape::OneForAll ? "OneForAll"
                                                                      : "Shared";
                         });

}  // namespace
}  // namespace praxisync::sandbox::ats
