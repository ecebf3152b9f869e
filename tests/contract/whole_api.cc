#include "contract/whole_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "assess/page_range.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using assess::SendInvitationEmail;

const AssessmentSlug kScreen("senior-backend-screen");
const PipelineSlug kPipeline("grad-2025");
constexpr int kCrowd = 130;  // more than a page of 100

std::string address(int number) { return "person" + std::to_string(number) + "@example.com"; }

/// The rows of the whole list.
template <typename Row, typename List>
std::vector<Row> walk(List list) {
  std::vector<Row> rows;
  const auto done = assess::for_each_page(list, [&](assess::Page<Row>& page) {
    EXPECT_THAT(page.bad_rows, testing::IsEmpty());
    rows.insert(rows.end(), page.rows.begin(), page.rows.end());
    return assess::Walk::GoOn;
  });
  EXPECT_THAT(done, IsOk());
  return rows;
}

void use_assessments(Rig& rig) {
  assess::Client& client = rig.client;
  for (const char* status : {"", "active", "draft", "archived"})
    EXPECT_THAT(client.list_assessments({}, status), IsOk());
  EXPECT_THAT(client.list_assessments({}, "active", "Backend & more"), IsOk());
  const auto all = walk<assess::Assessment>(
      [&](const assess::PageToken& page) { return client.list_assessments(page); });
  EXPECT_GT(all.size(), 100U);
  EXPECT_THAT(client.get_assessment(kScreen), IsOk());
  const auto tasks = walk<assess::Task>(
      [&](const assess::PageToken& page) { return client.list_tasks(kScreen, page); });
  EXPECT_EQ(tasks.size(), 3U);
}

void invite_a_crowd(Rig& rig) {
  assess::Client& client = rig.client;
  EXPECT_THAT(client.create_invite(kScreen, {address(0), "Ada Lovelace", "Engineer"},
                                   SendInvitationEmail::Yes),
              IsOk());
  const auto again = client.create_invite(kScreen, {address(0), "", ""}, SendInvitationEmail::No);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->creation, assess::Creation::Existing);

  std::vector<assess::Candidate> people;
  for (int i = 0; i < kCrowd; ++i) people.push_back({address(i), i % 2 == 0 ? "Name" : "", ""});
  people.push_back({"odd@nowhere", "", "Engineer"});
  const auto bulk =
      client.bulk_invite(kScreen, assess::Client::bulk_body(people, SendInvitationEmail::Yes));
  ASSERT_THAT(bulk, IsOk());
  EXPECT_EQ(bulk->invited.size(), static_cast<std::size_t>(kCrowd - 1));
  EXPECT_EQ(bulk->skipped.size(), 2U);
}

void follow_the_crowd(Rig& rig) {
  assess::Client& client = rig.client;
  const auto look = [&](int number) {
    const InviteToken token(rig.sandbox.token_of(address(number), kScreen.text()));
    EXPECT_THAT(client.get_invite(token), IsOk());
    return token;
  };
  EXPECT_THAT(client.remind(look(0)), IsOk());
  EXPECT_THAT(client.cancel(look(1)), IsOk());
  for (int i = 2; i < kCrowd; ++i) {
    EXPECT_THAT(rig.sandbox.start(address(i), kScreen.text()), IsOk());
    if (i < 4) continue;
    EXPECT_THAT(rig.sandbox.finish(address(i), kScreen.text(), i % 100), IsOk());
  }
  EXPECT_THAT(client.get_result(look(2)), IsOk());  // started
  EXPECT_THAT(client.get_result(look(4)), IsOk());  // failed
  EXPECT_THAT(client.get_result(look(90)), IsOk());
  rig.clock.advance(std::chrono::days{8});
  look(0);  // expired

  const auto invites = walk<assess::Invite>(
      [&](const assess::PageToken& page) { return client.list_invites(page); });
  EXPECT_EQ(invites.size(), static_cast<std::size_t>(kCrowd - 1));
  const auto results = walk<assess::ResultRow>(
      [&](const assess::PageToken& page) { return client.list_results(kScreen, page); });
  EXPECT_EQ(results.size(), static_cast<std::size_t>(kCrowd - 4));
}

void use_own_tasks(Rig& rig) {
  assess::Client& client = rig.client;
  EXPECT_EQ(walk<assess::Case>([&](const assess::PageToken& page) {
              return client.list_cases(page);
            }).size(),
            0U);
  for (const char* type : {"coding", "sql", "multiple_choice"})
    EXPECT_THAT(client.create_case({"Sorting", "For juniors", "### Sort\n\nWrite …", type}),
                IsOk());
  for (int i = 0; i < 100; ++i)
    EXPECT_THAT(client.create_case({"Task", "One of many", "Why?", "coding"}), IsOk());
  const auto cases =
      walk<assess::Case>([&](const assess::PageToken& page) { return client.list_cases(page); });
  ASSERT_EQ(cases.size(), 103U);
  const assess::CaseId id = cases.front().id;
  EXPECT_THAT(client.get_case(id), IsOk());
  EXPECT_THAT(client.update_case(id, {.title = "Sorting well"}), IsOk());
  EXPECT_THAT(client.update_case(id, {.title = "Sorting", .question = "### Sort"}), IsOk());
  EXPECT_THAT(client.delete_case(id), IsOk());
}

void use_pipelines(Rig& rig) {
  assess::Client& client = rig.client;
  EXPECT_THAT(client.list_pipelines({}), IsOk());
  EXPECT_THAT(client.get_pipeline(kPipeline), IsOk());
  const auto enrolled = client.enroll(kPipeline, "dee@example.com", "Dee");
  EXPECT_THAT(client.enroll(kPipeline, "gus@example.com", ""), IsOk());
  ASSERT_THAT(enrolled, IsOk());
  EXPECT_THAT(client.get_enrollment(enrolled->id), IsOk());
  for (const char* stage : {"initial", "deep"}) {
    EXPECT_THAT(rig.sandbox.start("dee@example.com", stage), IsOk());
    EXPECT_THAT(rig.sandbox.finish("dee@example.com", stage, 92.5), IsOk());
    EXPECT_THAT(client.get_enrollment(enrolled->id), IsOk());
  }
}

void use_webhooks_and_organisation(Rig& rig) {
  assess::Client& client = rig.client;
  const auto hook = client.create_webhook(
      {"https://hooks.example.com/in", {"candidate.passed", "invitation.expired"}, "Ours"});
  ASSERT_THAT(hook, IsOk());
  EXPECT_THAT(client.create_webhook({"https://hooks.example.com/2", {"webhook.test"}}), IsOk());
  EXPECT_THAT(client.list_webhooks({}), IsOk());
  EXPECT_THAT(client.test_webhook(hook->id), IsOk());
  EXPECT_THAT(client.get_organisation(), IsOk());
  EXPECT_THAT(client.list_team({}), IsOk());
  EXPECT_THAT(client.get_stats(), IsOk());
}

}  // namespace

const Contract& the_contract() {
  static const Contract contract(std::string(PRAXISYNC_DOCS) + "/assess-api.openapi.json");
  return contract;
}

http::OriginGate keyed(http::Transport& next) {
  return {next, http::parse_base_url("https://praxicraft.com").value(),
          [] { return std::vector{http::bearer(ApiKey(kApiKey))}; }};
}

sandbox::Options roomy(sandbox::Options options) {
  options.reads_per_hour = options.writes_per_hour = 10'000;
  options.keys = {{kApiKey, sandbox::all_scopes()}};
  return options;
}

Rig::Rig(sandbox::Options options)
    : sandbox(clock, std::move(options)),
      transport(sandbox, clock),
      contract(transport, the_contract()),
      gate(keyed(contract)),
      client(gate, clock, "https://praxicraft.com") {
  sandbox.add_assessment(kScreen.text(), "Senior Backend Engineer Screen");
  sandbox.add_assessment("initial", "Initial Screen", sandbox::AssessmentStatus::Active, 60, 2);
  sandbox.add_assessment("deep", "Technical Deep Dive", sandbox::AssessmentStatus::Active, 70, 4);
  sandbox.add_assessment("planned", "Planned Screen", sandbox::AssessmentStatus::Draft);
  sandbox.add_assessment("old", "Old Screen", sandbox::AssessmentStatus::Archived);
  for (int i = 0; i < 100; ++i)
    sandbox.add_assessment("more-" + std::to_string(i), "More " + std::to_string(i));
  sandbox.add_pipeline(kPipeline.text(), "Grad Program 2025", {"initial", "deep"});
}

void use_everything(Rig& rig) {
  use_webhooks_and_organisation(rig);
  use_assessments(rig);
  invite_a_crowd(rig);
  follow_the_crowd(rig);
  use_own_tasks(rig);
  use_pipelines(rig);
  use_webhooks_and_organisation(rig);
}

}  // namespace praxisync::testing_support
