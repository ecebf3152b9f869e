#include "connectors/ashby/wire.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/result_matchers.h"

namespace praxisync::ashby {
namespace {

using praxisync::testing_support::FailsWith;
using praxisync::testing_support::IsOk;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string fixture(const std::string& name) {
  std::ifstream file(PRAXISYNC_FIXTURES + name);
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A fixture, as an answer.
Answer answer(const std::string& name) { return *Answer::parse(fixture(name)); }

nlohmann::json parsed(const std::string& body) { return nlohmann::json::parse(body); }

TEST(AshbyWire, ReadsNameAddressJobAndStageOutOfARow) {
  const auto page = read_rows(answer("page_1.json"));

  ASSERT_THAT(page, IsOk());
  ASSERT_THAT(page->rows, SizeIs(4));
  const Application& first = page->rows[0].application;
  EXPECT_EQ(first.id.text(), "3ae2b801-19f6-41ef-ad28-210000000001");
  EXPECT_EQ(first.candidate.text(), "f9e52a51-a075-4116-a7b8-480000000001");
  EXPECT_EQ(first.email, "jane.doe@example.com");
  EXPECT_EQ(first.name, "Jane Doe");
  EXPECT_EQ(first.job, "Backend Engineer");
  EXPECT_EQ(first.job_id, "4071538b-3cac-4fbf-ac76-f78ed250ffdd");
  EXPECT_EQ(first.stage, "Skills test");
  EXPECT_EQ(first.stage_id, "2c6991c5-c9e2-4af8-879e-29c5a9d26509");
  EXPECT_EQ(format_timestamp(*first.updated_at), "2026-11-02T09:15:27.031Z");
  EXPECT_EQ(first.hold, "");
  EXPECT_TRUE(page->paging.more);
  EXPECT_EQ(page->paging.next_cursor, "G8");
}

TEST(AshbyWire, NoAddressIsEmptyWhetherItIsNullOrMissing) {
  const auto page = read_rows(answer("page_1.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->rows[1].application.email, "");
  EXPECT_EQ(page->rows[2].application.email, "");
  EXPECT_EQ(page->rows[2].application.name, "Zoë Müller");
}

TEST(AshbyWire, AnArchivedRowSaysItsStage) {
  const auto page = read_rows(answer("page_1.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->rows[3].status, "Archived");
  EXPECT_EQ(page->rows[3].application.stage, "Archived");
}

TEST(AshbyWire, AnEmptyPageMayHaveMoreBehindIt) {
  const auto page = read_rows(answer("page_empty.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->rows, IsEmpty());
  EXPECT_TRUE(page->paging.more);
}

TEST(AshbyWire, ABadRowIsSetAsideByItsIdOrItsPlace) {
  const auto page = read_rows(answer("page_last.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(
      page->set_aside,
      ElementsAre(SetAside{"3ae2b801-19f6-41ef-ad28-210000000005", "candidate: missing"},
                  SetAside{"results[1]", "id: missing"}, SetAside{"results[2]", "not an object"},
                  SetAside{"3ae2b801-19f6-41ef-ad28-210000000007",
                           "candidate.primaryEmailAddress: too long"},
                  SetAside{"3ae2b801-19f6-41ef-ad28-210000000008", "job.id: too long"}));
  ASSERT_THAT(page->rows, SizeIs(1));
  EXPECT_EQ(page->rows[0].status, "SomethingNew");
  EXPECT_EQ(page->paging.sync_token, "6W05prn4d");
}

TEST(AshbyWire, APageThatIsNoListIsMalformed) {
  for (const char* body :
       {"", "<html>", "[]", R"({"success":true})", R"({"success":true,"results":{}})",
        R"({"success":true,"results":[],"moreDataAvailable":true})",
        R"({"success":true,"results":[],"moreDataAvailable":"yes"})"}) {
    const auto parsed = Answer::parse(body);
    EXPECT_TRUE(!parsed || !read_rows(*parsed)) << body;
  }
}

TEST(AshbyWire, ARefusalIsReadInEachOfItsSpellings) {
  const auto refused = answer("refusal.json").refusal();
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->code, "invalid_input");
  EXPECT_EQ(refused->request_id, "01JSJ8FDK5ZN4XQBZP7DBKK7ZC");

  EXPECT_EQ(answer("refusal_old.json").refusal()->code, "sync_token_expired");
  EXPECT_EQ(answer("refusal_objects.json").refusal()->code, "next_cursor_expired");
}

TEST(AshbyWire, ACodeThatIsFreeTextIsNotTaken) {
  const auto read =
      Answer::parse(R"({"success":false,"errorInfo":{"code":"no Jane Doe","requestId":"a b"}})");

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->refusal()->code, "");
  EXPECT_EQ(read->refusal()->request_id, "");
}

TEST(AshbyWire, WhatSaysNeitherYesNorNoIsMalformed) {
  EXPECT_FALSE(Answer::parse(R"({"success":true})")->refusal().has_value());
  for (const char* body : {R"({"results":[]})", R"({"success":"yes"})", "[]", "gateway", ""})
    EXPECT_THAT(Answer::parse(body), FailsWith(ErrorKind::Malformed)) << body;
}

TEST(AshbyWire, ValuesOfFieldsKeepTheirTypes) {
  const auto read = read_application(answer("application.json"));

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->status, "Active");
  EXPECT_EQ(read->stage.plan, "af94aedd-b743-462c-ab22-9e7e356c11b4");
  const auto value = [&](int last) {
    return read->fields.at("650e5f74-32db-4a0a-b61b-b9afece0502" + std::to_string(last));
  };
  EXPECT_EQ(value(3), FieldValue(87.0));
  EXPECT_EQ(value(4), FieldValue("https://assess.example.com/r/8123"));
  EXPECT_EQ(value(5), FieldValue(true));
  EXPECT_TRUE(std::holds_alternative<Foreign>(value(6)));
  EXPECT_TRUE(std::holds_alternative<Foreign>(value(7)));
  EXPECT_THAT(read->fields, SizeIs(5)) << "null and blank ones are empty";
}

TEST(AshbyWire, ReadsWhatADirectoryNeeds) {
  std::vector<Job> jobs;
  ASSERT_THAT(read_jobs(answer("jobs.json"), jobs), IsOk());
  ASSERT_THAT(jobs, SizeIs(2));
  EXPECT_THAT(jobs[0].plans, ElementsAre("af94aedd-b743-462c-ab22-9e7e356c11b4",
                                         "b0000000-b743-462c-ab22-9e7e356c11b4"));
  EXPECT_THAT(jobs[1].plans, IsEmpty());

  std::vector<Field> fields;
  ASSERT_THAT(read_fields(answer("fields.json"), fields), IsOk());
  ASSERT_THAT(fields, SizeIs(2)) << "without the archived one";
  EXPECT_EQ(fields[0].type, "Number");
  ASSERT_THAT(fields[1].options, SizeIs(2));
  EXPECT_EQ(fields[1].options[1].value, "sr");

  const auto stages = read_stages(answer("stages.json"));
  ASSERT_THAT(stages, IsOk());
  EXPECT_EQ(stages->at(1).type, "Archived");

  const auto reasons = read_reasons(answer("reasons.json"));
  ASSERT_THAT(reasons, IsOk());
  EXPECT_THAT(*reasons, ElementsAre(connector::Named{"0d3a5c1e-6f4c-4e0b-9d2b-6a1c7d9be001",
                                                     "Too inexperienced"}));
  EXPECT_EQ(*read_tag(answer("tag.json")), "38430ede-5bd2-41fc-b474-87591cb98cbc");
  EXPECT_THAT(*read_scopes(answer("key.json")),
              ElementsAre("apiKeys:read", "jobs:read", "candidates:read"));
  EXPECT_THAT(read_candidate(answer("candidate.json"))->tags, ElementsAre("Strong"));
  EXPECT_THAT(read_notes(answer("notes.json"))->texts,
              ElementsAre("Score 87\n[px:abcdefghijkl]", ""));
}

TEST(AshbyWire, BodiesAreAsDocumented) {
  EXPECT_EQ(body_of(), "{}");
  EXPECT_EQ(list_body({}), R"({"limit":100})");
  EXPECT_EQ(list_body({.cursor = "c", .sync_token = "s", .limit = 7}),
            R"({"limit":7,"cursor":"c","syncToken":"s"})");
  EXPECT_EQ(open_jobs_body({}), R"({"limit":100,"status":["Open"]})");
  EXPECT_EQ(notes_body("p", {.cursor = "c"}), R"({"limit":100,"cursor":"c","candidateId":"p"})");
  EXPECT_EQ(note_body("p", "a\n\"b\""),
            R"({"candidateId":"p","note":{"type":"text/plain","value":"a\n\"b\""},)"
            R"("sendNotifications":false})");
  EXPECT_EQ(tagging_body("p", "t"), R"({"candidateId":"p","tagId":"t"})");
  EXPECT_EQ(stage_body("a", "s"), R"({"applicationId":"a","interviewStageId":"s"})");
  EXPECT_EQ(stage_body("a", "s", "r"),
            R"({"applicationId":"a","interviewStageId":"s","archiveReasonId":"r"})");
}

TEST(AshbyWire, AValueIsWrittenInItsType) {
  const Field field{.named = {"f", "Score"}, .object = "Application", .type = "Number"};

  EXPECT_EQ(value_body(field, "a", 87.0),
            R"({"objectId":"a","objectType":"Application","fieldId":"f","fieldValue":87})");
  EXPECT_EQ(parsed(value_body(field, "a", 87.5))["fieldValue"], 87.5);
  EXPECT_EQ(parsed(value_body(field, "a", true))["fieldValue"], true);
  EXPECT_EQ(parsed(value_body(field, "a", std::string("x")))["fieldValue"], "x");
}

TEST(AshbyWire, BytesThatAreNoTextDoNotBreakABody) {
  EXPECT_EQ(parsed(note_body("p", "a\xFF"))["note"]["value"], "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace praxisync::ashby
