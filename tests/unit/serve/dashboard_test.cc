#include <nlohmann/json.hpp>

#include "serve/dashboard_document.h"
#include "support/fake_clock.h"
#include "unit/store/store_fixture.h"

namespace praxisync::serve {
namespace {

using testing_support::IsOk;

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const DashboardSettings kSettings{.routes = {}, .limits = {{500, 50}, {100, 0}}};

class DashboardTest : public store::StoreTest {
 protected:
  Dashboard seen() {
    Result<Dashboard> read = read_dashboard(store, kSettings, clock);
    EXPECT_THAT(read, IsOk());
    return read ? *std::move(read) : Dashboard{};
  }
  void end_run(sync::Ending ending, const std::string& document) {
    EXPECT_THAT(
        store.runs().finish(run, to_string(ending), sync::exit_code(ending), document, clock.now()),
        IsOk());
    run = store.runs().begin(clock.now()).value();
  }
  static std::vector<std::string> told(const Dashboard& dashboard) {
    std::vector<std::string> lines;
    for (const report::Attention& entry : dashboard.attention) {
      lines.push_back(std::string(to_string(entry.kind)) + " " + entry.where + ": " + entry.what +
                      " x" + std::to_string(entry.count));
    }
    return lines;
  }

  testing_support::FakeClock clock{store::kNow};
};

TEST_F(DashboardTest, OfANewDatabaseIsEmpty) {
  const Dashboard dashboard = seen();

  EXPECT_THAT(dashboard.funnel, IsEmpty());
  EXPECT_THAT(dashboard.attention, IsEmpty());
  EXPECT_THAT(dashboard.runs, SizeIs(1)) << "the one that the fixture began";
  EXPECT_EQ(dashboard.reads->left(http::Draw::Work), 450);
  EXPECT_FALSE(dashboard.quota);
}

TEST_F(DashboardTest, WhoeverIsBlockedIsNamedByReasonWithWhatToDo) {
  accept({store::listed("a-1", ""), store::listed("a-2", "")});

  const Dashboard dashboard = seen();

  EXPECT_THAT(told(dashboard), ElementsAre("blocked backend: email: missing x2"));
  EXPECT_THAT(dashboard.attention[0].mend, HasSubstr("in the ATS"));
}

TEST_F(DashboardTest, WhatTheLastRunFailedAtStandsFirst) {
  accept({store::listed("a-1", "")});
  end_run(sync::Ending::Unauthorized,
          R"({"errors":[{"where":"pull gh","what":"HTTP 401","kind":"unauthorized","count":3}]})");

  EXPECT_THAT(told(seen()),
              ElementsAre("run run 1: ended: unauthorized x1", "run pull gh: HTTP 401 x3",
                          "blocked backend: email: missing x1"));
}

TEST_F(DashboardTest, ALimitThatTheNextRunWaitsForNeedsNobody) {
  end_run(sync::Ending::Quota,
          R"({"errors":[{"where":"people to contact","what":"quota","kind":"exhausted","count":9},
                        {"where":"pull gh","what":"HTTP 503","kind":"transient","count":1}]})");

  EXPECT_THAT(told(seen()), ElementsAre("run pull gh: HTTP 503 x1"));
}

TEST_F(DashboardTest, AnOlderRunsFailureIsNoNews) {
  end_run(sync::Ending::Failed, "{}");
  end_run(sync::Ending::Done, "{}");

  EXPECT_THAT(told(seen()), IsEmpty());
}

TEST_F(DashboardTest, AKilledRunIsTold) {
  run = store.runs().begin(clock.now()).value();

  EXPECT_THAT(told(seen()), ElementsAre("run run 1: ended: killed x1"));
}

TEST_F(DashboardTest, TheQuotaIsThatOfTheLastRunThatReadIt) {
  end_run(sync::Ending::Done, R"({"quota":{"plan":"old","limit":10,"remaining":9}})");
  end_run(sync::Ending::Done, R"({"quota":{"plan":"growth","limit":200,"remaining":40}})");
  end_run(sync::Ending::Done, R"({"quota":null})");

  const Dashboard dashboard = seen();

  ASSERT_TRUE(dashboard.quota);
  EXPECT_EQ(dashboard.quota->quota.plan, "growth");
  EXPECT_EQ(dashboard.quota->quota.remaining, 40);
}

TEST_F(DashboardTest, WhoWaitsIsForecastAtTheQuotaAndTheHoursWrites) {
  accept({store::listed("a-1", "a@example.org"), store::listed("a-2", "b@example.org")});
  const Dashboard now = seen();
  end_run(sync::Ending::Quota, R"({"quota":{"plan":"growth","limit":200,"remaining":0}})");
  const Dashboard later = seen();

  EXPECT_EQ(now.outlook.persons, 2);
  EXPECT_EQ(now.outlook.writes, 1);
  EXPECT_EQ(now.outlook.done_at, clock.now());
  EXPECT_EQ(later.outlook.done_at, std::chrono::sys_days{std::chrono::year{2026} / 4 / 1});
  EXPECT_EQ(later.outlook.quota_dry_at, clock.now());
}

TEST_F(DashboardTest, ADocumentThatCannotBeReadIsNoFailure) {
  for (const char* document :
       {"", "[]", "{", R"({"errors":{},"quota":[]})", R"({"errors":[1,{"what":2}]})"}) {
    end_run(sync::Ending::Done, document);
    EXPECT_FALSE(seen().quota) << document;
  }
}

TEST_F(DashboardTest, ARunThatIsNotOursIsSaidToBeElsewhere) {
  const Dashboard dashboard = seen();
  const auto elsewhere = [&](const LivePicture& live) {
    return json::parse(overview_document(live, dashboard, Search::Closed)).at("elsewhere");
  };
  LivePicture ours, over;
  ours.running = LiveRun{.run = run,
                         .since = clock.now(),
                         .step = {},
                         .step_since = clock.now(),
                         .heard_at = clock.now()};
  over.ended = EndedRun{run, clock.now(), sync::Ending::Done};

  EXPECT_EQ(elsewhere({}).at("id"), 1);
  EXPECT_TRUE(elsewhere(ours).is_null());
  EXPECT_TRUE(elsewhere(over).is_null()) << "what was read is older than what is live";
}

}  // namespace
}  // namespace praxisync::serve
