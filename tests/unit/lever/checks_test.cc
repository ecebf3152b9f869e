#include "unit/lever/lever_world.h"

namespace praxisync::lever {
namespace {

using connector::Finding;
using testing::HasSubstr;
using Level = Finding::Level;

class LeverChecks : public LeverTest {
 protected:
  std::vector<Finding> check(std::vector<PolicyAction> planned = {}) {
    return make()->check(planned);
  }
  static const Finding* find(const std::vector<Finding>& all, const std::string& what) {
    const auto found = std::ranges::find(all, what, &Finding::what);
    return found == all.end() ? nullptr : &*found;
  }
  static Level level_of(const std::vector<Finding>& all, const std::string& what) {
    const Finding* found = find(all, what);
    EXPECT_NE(found, nullptr) << what;
    return found == nullptr ? Level::Ok : found->level;
  }
};

TEST_F(LeverChecks, OpeningsAreTheOpenJobsWithAllStages) {
  world.close_job(world.add_job("Designer", plan));
  world.make_confidential(analyst);

  const auto openings = make()->openings();

  ASSERT_THAT(openings, IsOk());
  ASSERT_EQ(openings->all.size(), 2U);
  EXPECT_EQ(openings->extent, connector::Openings::Extent::Whole);
  EXPECT_EQ(openings->all[0].job, (connector::Named{backend, "Backend Engineer"}));
  ASSERT_EQ(openings->all[1].stages.size(), 5U);
  EXPECT_EQ(openings->all[1].stages[0].stage, (connector::Named{"lead-new", "New lead"}));
  EXPECT_EQ(requests(), 2);
}

TEST_F(LeverChecks, AGoodAccountIsFine) {
  const auto found = check({{ActionKind::Note, "x"}, {ActionKind::Reject, "Timing"}});

  for (const Finding& finding : found) EXPECT_EQ(finding.level, Level::Ok) << finding.what;
  EXPECT_THAT(find(found, "permission to write")->detail, HasSubstr("notes:write:admin"));
  for (const auto& sent : transport.log()) EXPECT_EQ(sent.method, http::Method::Get);
}

TEST_F(LeverChecks, AKeyThatIsRefusedIsOneFinding) {
  settings.set_secret("api_key", ApiKey("wrong"));

  const auto found = check();

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Level::Unauthorized);
  EXPECT_EQ(found[0].what, "API key");
  EXPECT_THAT(found[0].remedy, HasSubstr("Settings > Integrations and API"));
}

TEST_F(LeverChecks, EachMissingPermissionIsNamedWithWhereToClick) {
  for (const std::string scope :
       {"opportunities:write:admin", "postings:read:admin", "stages:read:admin"}) {
    peer.scopes.erase(scope);
    const auto found = check();
    peer.scopes.insert(scope);

    const std::string what = "permission " + scope;
    EXPECT_EQ(level_of(found, what), Level::Unauthorized);
    EXPECT_THAT(find(found, what)->remedy, HasSubstr(scope));
  }
}

TEST_F(LeverChecks, AKeyWithoutConfidentialDataIsWarnedOf) {
  peer.scopes.erase("confidential:access:admin");

  const auto found = check();

  EXPECT_EQ(level_of(found, "confidential jobs"), Level::Warning);
  EXPECT_THAT(find(found, "confidential jobs")->remedy, HasSubstr("only when a key is made"));
}

TEST_F(LeverChecks, AKeyThatMayNotListTheDeletedIsWarnedOf) {
  peer.lists_deleted = false;

  EXPECT_EQ(level_of(check(), "list of deleted opportunities"), Level::Warning);
}

TEST_F(LeverChecks, PerformAsIsWarnedOfWhereItIsMissing) {
  settings.set("perform_as", " ");
  EXPECT_EQ(level_of(check({{ActionKind::Note, "x"}}), "perform_as"), Level::Warning);
  EXPECT_EQ(find(check(), "perform_as"), nullptr) << "nothing is written";

  settings.set("perform_as", "nobody");
  EXPECT_EQ(level_of(check({{ActionKind::Note, "x"}}), "perform_as"), Level::Failure);

  peer.scopes.erase("users:read:admin");
  EXPECT_EQ(level_of(check({{ActionKind::Note, "x"}}), "perform_as"), Level::Warning);
}

TEST_F(LeverChecks, AReasonThatCannotBeGivenIsAFailure) {
  const auto found = check({{ActionKind::Reject, "Timming"}, {ActionKind::Reject, "Hired"}});

  EXPECT_EQ(level_of(found, "archive reason \"Timming\""), Level::Failure);
  EXPECT_THAT(find(found, "archive reason \"Timming\"")->detail,
              HasSubstr("did you mean \"Timing\""));
  EXPECT_EQ(level_of(found, "archive reason \"Hired\""), Level::Failure);
}

}  // namespace
}  // namespace praxisync::lever
