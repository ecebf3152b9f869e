// `invites bulk`: who was invited, who was not and why, and where it stops.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

Ended bulk(const Workplace& place, const std::string& input, Arguments more = {}) {
  Arguments arguments{"invites", "bulk", kScreen};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Process::Start start = place.start(arguments);
  start.input = input;
  return Process(start).wait();
}

std::string people(int count) {
  std::string csv = "email,name\n";
  for (const Person& person : crowd("p", count))
    csv += address_of(person.name) + "," + person.name + "\n";
  return csv;
}

TEST(Bulk, InvitesFromAFileOfCsvAndSaysWhoWasSkippedAndWhy) {
  Workplace place;
  place.folder.write("people.csv",
                     "email,name,role\nada@example.com,Ada,Dev\nbob@example.com,Bob,Dev\n"
                     "ADA@example.com,Ada again,Dev\nnobody,Nobody,Dev\n");
  place.run({"invites", "create", kScreen, "--email", "bob@example.com"});

  const Ended ended = place.run({"invites", "bulk", kScreen, "people.csv"});

  EXPECT_THAT(ended, ExitsWith(3));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("ada@example.com  invited"),
                               HasSubstr("bob@example.com  skipped  already invited"),
                               HasSubstr("ADA@example.com  skipped  in the input twice"),
                               HasSubstr("5  nobody           failed"),
                               HasSubstr("1 invited, 2 skipped, 1 failed, 0 not sent\n")));
  EXPECT_THAT(ended.out, Not(HasSubstr(place.tokens().at(1))));
  EXPECT_THAT(place.invitations(), SizeIs(2));
}

TEST(Bulk, InvitesFromJsonLinesOnStdin) {
  Workplace place;
  const std::string lines =
      "{\"email\":\"ada@example.com\",\"name\":\"Ada\"}\n{\"email\":\"bob@example.com\"}\n";

  const Ended ended = bulk(place, lines, {"-", "--output", "json", "--send-email"});

  EXPECT_THAT(ended, ExitsWith(0));
  const Json rows = Json::parse(ended.out);
  EXPECT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows.at(0).at("result"), "invited");
  EXPECT_EQ(rows.at(1).at("invite_token"), place.tokens().at(1));
  EXPECT_EQ(place.server().between_requests([](const sandbox::AssessSandbox& sandbox) {
    return sandbox.emails_sent_to("ada@example.com");
  }),
            1);
}

TEST(Bulk, SendsBatchesAndSplitsThoseThatAreTooLarge) {
  Workplace place({.bulk_limit = 30, .bulk_limit_status = 413});

  const Ended ended = bulk(place, people(230));

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, HasSubstr("230 invited, 0 skipped, 0 failed, 0 not sent\n"));
  EXPECT_THAT(place.invitations(), SizeIs(230));
}

TEST(Bulk, StopsInOrderAtTheQuotaAndSaysWhoIsLeft) {
  Workplace place({.invite_limit = 25});

  const Ended ended = bulk(place, people(40));

  EXPECT_THAT(ended, ExitsWith(4));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("25 invited, 0 skipped, 0 failed, 15 not sent\n"),
                               HasSubstr("p039@example.com  not sent")));
  EXPECT_THAT(ended.err, HasSubstr("15 rows were not sent"));
  EXPECT_THAT(place.invitations(), SizeIs(25));
}

TEST(Bulk, StopsInOrderAtTheRateLimitAndGoesOnWhenRunAgain) {
  Workplace place;
  place.fault({.kind = sandbox::Fault::Kind::Status,
               .path = "/bulk/",
               .skip = 1,
               .status = 429,
               .headers = {{"Retry-After", "1800"}}});

  const Ended first = bulk(place, people(150), {"--output", "ndjson"});
  EXPECT_THAT(first, ExitsWith(4));
  EXPECT_THAT(first.out, HasSubstr("\"email\":\"p149@example.com\",\"result\":\"not sent\""));
  EXPECT_THAT(first.err, HasSubstr("50 rows were not sent"));

  EXPECT_THAT(bulk(place, people(150)).out, HasSubstr("50 invited, 100 skipped"));
  EXPECT_THAT(place.invitations(), SizeIs(150));
}

TEST(Bulk, SaysWhatIsWrongWithTheInputBeforeAnythingIsSent) {
  Workplace place;

  EXPECT_THAT(bulk(place, "mail\nada@example.com\n").err, HasSubstr("no column \"email\""));
  EXPECT_THAT(bulk(place, ""), ExitsWith(2));
  EXPECT_THAT(place.run({"invites", "bulk", kScreen, "none.csv"}), ExitsWith(2));
  EXPECT_EQ(place.requests(), 0);
  EXPECT_THAT(place.run({"invites", "bulk", kScreen, "--output", "xml"}), ExitsWith(2));
}

}  // namespace
}  // namespace praxisync::testing_support
