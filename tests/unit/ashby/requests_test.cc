#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using testing::SizeIs;

class AshbyRequests : public AshbyAccount {
 protected:
  std::vector<std::string> crowd(int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(applicant("p" + std::to_string(i)));
    return ids;
  }
  /// Those that `act` makes.
  template <typename Act>
  int requests(Act&& act) {
    const int before = peer_.requests();
    act();
    return peer_.requests() - before;
  }
  int requests_of_pull(Pulled& pulled) {
    return requests([&] { pulled = pull_all(pulled.next); });
  }
};

TEST_F(AshbyRequests, ASweepTakesOneForAHundredPeople) {
  const auto ids = crowd(1000);
  Pulled pulled;

  EXPECT_EQ(requests_of_pull(pulled), 10);

  EXPECT_EQ(pulled.ids(), ids);
}

TEST_F(AshbyRequests, NewsTakeOneForAHundredChangesAndOneAtLeast) {
  const auto ids = crowd(1000);
  Pulled pulled = pull_all();

  EXPECT_EQ(requests_of_pull(pulled), 1);
  world_.move(ids[0], stage("Onsite"));
  EXPECT_EQ(requests_of_pull(pulled), 1);
  for (std::size_t i = 0; i < 250; ++i) world_.move(ids[i], stage("Offer"));
  EXPECT_EQ(requests_of_pull(pulled), 3);
  EXPECT_THAT(pulled.left(), SizeIs(250));
  EXPECT_EQ(requests_of_pull(pulled), 1);
}

TEST_F(AshbyRequests, OpeningsTakeOneForEachPlanHoweverManyJobsShareIt) {
  for (int i = 0; i < 120; ++i) world_.add_job("Job " + std::to_string(i), plan_);

  EXPECT_EQ(requests([&] { ASSERT_THAT(ats_->openings(), IsOk()); }), 2 + 1);
}

TEST_F(AshbyRequests, WritesAskForNamesOnce) {
  const std::string score = world_.add_field("Score", sandbox::ats::FieldType::Number);
  const auto ids = crowd(4);
  const auto write_all = [&](const std::string& id) {
    for (const WriteBack& one :
         {action(ActionKind::Note, id, "87"), action(ActionKind::Tag, id, "passed"),
          action(ActionKind::Field, id, "87", "Score"), action(ActionKind::Move, id, "Onsite")})
      ASSERT_THAT(ats_->write(one), IsOk());
  };

  // note 1, tag 1, field 1 + 1, move 1 + 1; the tag's id, the fields and the plan's stages once
  EXPECT_EQ(requests([&] { write_all(ids[0]); }), 6 + 3);
  EXPECT_EQ(requests([&] { write_all(ids[1]); }), 6);
  EXPECT_EQ(requests([&] {
              ASSERT_THAT(ats_->write(action(ActionKind::Reject, ids[2], "Too junior")), IsOk());
            }),
            2 + 1);
  EXPECT_EQ(requests([&] {
              ASSERT_THAT(ats_->write(action(ActionKind::Reject, ids[3], "Too junior")), IsOk());
            }),
            2);
}

TEST_F(AshbyRequests, KeepsBelowFiveASecondOnAverage) {
  const std::string id = applicant();
  const Timestamp before = clock_.now();
  for (int i = 0; i < 900; ++i)
    ASSERT_THAT(ats_->landed(action(ActionKind::Move, id, "Onsite")), IsOk());

  EXPECT_GE(clock_.now() - before, std::chrono::minutes{2});
  for (const auto& sent : transport_.log()) EXPECT_EQ(sent.status, 200);
}

TEST_F(AshbyRequests, EachCarriesTheKeyAndGoesToAshbyAlone) {
  applicant();
  static_cast<void>(pull_all());

  for (const auto& sent : transport_.log()) {
    EXPECT_TRUE(sent.authorized);
    EXPECT_EQ(sent.method, http::Method::Post);
    EXPECT_TRUE(sent.url.starts_with("https://api.ashbyhq.com/")) << sent.url;
  }
}

}  // namespace
}  // namespace praxisync::ashby
