// The JSON of a resource beside the typed one.
#include <gmock/gmock.h>

#include "json/reader.h"
#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using testing::ElementsAre;
using testing_support::FailsWith;
using testing_support::IsOk;

TEST(CompactJson, KeepsOrderSpellingsAndUnknownFields) {
  for (const std::string& text :
       {std::string(R"({"z":1,"a":{"y":[],"b":{}},"m":[1,-2,3.50,1e3,12345678901234567890,0.1]})"),
        std::string(R"({"twice":1,"twice":null,"flag":true,"other":false})"),
        std::string(R"(["\"\\ /\n\r\t\u0001\u001f",""])"), std::string("{\"n\":\"Zo\xC3\xAB\"}"),
        std::string("\"text\""), std::string("null")}) {
    const Result<json::Value> value = json::Value::parse(text);

    ASSERT_THAT(value, IsOk()) << text;
    EXPECT_EQ(value->compact(), text);
  }
}

TEST(CompactJson, DropsSpaceBetweenAndKeepsItWithinTexts) {
  const Result<json::Value> value =
      json::Value::parse("\n{ \"a b\" :\t[ 1 , \" x \" ] ,\r\n \"u\" : \"\\u00eb\\/\\b\" }\n");

  ASSERT_THAT(value, IsOk());
  EXPECT_EQ(value->compact(), "{\"a b\":[1,\" x \"],\"u\":\"\xC3\xAB/\\u0008\"}");
}

TEST(CompactJson, WritesADocumentAsDeepAsMayBeRead) {
  const std::string deep = std::string(json::kMaxDepth, '[') + std::string(json::kMaxDepth, ']');
  const Result<json::Value> value = json::Value::parse(deep);

  ASSERT_THAT(value, IsOk());
  EXPECT_EQ(value->compact(), deep);
}

class RawJson : public WithClient {
 protected:
  /// What each row of a list was kept as, where the server gives `row` in a page.
  template <typename List>
  std::vector<std::string> rows_of(const std::string& row, List list) {
    transport.answer(200, R"({"results": [ )" + row + " , " + row + R"(], "next": null})");
    std::vector<std::string> kept;
    auto page = list();
    EXPECT_THAT(page, IsOk());
    if (!page) return kept;
    EXPECT_THAT(page->bad_rows, testing::IsEmpty());
    for (const auto& found : page->rows) kept.push_back(found.raw.reveal());
    return kept;
  }
  template <typename Call>
  std::string one(const std::string& body, Call call) {
    transport.answer(200, " " + body + "\n");
    auto reply = call();
    EXPECT_THAT(reply, IsOk());
    return reply ? reply->raw.reveal() : "";
  }

  Client keeping{transport, clock, "https://assess.example", Keep::Raw};
};

TEST_F(RawJson, ComesWithEachRowOfEachList) {
  const std::string assessment = R"({"new":[1,{"x":null}],"slug":"s","id":"i"})";
  const std::string task = R"({"id":"t","order":0,"new":1.50})";
  const std::string invite =
      R"({"status":"weird","invite_token":"t","email":"a@x.y","assessment_slug":"s","new":true})";
  const std::string result = R"({"new":"","status":"completed","invite_token":"t"})";
  const std::string own = R"({"options":["a","b"],"id":"c"})";
  const std::string pipeline = R"({"slug":"p","new":{}})";
  const std::string webhook = R"({"id":"w","is_verified":true,"event_types":["x"]})";
  const std::string member = R"({"email":"a@x.y","joined":"2025"})";

  EXPECT_THAT(rows_of(assessment, [&] { return keeping.list_assessments({}); }),
              ElementsAre(assessment, assessment));
  EXPECT_THAT(rows_of(task, [&] { return keeping.list_tasks(kScreen, {}); }),
              ElementsAre(task, task));
  EXPECT_THAT(rows_of(invite, [&] { return keeping.list_invites({}); }),
              ElementsAre(invite, invite));
  EXPECT_THAT(rows_of(result, [&] { return keeping.list_results(kScreen, {}); }),
              ElementsAre(result, result));
  EXPECT_THAT(rows_of(own, [&] { return keeping.list_cases({}); }), ElementsAre(own, own));
  EXPECT_THAT(rows_of(pipeline, [&] { return keeping.list_pipelines({}); }),
              ElementsAre(pipeline, pipeline));
  EXPECT_THAT(rows_of(webhook, [&] { return keeping.list_webhooks({}); }),
              ElementsAre(webhook, webhook));
  EXPECT_THAT(rows_of(member, [&] { return keeping.list_team({}); }), ElementsAre(member, member));
}

TEST_F(RawJson, ComesWithEachSingleResource) {
  const std::string assessment = R"({"slug":"s","enforce_fullscreen":true})";
  const std::string organisation = R"({"plan":"free","name":"A","new":1})";
  const std::string created = R"({"invite_url":"https://x.y/t","invite_token":"t"})";
  const std::string bulk = R"({"skipped":[{"email":"a@x.y","reason":"error"}],"invited":[]})";
  const std::string invite =
      R"({"invite_token":"t","email":"a@x.y","status":"pending","assessment":{"title":"T","slug":"s"}})";
  const std::string reminded = R"({"message":"Reminder sent."})";
  const std::string result = R"({"status":"completed","cases":[{"score":1.0,"new":2}]})";
  const std::string pipeline =
      R"({"stages":[{"order":0,"assessment_slug":"s"}],"description":"d"})";
  const std::string enrolled = R"({"message":"ok","enrollment_id":"e"})";
  const std::string enrollment = R"({"id":"e","status":"active","history":[{"event":"enrolled"}]})";
  const std::string own = R"({"title":"T","id":"c","options":[]})";
  const std::string webhook = R"({"signing_secret":"whsec_1","id":"w"})";
  const std::string test = R"({"status_code":200,"message":"m","latency":3})";
  const std::string stats = R"({"pass_rate":57.50,"new":0})";
  const PipelineSlug grad("grad");

  EXPECT_EQ(one(assessment, [&] { return keeping.get_assessment(kScreen); }), assessment);
  EXPECT_EQ(one(organisation, [&] { return keeping.get_organisation(); }), organisation);
  EXPECT_EQ(one(created,
                [&] {
                  return keeping.create_invite(kScreen, {"a@x.y", "", ""}, SendInvitationEmail::No);
                }),
            created);
  EXPECT_EQ(one(bulk, [&] { return keeping.bulk_invite(kScreen, "{}"); }), bulk);
  EXPECT_EQ(one(invite, [&] { return keeping.get_invite(InviteToken("t")); }), invite);
  EXPECT_EQ(one(reminded, [&] { return keeping.remind(InviteToken("t")); }), reminded);
  EXPECT_EQ(one(result, [&] { return keeping.get_result(InviteToken("t")); }), result);
  EXPECT_EQ(one(pipeline, [&] { return keeping.get_pipeline(grad); }), pipeline);
  EXPECT_EQ(one(enrolled, [&] { return keeping.enroll(grad, "a@x.y", ""); }), enrolled);
  EXPECT_EQ(one(enrollment, [&] { return keeping.get_enrollment(EnrollmentId("e")); }), enrollment);
  EXPECT_EQ(one(own, [&] { return keeping.get_case(CaseId("c")); }), own);
  EXPECT_EQ(one(own, [&] { return keeping.create_case({"T", "d", "q", "sql"}); }), own);
  EXPECT_EQ(one(own, [&] { return keeping.update_case(CaseId("c"), {.title = "T"}); }), own);
  EXPECT_EQ(one(webhook, [&] { return keeping.create_webhook({"https://x.y", {}}); }), webhook);
  EXPECT_EQ(one(test, [&] { return keeping.test_webhook(WebhookId("w")); }), test);
  EXPECT_EQ(one(stats, [&] { return keeping.get_stats(); }), stats);
}

TEST_F(RawJson, IsEmptyUnlessAskedFor) {
  EXPECT_EQ(one(R"({"pass_rate":57.5})", [&] { return client.get_stats(); }), "");
  EXPECT_THAT(rows_of(R"({"id":"t"})", [&] { return client.list_tasks(kScreen, {}); }),
              ElementsAre("", ""));
}

TEST_F(RawJson, AnAnswerThatCannotBeReadFailsAllTheSame) {
  transport.answer(200, R"({"pass_rate": "high"})");

  EXPECT_THAT(keeping.get_stats(), FailsWith(ErrorKind::Malformed));
}

}  // namespace
}  // namespace praxisync::assess
