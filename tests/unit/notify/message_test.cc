#include "notify/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "notify/wire.h"
#include "unit/notify/sample_report.h"

namespace praxisync::notify {
namespace {

using sync::Ending;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Event, IsToldOnceForEachRowOfTheSameEnding) {
  struct Row {
    std::optional<int> before;
    int code;
    std::optional<Event> want;
  };
  const std::optional<int> first;
  const std::optional<Event> nothing;
  for (const Row& row : {Row{first, 0, nothing}, Row{0, 0, nothing}, Row{first, 1, Event::Failure},
                         Row{0, 1, Event::Failure}, Row{1, 1, nothing}, Row{3, 5, Event::Failure},
                         Row{5, 3, Event::Failure}, Row{5, 0, Event::Recovery},
                         Row{0, 7, Event::Held}, Row{7, 7, nothing}, Row{1, 7, Event::Held},
                         Row{7, 0, Event::Recovery}, Row{7, 5, Event::Failure}, Row{0, 4, nothing},
                         Row{5, 4, nothing}, Row{first, 4, nothing}}) {
    EXPECT_EQ(event_of(row.code, row.before), row.want)
        << row.before.value_or(-1) << " then " << row.code;
  }
}

TEST(ShortLog, SaysHowTheRunEnded) {
  sync::RunReport report = a_run(Ending::Unauthorized);
  report.add({"pull gh", ErrorKind::Unauthorized, "HTTP 401 from harvest.greenhouse.io"});
  report.add({"pull gh", ErrorKind::Unauthorized, "HTTP 401 from harvest.greenhouse.io"});

  EXPECT_EQ(short_log(report),
            "run 12: unauthorized (exit code 5) after 3 s\n"
            "40 pulled, 7 invited\n"
            "backlog: 2 queued, 0 waiting, 0 to write back, 0 blocked\n"
            "- pull gh: HTTP 401 from harvest.greenhouse.io (2 times)\n");
}

TEST(ShortLog, MasksWhatAPeerMayHaveSaidAndStaysShort) {
  sync::RunReport report = a_run(Ending::Failed);
  for (int i = 0; i < 50; ++i) {
    report.add(
        {"pull gh", ErrorKind::Rejected,
         "row " + std::to_string(i) + ": ada@example.com is unknown to " + std::string(5000, 'x')});
  }

  const std::string log = short_log(report);

  EXPECT_THAT(log,
              AllOf(HasSubstr("row 9: [address]"), Not(HasSubstr("row 10")), Not(HasSubstr("@"))));
  EXPECT_LT(log.size(), 4000U);
}

TEST(Message, SaysWhatToDo) {
  const auto advice = [](Event event, Ending ending) {
    return message_of(event, a_run(ending), std::nullopt).advice;
  };
  EXPECT_THAT(advice(Event::Failure, Ending::Failed), HasSubstr("praxisync runs 12"));
  EXPECT_THAT(advice(Event::Failure, Ending::OtherOrganisation), HasSubstr("api_key"));
  EXPECT_THAT(advice(Event::Failure, Ending::Records), HasSubstr("praxisync status"));
  EXPECT_THAT(advice(Event::Failure, Ending::Unauthorized), HasSubstr("praxisync doctor"));
  EXPECT_THAT(advice(Event::Held, Ending::Held), HasSubstr("--confirm N"));
  EXPECT_EQ(advice(Event::Recovery, Ending::Done), "");
}

TEST(Message, NamesTheRunAndWhatWasBefore) {
  EXPECT_EQ(message_of(Event::Recovery, a_run(Ending::Done), 5).headline,
            "praxisync: run 12 went well again, after exit code 5");
  EXPECT_EQ(message_of(Event::Failure, a_run(Ending::Records), 0).headline,
            "praxisync: run 12 ended with exit code 3 (records)");
}

TEST(Body, ForSlackCallsNobody) {
  sync::RunReport report = a_run(Ending::Failed);
  report.add({"pull gh", ErrorKind::Malformed, "<!channel> & <http://evil|click>"});

  const auto body =
      nlohmann::json::parse(body_of(Format::Slack, message_of(Event::Failure, report, 0), report));

  EXPECT_EQ(body.size(), 1U);
  EXPECT_THAT(body["text"].get<std::string>(),
              AllOf(HasSubstr("run 12 ended with exit code 1"), HasSubstr("&lt;!channel&gt; &amp;"),
                    Not(HasSubstr("<"))));
}

TEST(Body, ForProgramsHasTheRunInFields) {
  sync::RunReport report = a_run(Ending::Held);
  report.add({"safety limit", ErrorKind::Exhausted, "800 people\xff"});

  const auto body =
      nlohmann::json::parse(body_of(Format::Json, message_of(Event::Held, report, 0), report));

  EXPECT_EQ(body["event"], "held");
  EXPECT_EQ(body["run"]["id"], 12);
  EXPECT_EQ(body["run"]["exit_code"], 7);
  EXPECT_EQ(body["backlog"]["queued"], 2);
  EXPECT_EQ(body["errors"][0]["where"], "safety limit");
  EXPECT_THAT(body["advice"].get<std::string>(), HasSubstr("--confirm"));
}

}  // namespace
}  // namespace praxisync::notify
