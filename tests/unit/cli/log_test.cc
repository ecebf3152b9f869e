#include "cli/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "support/fake_clock.h"

namespace praxisync::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::FakeClock;

std::string without_canary(std::string text) {
  for (auto at = text.find("canary"); at != std::string::npos; at = text.find("canary")) {
    text.replace(at, 6, "[redacted]");
  }
  return text;
}

class LogTest : public testing::Test {
 protected:
  Log log(LogLevel level, LogFormat format) {
    return Log::to(out_, {.level = level, .format = format, .redact = without_canary}, clock_);
  }

  FakeClock clock_{*parse_timestamp("2030-01-02T03:04:05Z")};
  std::ostringstream out_;
};

TEST_F(LogTest, SaysWhenAndHowBad) {
  Log log = this->log(LogLevel::Debug, LogFormat::Text);

  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");

  EXPECT_EQ(out_.str(),
            "2030-01-02T03:04:05Z debug a\n"
            "2030-01-02T03:04:05Z info  b\n"
            "2030-01-02T03:04:05Z warn  c\n"
            "2030-01-02T03:04:05Z error d\n");
}

TEST_F(LogTest, LeavesOutWhatIsBelowItsLevel) {
  Log log = this->log(LogLevel::Warn, LogFormat::Text);

  log.info("quiet");
  log.warn("loud");

  EXPECT_EQ(out_.str(), "2030-01-02T03:04:05Z warn  loud\n");
}

TEST_F(LogTest, WritesJsonLines) {
  Log log = this->log(LogLevel::Info, LogFormat::Json);

  log.info("a \"quoted\" \\ word");
  log.set_run("r1");
  log.error("b");

  EXPECT_EQ(
      out_.str(),
      "{\"at\":\"2030-01-02T03:04:05Z\",\"level\":\"info\","
      "\"message\":\"a \\\"quoted\\\" \\\\ word\"}\n"
      "{\"at\":\"2030-01-02T03:04:05Z\",\"level\":\"error\",\"message\":\"b\",\"run\":\"r1\"}\n");
}

TEST_F(LogTest, PutsTheTraceOnEachJsonLine) {
  Log log = Log::to(out_,
                    {.format = LogFormat::Json,
                     .redact = without_canary,
                     .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
                     .span_id = "00f067aa0ba902b7"},
                    clock_);

  log.set_run("12");
  log.info("a");

  EXPECT_EQ(
      out_.str(),
      "{\"at\":\"2030-01-02T03:04:05Z\",\"level\":\"info\",\"message\":\"a\",\"run\":\"12\","
      "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\"}\n");
}

TEST_F(LogTest, NamesTheRunInText) {
  Log log = this->log(LogLevel::Info, LogFormat::Text);

  log.set_run("r1");
  log.info("a");

  EXPECT_EQ(out_.str(), "2030-01-02T03:04:05Z info  [r1] a\n");
}

TEST_F(LogTest, ScrubsSecretsInEveryFormat) {
  for (const LogFormat format : {LogFormat::Text, LogFormat::Json}) {
    Log log = this->log(LogLevel::Info, format);

    log.info("Authorization: canary");
  }

  EXPECT_THAT(out_.str(), Not(HasSubstr("canary")));
  EXPECT_THAT(out_.str(), HasSubstr("[redacted]"));
}

TEST_F(LogTest, CannotBeForgedOrSteeredByAMessage) {
  Log log = this->log(LogLevel::Info, LogFormat::Text);

  log.info("name\n2030-01-02T03:04:05Z error forged\x1b[2J\xff {} %v");

  EXPECT_EQ(out_.str(),
            "2030-01-02T03:04:05Z info  name\\n2030-01-02T03:04:05Z error forged?[2J? {} %v\n");
}

TEST_F(LogTest, CutsEndlessMessages) {
  Log log = this->log(LogLevel::Info, LogFormat::Text);

  log.info(std::string(100'000, 'x'));

  EXPECT_LT(out_.str().size(), 9000u);
}

TEST_F(LogTest, TakesTheProgressLineAwayFirst) {
  Log log = Log::to(
      out_, {.redact = without_canary, .before_line = [this] { out_ << "<cleared>"; }}, clock_);

  log.debug("below the level: the line stays");
  log.info("a");

  EXPECT_EQ(out_.str(), "<cleared>2030-01-02T03:04:05Z info  a\n");
}

TEST(LogSettings, AreReadFromOptions) {
  EXPECT_EQ(parse_log_level("debug"), LogLevel::Debug);
  EXPECT_EQ(parse_log_level("info"), LogLevel::Info);
  EXPECT_EQ(parse_log_level("warn"), LogLevel::Warn);
  EXPECT_EQ(parse_log_level("error"), LogLevel::Error);
  EXPECT_EQ(parse_log_format("json"), LogFormat::Json);
  EXPECT_EQ(parse_log_format("text"), LogFormat::Text);
}

}  // namespace
}  // namespace praxisync::cli
