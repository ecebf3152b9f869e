#include "report/plan_file_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/result_matchers.h"

namespace praxisync::report {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

const store::Identity kHere{"0123456789abcdef", store::PlanKey("the key of this database")};

sync::ChosenContact contact(const std::string& application) {
  return {ConnectorName("gh"),
          ApplicationId(application),
          RouteName("backend"),
          {TargetKind::Assessment, "screen"},
          2,
          "Mia \"M\" <mia@example.org>",
          "Technical Test"};
}

sync::PlanFile a_plan() {
  sync::PlanFile plan{.praxisync = "0.1.0",
                      .made_at = *parse_timestamp("2026-03-02T08:00:00.125Z"),
                      .database = kHere.database,
                      .config = "a-fingerprint",
                      .organisation = "acme",
                      .actions = {}};
  plan.actions.contacts = {contact("a-1"), contact("a-2")};
  plan.actions.contacts[1].target = {TargetKind::Pipeline, "grad"};
  plan.actions.writes = {{ConnectorName("gh"), ApplicationId("a-3"), RouteName("backend"),
                          ActionKind::Field, "Score", "85 %\nÄ", Verdict::Passed, "px:abc"}};
  return plan;
}

std::string document() { return plan_file_document(a_plan(), kHere.plan_key).value(); }

std::string edited(const std::string& part, const std::string& by) {
  std::string text = document();
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), by);
}

TEST(PlanFile, IsReadAsItWasWritten) {
  const Result<sync::PlanFile> read = read_plan_file(document(), kHere);

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, a_plan());
}

TEST(PlanFile, WithNothingToDoIsReadToo) {
  sync::PlanFile idle = a_plan();
  idle.actions = {};
  idle.organisation.clear();

  const auto read = read_plan_file(plan_file_document(idle, kHere.plan_key).value(), kHere);

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, idle);
}

TEST(PlanFile, LaidOutAnotherWayIsTheSamePlan) {
  EXPECT_THAT(read_plan_file(nlohmann::json::parse(document()).dump(4), kHere), IsOk());
}

struct Edit {
  std::string name, part, by;
};
void PrintTo(const Edit& edit, std::ostream* out) { *out << edit.name; }

class EditedPlan : public testing::TestWithParam<Edit> {};

TEST_P(EditedPlan, IsRefusedWithWhatToDo) {
  const auto read = read_plan_file(edited(GetParam().part, GetParam().by), kHere);

  EXPECT_THAT(read, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(read, FailsSaying("changed since it was made"));
  EXPECT_THAT(read, FailsSaying("make a new plan with 'praxisync plan --save FILE'"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, EditedPlan,
    testing::Values(Edit{"Address", "mia@", "pia@"}, Edit{"Application", "\"a-1\"", "\"a-9\""},
                    Edit{"Target", "\"screen\"", "\"scream\""}, Edit{"Round", ": 2,", ": 1,"},
                    Edit{"Value", "85 %", "95 %"}, Edit{"Kind", "\"field\"", "\"reject\""},
                    Edit{"Outcome", "\"passed\"", "\"failed\""},
                    Edit{"Config", "a-fingerprint", "b-fingerprint"},
                    Edit{"Organisation", "acme", "acne"},
                    Edit{"Time", "08:00:00.125Z", "08:00:00.126Z"},
                    Edit{"UnknownKind", "\"field\"", "\"mail\""},
                    Edit{"FieldGone", "\"email\"", "\"mail\""},
                    Edit{"FieldMore", "\"route\": ", "\"more\": 1, \"route\": "},
                    Edit{"NumberAsText", ": 2,", ": \"2\","}, Edit{"TextAsNumber", "\"acme\"", "7"},
                    Edit{"NestedDeep", "\"acme\"", "[[[[[[\"acme\"]]]]]]"},
                    Edit{"Signature", "\"integrity\": \"", "\"integrity\": \"0"}),
    [](const auto& row) { return row.param.name; });

TEST(PlanFile, WithAnyByteChangedIsRefusedUnlessItSaysTheSame) {
  const std::string text = document();
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';

    EXPECT_THAT(read_plan_file(changed, kHere), FailsWith(ErrorKind::Rejected)) << "byte " << at;
  }
}

TEST(PlanFile, CutShortAnywhereIsRefused) {
  const std::string text = document();
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    EXPECT_THAT(read_plan_file(text.substr(0, size), kHere), FailsWith(ErrorKind::Rejected))
        << size;
  }
  EXPECT_THAT(read_plan_file(text.substr(0, text.size() / 2), kHere), FailsSaying("cut short"));
}

TEST(PlanFile, OfAnotherDatabaseIsRefused) {
  const store::Identity other{"fedcba9876543210", kHere.plan_key};

  EXPECT_THAT(read_plan_file(document(), other), FailsSaying("made for another database"));
}

TEST(PlanFile, SignedWithAnotherKeyIsRefused) {
  const store::Identity other{kHere.database, store::PlanKey("another key")};

  EXPECT_THAT(read_plan_file(document(), other), FailsSaying("integrity"));
}

TEST(PlanFile, OfAnotherFormatIsRefusedBeforeAnythingElseIsLookedAt) {
  EXPECT_THAT(read_plan_file(edited("\"praxisync_plan\": 1", "\"praxisync_plan\": 2"), kHere),
              FailsSaying("a plan of format 2, and this praxisync reads format 1"));
  EXPECT_THAT(read_plan_file(R"({"praxisync_plan": 7, "moves": []})", kHere),
              FailsSaying("format 7"));
}

TEST(PlanFile, ThatIsNoneIsRefused) {
  EXPECT_THAT(read_plan_file("", kHere), FailsSaying("not a saved plan"));
  EXPECT_THAT(read_plan_file("a,b\n1,2\n", kHere), FailsSaying("not a saved plan"));
  EXPECT_THAT(read_plan_file("[]", kHere), FailsSaying("not a saved plan"));
  EXPECT_THAT(read_plan_file(R"({"persons": 3})", kHere), FailsSaying("not a saved plan"));
  EXPECT_THAT(read_plan_file(std::string(kLongestPlanFile + 1, ' '), kHere),
              FailsSaying("longer than"));
  EXPECT_THAT(read_plan_file(std::string(1'000'000, '['), kHere), FailsWith(ErrorKind::Rejected));
}

TEST(PlanFile, SaysWhereTheFirstWrongFieldIs) {
  std::string text = document();
  const std::size_t second = text.find("\"a-2\"");
  text.replace(second, 5, "2");

  EXPECT_THAT(read_plan_file(text, kHere), FailsSaying("contacts[1].application_id"));
}

TEST(PlanFile, HoldsTenThousandActionsAndRefusesTooMany) {
  sync::PlanFile large = a_plan();
  large.actions.contacts.assign(10'000, contact("an-application-with-a-longer-name"));

  const Result<std::string> text = plan_file_document(large, kHere.plan_key);
  ASSERT_THAT(text, IsOk());
  const Result<sync::PlanFile> read = read_plan_file(*text, kHere);
  large.actions.contacts.assign(sync::kMostPlannedActions, contact("a-1"));

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->actions.contacts.size(), 10'000U);
  EXPECT_THAT(plan_file_document(large, kHere.plan_key), FailsSaying("can be saved"));
}

TEST(PlanFile, IsKnownByHowItBegins) {
  EXPECT_TRUE(begins_a_plan_file(document()));
  EXPECT_TRUE(begins_a_plan_file(document().substr(0, 40)));
  EXPECT_TRUE(begins_a_plan_file(R"({"praxisync_plan": 9)"));
  EXPECT_FALSE(begins_a_plan_file(""));
  EXPECT_FALSE(begins_a_plan_file("application_id,email\n"));
  EXPECT_FALSE(begins_a_plan_file(R"({"persons": 3, "praxisync_plan": 1})"));
}

}  // namespace
}  // namespace praxisync::report
