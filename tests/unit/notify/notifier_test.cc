#include "notify/notifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/http/scripted_transport.h"
#include "unit/notify/sample_report.h"

namespace praxisync::notify {
namespace {

using sync::Ending;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::SizeIs;

const std::string kPing = "https://hc.example:8443/0c4f6a0e-canary";
const std::string kHook = "https://hooks.example/services/canary?x=1";

class NotifierTest : public testing::Test {
 protected:
  Notifier notifier(const std::string& ping = kPing, const std::string& hook = kHook) {
    return {network_,
            random_,
            {.ping_url = ApiKey(ping), .webhook_url = ApiKey(hook), .format = Format::Slack},
            [](std::string text) {
              const auto at = text.find("s3cret");
              return at == std::string::npos ? text : text.replace(at, 6, "[redacted]");
            }};
  }
  std::vector<std::string> urls() const {
    std::vector<std::string> all;
    for (const http::Request& request : network_.sent) all.push_back(request.url);
    return all;
  }

  http::ScriptedTransport network_{{http::status(200)}};
  SeededRandom random_{7};
};

TEST_F(NotifierTest, PingsTheStartAndTheEndUnderOneRunId) {
  Notifier notifier = this->notifier();

  notifier.begins();
  notifier.ends(a_run(Ending::Done), 0);

  const std::string id = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  ASSERT_THAT(urls(), SizeIs(2));
  EXPECT_THAT(urls()[0], MatchesRegex(kPing + "/start\\?rid=" + id));
  EXPECT_EQ(urls()[1], kPing + urls()[0].substr(urls()[0].find('?')));
  EXPECT_EQ(network_.sent[0].body, "");
  EXPECT_THAT(network_.sent[1].body, HasSubstr("run 12: done"));
  for (const http::Request& request : network_.sent) {
    EXPECT_EQ(request.method, http::Method::Post);
    EXPECT_EQ(request.repeat, http::Repeat::Never);
  }
}

TEST_F(NotifierTest, GivesEachRunAnIdOfItsOwn) {
  Notifier notifier = this->notifier();

  notifier.begins();
  notifier.begins();

  EXPECT_NE(urls()[0], urls()[1]);
}

TEST_F(NotifierTest, PingsTheExitCodeOfARunThatDidNotGoWell) {
  const std::pair<Ending, std::string> table[] = {{Ending::Failed, "/1?"},
                                                  {Ending::Records, "/3?"},
                                                  {Ending::Throttled, "/4?"},
                                                  {Ending::Unauthorized, "/5?"},
                                                  {Ending::Held, "/7?"}};
  for (const auto& [ending, end] : table) {
    network_.sent.clear();
    Notifier notifier = this->notifier(kPing + "/");

    notifier.ends(a_run(ending), std::nullopt);

    EXPECT_THAT(network_.sent[0].url, testing::StartsWith(kPing + end));
  }
}

TEST_F(NotifierTest, SendsAMessageWhereThereIsNews) {
  Notifier notifier = this->notifier("");

  notifier.begins();
  notifier.ends(a_run(Ending::Failed), 0);
  notifier.ends(a_run(Ending::Failed), 1);
  notifier.ends(a_run(Ending::Done), 1);

  EXPECT_THAT(urls(), ElementsAre(kHook, kHook));
  EXPECT_THAT(network_.sent[0].body, HasSubstr("ended with exit code 1"));
  EXPECT_THAT(network_.sent[1].body, HasSubstr("went well again"));
  EXPECT_EQ(http::header(network_.sent[0].headers, "content-type"), "application/json");
}

TEST_F(NotifierTest, TakesSecretsOutOfWhatItSends) {
  Notifier notifier = this->notifier();
  sync::RunReport report = a_run(Ending::Failed);
  report.add({"pull gh", ErrorKind::Transient, "s3cret came back"});

  notifier.ends(report, 0);

  ASSERT_THAT(network_.sent, SizeIs(2));
  for (const http::Request& request : network_.sent) {
    EXPECT_THAT(request.body, HasSubstr("[redacted]"));
    EXPECT_THAT(request.body, Not(HasSubstr("s3cret")));
  }
}

TEST_F(NotifierTest, IsSilentWithoutUrls) {
  Notifier notifier = this->notifier("", "");

  notifier.begins();
  notifier.ends(a_run(Ending::Failed), 0);

  EXPECT_THAT(network_.sent, IsEmpty());
}

TEST_F(NotifierTest, SaysOnceWhatCouldNotBeToldAndNamesNoHost) {
  network_ = http::ScriptedTransport(
      {Error{ErrorKind::Transient, "cannot connect to hc.example:8443: refused by hc.example"},
       Error{ErrorKind::OutcomeUnknown, "no answer"}});
  Notifier notifier = this->notifier(kPing, "");

  notifier.begins();
  notifier.ends(a_run(Ending::Done), 0);

  EXPECT_THAT(network_.sent, SizeIs(2)) << "the end is told although the start was not";
  EXPECT_THAT(notifier.take_failures(),
              ElementsAre("[notify] ping_url: cannot connect to its host: refused by its host"));
  EXPECT_THAT(notifier.take_failures(), IsEmpty());
}

TEST_F(NotifierTest, TakesAnyAnswerButSuccessForAFailure) {
  for (const int code : {199, 301, 404, 500}) {
    network_ = http::ScriptedTransport({http::status(code)});
    Notifier notifier = this->notifier("");

    notifier.ends(a_run(Ending::Failed), 0);

    EXPECT_THAT(notifier.take_failures(),
                ElementsAre("[notify] webhook_url: HTTP " + std::to_string(code)));
  }
}

}  // namespace
}  // namespace praxisync::notify
