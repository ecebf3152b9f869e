#include "connectors/lever/wire.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "support/result_matchers.h"

namespace praxisync::lever {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(PRAXISYNC_FIXTURES) + "/" + name);
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Timestamp at(std::int64_t milliseconds) { return Timestamp(Milliseconds{milliseconds}); }

TEST(LeverWire, ReadsAnOpportunityWithItsApplication) {
  const auto page = read_opportunities(fixture("opportunities.json"));

  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->listing.rows.size(), 3U);
  const Opportunity& jane = page->listing.rows[0];
  EXPECT_EQ(jane.id, "5d1f0c3a-7b52-4e0e-9c41-2a6f0e8b1d10");
  EXPECT_EQ(jane.contact, "c2a7e9b4-1f63-4d58-8a90-6b3c5d7e8f21");
  EXPECT_EQ(jane.name, "Jane Doe");
  EXPECT_EQ(jane.stage, "d9b5a3f7-2c84-4e16-a058-1f3e5c7d9a54");
  EXPECT_EQ(jane.posting, "b7c3f1e5-9a20-4c68-8d14-0e2f4a6c8b43");
  EXPECT_THAT(jane.tags, ElementsAre("Engineering", "Full-time"));
  EXPECT_THAT(jane.links, ElementsAre("https://example.com/jane"));
  EXPECT_EQ(jane.updated_at, at(1'795'140'000'000));
  EXPECT_FALSE(jane.archived);
  EXPECT_FALSE(jane.anonymised);
  EXPECT_TRUE(jane.may_be_contacted);
}

TEST(LeverWire, TheAddressOfTheApplicationComesBeforeThePersonsFirst) {
  const auto page = read_opportunities(fixture("opportunities.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->listing.rows[0].email, "jane.doe@example.com");
  EXPECT_EQ(page->listing.rows[1].email, "only@example.com") << "the application has none";
  EXPECT_EQ(page->listing.rows[2].email, "");
}

TEST(LeverWire, ReadsWhatIsMissingOrExpanded) {
  const auto page = read_opportunities(fixture("opportunities.json"));

  ASSERT_THAT(page, IsOk());
  const Opportunity& old = page->listing.rows[1];
  EXPECT_EQ(old.updated_at, std::nullopt);
  EXPECT_EQ(old.stage, "applicant-new");
  EXPECT_FALSE(old.may_be_contacted);
  const Opportunity& lead = page->listing.rows[2];
  EXPECT_EQ(lead.posting, "");
  EXPECT_EQ(lead.stage, "lead-new");
  EXPECT_EQ(lead.contact, "e4c9a1d6-3b85-4f7a-8cb2-8d5e7f9a0b43");
  EXPECT_TRUE(lead.archived);
  EXPECT_EQ(lead.archive_reason, "f3e9d7c1-6b08-4a3a-827c-5e7f9b1d3f76");
  EXPECT_TRUE(lead.anonymised);
}

TEST(LeverWire, SetsAsideWhatItCannotReadAndReadsTheRest) {
  const auto page = read_opportunities(fixture("opportunities.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->unread, ElementsAre(SetAside{"opportunity at data[3]", "data[3].id: missing"},
                                        SetAside{"opportunity 80a4c3f6-ae85-4b31-8f74-5d9c3b1e4a43",
                                                 "data[4].tags[0]: not a text"}));
}

TEST(LeverWire, SetsAsideAnIdOrAddressWithoutEnd) {
  const std::string long_id(201, 'x'), long_email(321, 'x');
  const auto page =
      read_opportunities(R"({"data":[{"id":")" + long_id + R"("},{"id":"a","emails":[")" +
                         long_email + R"("]}],"hasNext":false})");

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->listing.rows, IsEmpty());
  EXPECT_THAT(page->unread,
              ElementsAre(SetAside{"opportunity at data[0]", "data[0].id: longer than 200 bytes"},
                          SetAside{"opportunity a", "data[1].emails[0]: longer than 320 bytes"}));
}

TEST(LeverWire, AnApplicationThatWasNotExpandedSaysNotForWhichJob) {
  const auto page = read_opportunities(
      R"({"data":[{"id":"a","stage":"offer","applications":["x"]}],"hasNext":false})");

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->unread.size(), 1U);
}

TEST(LeverWire, ATokenIsKeptByteForByte) {
  const auto page = read_opportunities(fixture("opportunities.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->listing.next,
            "%5B3%2C1790000000000%2C%223b41a5c7-cd3e-4f70-b8b2-1d3f5a7c9ea9%22%5D");
}

TEST(LeverWire, TheLastPageHasNoToken) {
  const auto page = read_opportunities(fixture("opportunities_last.json"));

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->listing.next, "");
  EXPECT_EQ(read_opportunities(R"({"data":[],"hasNext":false,"next":"x"})")->listing.next, "");
}

TEST(LeverWire, AListThatDoesNotSayWhetherItEndsIsNone) {
  for (const char* body :
       {R"({"data":[]})", R"({"data":[],"hasNext":true})", R"({"data":{},"hasNext":false})",
        R"({"hasNext":false})", "[]", "", "<html>", R"({"data":[],"hasNext":fal)"}) {
    EXPECT_THAT(read_opportunities(body), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(read_notes(body), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(read_deleted(body), FailsWith(ErrorKind::Malformed)) << body;
  }
}

TEST(LeverWire, ATokenWithoutEndIsNone) {
  const std::string token(1001, 'x');

  EXPECT_THAT(read_opportunities(R"({"data":[],"hasNext":true,"next":")" + token + "\"}"),
              FailsSaying("next: longer than 1000 bytes"));
}

TEST(LeverWire, ReadsOneOpportunity) {
  const auto read = read_opportunity(
      R"({"data":{"id":"a","contact":"c","stage":"offer","archived":null,"tags":["x"]}})");

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->stage, "offer");
  EXPECT_THAT(read_opportunity(R"({"data":null})"), FailsSaying("data: missing"));
}

TEST(LeverWire, ReadsStagesInTheirOrder) {
  const auto stages = read_stages(fixture("stages.json"));

  ASSERT_THAT(stages, IsOk());
  ASSERT_EQ(stages->rows.size(), 6U);
  EXPECT_EQ(stages->rows.front(), (Stage{"lead-new", "New lead"}));
  EXPECT_EQ(stages->rows.back(), (Stage{"offer", "Offer"}));
}

TEST(LeverWire, AnUnlistedPostingIsOpen) {
  const auto postings = read_postings(fixture("postings.json"));

  ASSERT_THAT(postings, IsOk());
  ASSERT_EQ(postings->rows.size(), 3U);
  EXPECT_TRUE(postings->rows[0].open);
  EXPECT_TRUE(postings->rows[1].open) << "internal";
  EXPECT_FALSE(postings->rows[2].open);
}

TEST(LeverWire, ReadsWhatArchiveReasonsAreFor) {
  const auto reasons = read_reasons(fixture("archive_reasons.json"));

  ASSERT_THAT(reasons, IsOk());
  ASSERT_EQ(reasons->rows.size(), 3U);
  EXPECT_TRUE(reasons->rows[0].active && !reasons->rows[0].hired);
  EXPECT_TRUE(reasons->rows[1].hired);
  EXPECT_FALSE(reasons->rows[2].active);
}

TEST(LeverWire, TheTextOfANoteIsInItsFields) {
  const auto notes = read_notes(fixture("notes.json"));

  ASSERT_THAT(notes, IsOk());
  EXPECT_THAT(notes->rows,
              ElementsAre("Looks good\n", "Skills assessment: 82\n[px:abcdefghijkl]\nThanks\n"));
}

TEST(LeverWire, ReadsTheDeletedAndUsers) {
  const auto deleted = read_deleted(fixture("deleted.json"));
  const auto users = read_users(fixture("users.json"));

  ASSERT_THAT(deleted, IsOk());
  ASSERT_THAT(users, IsOk());
  EXPECT_THAT(deleted->rows, ElementsAre("5d1f0c3a-7b52-4e0e-9c41-2a6f0e8b1d10"));
  EXPECT_THAT(users->rows,
              ElementsAre(User{"8d49b010-cc6a-4f40-ace5-e86061c677ed", "Chandler Bing"}));
}

TEST(LeverWire, ARefusalSaysWhatWasNotFound) {
  const Refusal refusal = read_refusal(fixture("stage_not_found.json"));

  EXPECT_EQ(refusal.code, "ResourceNotFound");
  EXPECT_EQ(refusal.of, "stages");
  EXPECT_EQ(read_refusal(R"({"code":"X","message":"Too many requests"})").of, "");
  EXPECT_EQ(read_refusal("<html>").code, "");
}

TEST(LeverWire, AnAnswerToAWriteIsAnObject) {
  EXPECT_TRUE(is_answer(fixture("stage_moved.json")));
  EXPECT_FALSE(is_answer("<html>signed out</html>"));
  EXPECT_FALSE(is_answer(R"({"data":{"id":)"));
}

TEST(LeverWire, WritesBodies) {
  EXPECT_EQ(note_body("Score \"82\"\n[px:a]"),
            R"({"notifyFollowers":false,"secret":false,"value":"Score \"82\"\n[px:a]"})");
  EXPECT_EQ(tags_body("passed"), R"({"tags":["passed"]})");
  EXPECT_EQ(links_body("https://x.example/r"), R"({"links":["https://x.example/r"]})");
  EXPECT_EQ(stage_body("offer"), R"({"stage":"offer"})");
  EXPECT_EQ(archive_body("r1"), R"({"cleanInterviews":false,"reason":"r1"})");
  EXPECT_THAT(note_body("\xff"), HasSubstr("\xEF\xBF\xBD")) << "what is no UTF-8 is replaced";
}

}  // namespace
}  // namespace praxisync::lever
