#include "sandbox/ats/recruiting.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "support/fake_clock.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::FakeClock;
using testing::ElementsAre;
using testing::IsEmpty;

class RecruitingWorld : public testing::Test {
 protected:
  std::string person(const std::string& name) {
    return world_.add_person(name, "Doe", {name + "@example.com"});
  }
  const Candidacy& of(const std::string& application) { return *world_.application(application); }

  FakeClock clock_;
  Recruiting world_{clock_, IdStyle::Numbers};
  std::string plan_ = world_.add_plan("Engineering", {"Review", "Skills Test", "Onsite"});
  std::string job_ = world_.add_job("Backend Engineer", plan_);
  std::string other_job_ = world_.add_job("Data Analyst", plan_);
};

TEST_F(RecruitingWorld, EveryNumberIsOneThatADoubleCannotHold) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = i % 2 == 0 ? world_.new_id() : person("p" + std::to_string(i));
    const auto number = std::stoull(id);

    EXPECT_GT(number, 9'007'199'254'740'992U);
    EXPECT_NE(static_cast<unsigned long long>(static_cast<double>(number)), number);
    EXPECT_TRUE(seen.insert(id).second) << id;
  }
}

TEST_F(RecruitingWorld, UuidsAreVersionFourAndFollowTheSeed) {
  Recruiting one(clock_, IdStyle::Uuids, 7), same(clock_, IdStyle::Uuids, 7),
      other(clock_, IdStyle::Uuids, 8);
  const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  const std::string id = one.add_person("Ada", "Doe", {});

  EXPECT_TRUE(std::regex_match(id, uuid)) << id;
  EXPECT_EQ(same.add_person("Ada", "Doe", {}), id);
  EXPECT_NE(other.add_person("Ada", "Doe", {}), id);
}

TEST_F(RecruitingWorld, AMoveIsOfTheApplicationAndMakesANewStageRow) {
  const std::string ada = person("ada");
  const std::string application = world_.apply(ada, job_, "Review");
  const std::string row = of(application).stage_row;
  const Timestamp created = clock_.now();
  clock_.advance(std::chrono::hours{1});

  world_.move(application, world_.stage_id(job_, "Onsite"));

  EXPECT_EQ(world_.stage(of(application).stage)->name, "Onsite");
  EXPECT_NE(of(application).stage_row, row);
  EXPECT_EQ(of(application).updated, clock_.now());
  EXPECT_EQ(of(application).in_stage_since, clock_.now());
  EXPECT_EQ(of(application).created, created);
  EXPECT_EQ(world_.person(ada)->updated, created);
}

TEST_F(RecruitingWorld, ARejectionKeepsTheStageUnlessThePlanHasAnArchive) {
  const std::string reason = world_.add_reason("Not enough experience");
  const std::string shared = world_.add_plan("Sales", {"Review", "Offer", "Archived"});
  world_.make_archive(shared, "Archived");
  const std::string stays = world_.apply(person("ada"), job_, "Skills Test");
  const std::string goes = world_.apply(person("bob"), world_.add_job("Seller", shared), "Offer");

  world_.reject(stays, reason);
  world_.reject(goes, reason);

  EXPECT_EQ(of(stays).status, ApplicationStatus::Rejected);
  EXPECT_EQ(of(stays).reason, reason);
  EXPECT_EQ(world_.stage(of(stays).stage)->name, "Skills Test");
  EXPECT_EQ(world_.stage(of(goes).stage)->name, "Archived");

  world_.reactivate(goes);

  EXPECT_EQ(of(goes).status, ApplicationStatus::Active);
  EXPECT_THAT(of(goes).reason, IsEmpty());
  EXPECT_EQ(world_.stage(of(goes).stage)->name, "Review");
}

TEST_F(RecruitingWorld, AMergeHandsTheLosersApplicationsToTheWinner) {
  const std::string winner = person("ada"), loser = person("adah");
  const std::string both = world_.apply(winner, job_, "Review");
  const std::string double_ = world_.apply(loser, job_, "Onsite");
  const std::string more = world_.apply(loser, other_job_, "Skills Test");
  const std::string prospect = world_.apply(loser, "", "");
  world_.write_tag("", loser, "referred");
  world_.write_note({.person = loser, .application = more, .text = "well met"});
  clock_.advance(std::chrono::hours{1});

  world_.merge(winner, loser);

  EXPECT_EQ(world_.person(loser), nullptr);
  EXPECT_EQ(world_.application(double_), nullptr);
  ASSERT_EQ(world_.deletions().size(), 1U);
  EXPECT_EQ(world_.deletions()[0].application, double_);
  EXPECT_THAT(world_.applications_of(winner),
              ElementsAre(world_.application(both), world_.application(more),
                          world_.application(prospect)));
  EXPECT_EQ(of(more).person, winner);
  EXPECT_EQ(of(more).updated, clock_.now());
  EXPECT_LT(of(both).updated, clock_.now());
  EXPECT_THAT(world_.person(winner)->emails, ElementsAre("ada@example.com", "adah@example.com"));
  EXPECT_THAT(world_.person(winner)->tags, ElementsAre("referred"));
  EXPECT_EQ(world_.person(winner)->updated, clock_.now());
  EXPECT_EQ(world_.notes().at(0).person, winner);
}

TEST_F(RecruitingWorld, AnonymisingLeavesNothingOfThePerson) {
  const std::string ada = person("ada");
  const std::string application = world_.apply(ada, job_, "Onsite");
  world_.write_tag(application, ada, "passed");
  world_.write_tag("", ada, "passed");
  world_.write_note({.person = ada, .text = "Ada was great"});
  world_.write_link("", ada, "https://example.com/ada");

  world_.anonymise(ada);

  const Person& row = *world_.person(ada);
  EXPECT_EQ(row.name(), "Anonymized " + ada);
  EXPECT_TRUE(row.anonymised);
  EXPECT_THAT(row.emails, IsEmpty());
  EXPECT_THAT(row.tags, IsEmpty());
  EXPECT_THAT(row.links, IsEmpty());
  EXPECT_THAT(of(application).tags, IsEmpty());
  EXPECT_THAT(world_.notes(), IsEmpty());
  EXPECT_EQ(world_.stage(of(application).stage)->name, "Review");
}

TEST_F(RecruitingWorld, ARemovedPersonTakesApplicationsAndNotesAlong) {
  const std::string ada = person("ada"), bob = person("bob");
  const std::string gone = world_.apply(ada, job_, "Review");
  const std::string stays = world_.apply(bob, job_, "Review");
  world_.write_note({.application = gone, .text = "one"});
  world_.write_note({.application = stays, .text = "two"});

  world_.remove_person(ada);

  EXPECT_THAT(world_.people(), ElementsAre(world_.person(bob)));
  EXPECT_THAT(world_.applications(), ElementsAre(world_.application(stays)));
  EXPECT_THAT(world_.applications_of(ada), IsEmpty());
  ASSERT_EQ(world_.notes().size(), 1U);
  EXPECT_EQ(world_.notes()[0].text, "two");
  ASSERT_EQ(world_.deletions().size(), 1U);
  EXPECT_EQ(world_.deletions()[0].application, gone);
  EXPECT_EQ(world_.deletions()[0].at, clock_.now());
}

TEST_F(RecruitingWorld, ARenamedStageKeepsItsIdAndItsPeople) {
  const std::string application = world_.apply(person("ada"), job_, "Skills Test");
  const std::string stage = world_.stage_id(job_, "Skills Test");

  world_.rename_stage(stage, "Technical Test");

  EXPECT_EQ(world_.stage_id(job_, "Technical Test"), stage);
  EXPECT_THAT(world_.stage_id(job_, "Skills Test"), IsEmpty());
  EXPECT_EQ(of(application).stage, stage);
}

TEST_F(RecruitingWorld, AStageWithAWordForAnIdIsFoundByIt) {
  world_.set_stage_id(plan_, "Review", "applicant-new");

  const std::string application = world_.apply(person("ada"), job_, "Review");

  EXPECT_EQ(of(application).stage, "applicant-new");
  EXPECT_EQ(world_.stage("applicant-new")->name, "Review");
  EXPECT_EQ(world_.plan_of_stage("applicant-new")->id, plan_);
}

TEST_F(RecruitingWorld, KeepsEveryWriteThatTookEffectDoublesToo) {
  const std::string ada = person("ada");
  const std::string application = world_.apply(ada, job_, "Review");
  const std::string score = world_.add_field("Assessment score", FieldType::Number);
  const std::string onsite = world_.stage_id(job_, "Onsite");
  clock_.advance(std::chrono::hours{1});

  const std::string note = world_.write_note({.application = application, .text = "82/100"});
  const std::string twice = world_.write_note({.application = application, .text = "82/100"});
  world_.write_tag("", ada, "passed");
  world_.write_tag("", ada, "passed");
  world_.write_field(application, score, "82");
  world_.write_move(application, onsite);

  std::vector<std::pair<Effect::Kind, std::string>> done;
  for (const Effect& effect : world_.effects()) {
    EXPECT_EQ(effect.person, ada);
    EXPECT_EQ(effect.at, clock_.now());
    done.emplace_back(effect.kind, effect.text);
  }
  using enum Effect::Kind;
  EXPECT_THAT(done, ElementsAre(std::pair(Note, "82/100"), std::pair(Note, "82/100"),
                                std::pair(Tag, "passed"), std::pair(Tag, "passed"),
                                std::pair(Field, score + "=82"), std::pair(Move, onsite)));
  EXPECT_NE(note, twice);
  EXPECT_EQ(world_.notes().size(), 2U);
  EXPECT_THAT(world_.person(ada)->tags, ElementsAre("passed"));
  EXPECT_EQ(of(application).fields.at(score), "82");
  EXPECT_EQ(world_.field(score)->key, "assessment_score");
}

TEST_F(RecruitingWorld, WhatRecruitersDoIsNoWriteOfAClient) {
  const std::string ada = person("ada");
  const std::string application = world_.apply(ada, job_, "Review");
  world_.write_tag("", ada, "passed");
  const std::size_t before = world_.effects().size();

  world_.move(application, world_.stage_id(job_, "Onsite"));
  world_.remove_tag(ada, "passed");
  world_.rename(ada, "Ada", "Lovelace");
  world_.change_emails(ada, {"new@example.com"});

  EXPECT_EQ(world_.effects().size(), before);
  EXPECT_THAT(world_.person(ada)->tags, IsEmpty());
  EXPECT_EQ(world_.person(ada)->name(), "Ada Lovelace");
}

TEST_F(RecruitingWorld, AFieldOfThePersonIsKeptWithThePerson) {
  const std::string ada = person("ada");
  const std::string application = world_.apply(ada, job_, "Review");
  const std::string field = world_.add_field("Report", FieldType::Url, false);

  world_.write_field(application, field, "https://example.com/r");

  EXPECT_EQ(world_.person(ada)->fields.at(field), "https://example.com/r");
  EXPECT_THAT(of(application).fields, IsEmpty());
}

TEST_F(RecruitingWorld, AConfidentialJobHidesThoseWhoApplyLaterToo) {
  const std::string before = world_.apply(person("ada"), job_, "Review");

  world_.make_confidential(job_);

  EXPECT_TRUE(of(before).confidential);
  EXPECT_TRUE(of(world_.apply(person("bob"), job_, "Review")).confidential);
  EXPECT_FALSE(of(world_.apply(person("eve"), other_job_, "Review")).confidential);
}

}  // namespace
}  // namespace praxisync::sandbox::ats
