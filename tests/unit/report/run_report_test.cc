#include "report/run_report.h"

#include "report/forms.h"
#include "support/fake_clock.h"
#include "unit/report/sample_report.h"
#include "unit/store/store_fixture.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class GatherTest : public store::StoreTest {
 protected:
  RunReport report(Persons persons = Persons::Masked) {
    sync::RunReport ended = sample_run(sync::Ending::Records);
    ended.started_at = store::kNow;
    ended.backlog = store.view().backlog().value();
    return gather({.run = std::move(ended),
                   .requests = {},
                   .steps = {},
                   .asked = {},
                   .store = &store,
                   .ledger = ledger.get()},
                  persons);
  }
  void block_ada() {
    store::Listed ada = store::listed("ada@example.org", "");
    ada.application.name = "Ada Lovelace";
    accept({ada});
  }

  testing_support::FakeClock clock{store::kNow};
  std::unique_ptr<store::RequestLedger> ledger =
      store.request_ledger(clock, "assess", {{500, 50}, {100, 0}});
};

TEST_F(GatherTest, TellsHowFarEverybodyHasCome) {
  accept({store::listed("a-1", "a@example.org"), store::listed("a-2", "b@example.org")});
  complete("a-1", true);

  const RunReport gathered = report();

  ASSERT_THAT(gathered.funnel, SizeIs(1));
  EXPECT_EQ(gathered.funnel[0].in_stage, 2);
  EXPECT_EQ(gathered.funnel[0].completed, 1);
  ASSERT_THAT(gathered.scores, SizeIs(1));
  EXPECT_EQ(gathered.scores[0].median, 80);
  EXPECT_EQ(gathered.reads->left(http::Draw::Work), 450);
}

TEST_F(GatherTest, MasksWhoeverIsBlockedInEveryForm) {
  block_ada();

  for (const Form form : {Form::Html, Form::Markdown, Form::Json, Form::JUnit}) {
    EXPECT_THAT(render(report(), form),
                AllOf(Not(HasSubstr("Lovelace")), Not(HasSubstr("example.org"))));
  }
  ASSERT_THAT(report().blocked, SizeIs(1));
  EXPECT_EQ(report().blocked[0].name, "A. L.");
  EXPECT_EQ(report().blocked[0].application, ApplicationId("a…@e…"));
}

TEST_F(GatherTest, NamesThemWhereAsked) {
  block_ada();

  EXPECT_EQ(report(Persons::Unmasked).blocked.at(0).name, "Ada Lovelace");
  EXPECT_THAT(render(report(Persons::Unmasked), Form::Html), HasSubstr("Ada Lovelace"));
}

TEST_F(GatherTest, TellsWhoIsNewlyBlockedFromWhoWasBefore) {
  block_ada();
  EXPECT_THAT(report().news, SizeIs(1));

  sync::RunReport later = sample_run();
  later.started_at = store::kNow + store::kDay;
  const RunReport gathered = gather(
      {.run = later, .requests = {}, .steps = {}, .asked = {}, .store = &store}, Persons::Masked);

  EXPECT_THAT(gathered.news, IsEmpty());
  EXPECT_THAT(gathered.attention, SizeIs(1));
}

TEST(Gather, WithoutADatabaseShowsWhatTheRunSays) {
  sync::RunReport failed = sample_run(sync::Ending::Failed);
  failed.problems = {{"database", ErrorKind::Fatal, "the file is no database", 1}};

  const RunReport gathered =
      gather({.run = failed, .requests = {}, .steps = {}, .asked = {}}, Persons::Masked);

  std::vector<std::string> told;
  for (const Attention& entry : gathered.attention) told.push_back(entry.what);
  EXPECT_THAT(told, ElementsAre("ended: failed", "the file is no database"));
  EXPECT_THAT(render(gathered, Form::Html), HasSubstr("the file is no database"));
}

class Steps : public testing::Test {
 protected:
  std::vector<std::string> told() const {
    std::vector<std::string> all;
    for (const StepTime& step : watch.times()) {
      all.push_back(step.name + " " + std::to_string(step.took.count()) + " x" +
                    std::to_string(step.times));
    }
    return all;
  }

  testing_support::FakeClock clock{store::kNow};
  sync::Observer nobody;
  StepWatch watch{nobody, clock};
};

TEST_F(Steps, AreTimedUntilTheNextBeginsAndSummedUp) {
  for (const auto& [name, took] :
       {std::pair("pull gh", 5), std::pair("invite", 7), std::pair("pull gh", 11)}) {
    watch.step(name);
    clock.advance(Milliseconds{took});
  }
  watch.ended({});
  clock.advance(Milliseconds{100});

  EXPECT_THAT(told(), ElementsAre("pull gh 16 x2", "invite 7 x1"));
}

TEST_F(Steps, OfTooManyNamesAreSummedUpAsOthers) {
  for (std::size_t i = 0; i < kMostSteps + 50; ++i) watch.step("step " + std::to_string(i));

  EXPECT_THAT(watch.times(), SizeIs(kMostSteps + 1));
  EXPECT_EQ(watch.times().back().name, "others");
  EXPECT_EQ(watch.times().back().times, 50);
}

}  // namespace
}  // namespace praxisync::report
