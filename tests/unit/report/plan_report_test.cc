#include "report/plan_report.h"

#include <gmock/gmock.h>

#include "report/forms.h"
#include "report/plan_document.h"
#include "unit/report/sample_report.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Le;
using testing::Not;
using testing::SizeIs;

sync::Plan plan_for(int people = 2, const std::string& name = "Ada Lovelace") {
  sync::Plan plan;
  plan.report = sample_run();
  for (int i = 0; i < people; ++i) {
    plan.contacts.push_back({.route = RouteName("backend"),
                             .target = {TargetKind::Assessment, "screen"},
                             .connector = ConnectorName("gh"),
                             .application = ApplicationId("app-" + std::to_string(i)),
                             .email = "ada@example.org",
                             .name = name,
                             .job = "Engineer",
                             .stage = {},
                             .at = plan.report.finished_at});
  }
  plan.writes = {{ConnectorName("gh"), ApplicationId("bob@example.org"), RouteName("backend"),
                  ActionKind::Note, "Bob has passed", "", Verdict::Passed, "px:1"}};
  plan.persons = people;
  plan.reads = 3;
  plan.write_calls = 1;
  plan.done_at = plan.report.finished_at;
  plan.report.quota = assess::Quota{.plan = "growth", .limit = 500, .used = 1, .remaining = 20};
  plan.writes_allowed = http::Allowance{.limit = 100, .used = 40};
  return plan;
}

TEST(PlanReport, SaysWhoWhereToAndAtWhatCost) {
  EXPECT_THAT(
      plan_markdown(mask(plan_for())),
      AllOf(HasSubstr("**2 people to contact, 1 write-backs.** Costs 3 reads and 1 writes of 60 "
                      "left now; everybody contacted: now. Invitations left this month: 20, 18 "
                      "after."),
            HasSubstr("| `backend` | `assessment screen` | 2 |"),
            HasSubstr("| `gh/app-0` | `A. L.` | `a…@e…` | `Engineer` | `backend` | now |")));
}

TEST(PlanReport, MasksEverybodyAndLeavesTextsOut) {
  const sync::Plan masked = mask(plan_for());

  for (const std::string& text : {plan_markdown(masked), plan_document(masked)}) {
    EXPECT_THAT(text, AllOf(Not(HasSubstr("Lovelace")), Not(HasSubstr("example.org")),
                            Not(HasSubstr("Bob has passed"))));
  }
}

TEST(PlanReport, NamesPeopleWhereAsked) {
  EXPECT_THAT(plan_markdown(plan_for()),
              AllOf(HasSubstr("`Ada Lovelace`"), HasSubstr("`Bob has passed`")));
}

TEST(PlanReport, FitsAComment) {
  EXPECT_THAT(plan_markdown(plan_for(5000, kHostile)), SizeIs(Le(kLongestComment)));
  EXPECT_THAT(plan_markdown(plan_for(5000)), HasSubstr("**5000 people to contact"));
}

TEST(PlanReport, ShowsWhatHoldsIt) {
  sync::Plan plan = plan_for();
  plan.held = true;
  plan.grown = {{RouteName("backend"), 2, 60, 58}};
  plan.report.ending = sync::Ending::Deadline;

  EXPECT_THAT(plan_markdown(plan),
              AllOf(HasSubstr("`praxisync sync --confirm 2` lets it go"),
                    HasSubstr("| `backend` | 2 | 60 | 58 |"), HasSubstr("not whole")));
}

TEST(PlanReport, OfNothingSaysSo) {
  sync::Plan plan;
  plan.report = sample_run();

  EXPECT_THAT(plan_markdown(plan), HasSubstr("Nothing to do."));
}

TEST(Forms, AreToldByTheNamesEnding) {
  EXPECT_EQ(form_of("out/run.html"), Form::Html);
  EXPECT_EQ(form_of("RUN.MD"), Form::Markdown);
  EXPECT_EQ(form_of("run.json"), Form::Json);
  EXPECT_EQ(form_of("junit.xml"), Form::JUnit);
  for (const char* other : {"", "run", "run.htm", "run.html.gz", "html", "-"})
    EXPECT_FALSE(form_of(other)) << other;
}

}  // namespace
}  // namespace praxisync::report
