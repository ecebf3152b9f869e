// Colours and the progress line: on a terminal, and nowhere else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kEscape = "\x1b";
constexpr const char* kHeader = "\x1b[1;4m";
constexpr const char* kRedrawn = "\r\x1b[K";

Ended on_a_terminal(const Workplace& place, const Arguments& arguments, const Environment& more) {
  Process::Start start = place.start(arguments);
  start.prints = Prints::OnATerminal;
  for (const auto& [name, value] : more) start.environment[name] = value;
  return Process(start).wait();
}

TEST(Terminal, EscapesAreNotWrittenWhereThereIsNone) {
  Workplace place;
  place.exports(crowd("ada", 3));
  for (const char* command : {"plan", "sync", "status", "runs", "doctor"}) {
    SCOPED_TRACE(command);
    const Ended ended = place.run({command, "--log-level", "debug"}, {{"TERM", "xterm-256color"}});
    EXPECT_THAT(ended, ExitsWith(0));
    EXPECT_THAT(ended.out + ended.err, AllOf(Not(HasSubstr(kEscape)), Not(HasSubstr("\r"))));
  }
  EXPECT_THAT(place.run({"status"}, {{"CLICOLOR_FORCE", "1"}}).out, HasSubstr(kHeader));
  EXPECT_THAT(place.run({"status"}, {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}).out,
              Not(HasSubstr(kEscape)));
}

TEST(Terminal, HasColoursUnlessTheyAreUnwanted) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.run({"sync"});

  EXPECT_THAT(on_a_terminal(place, {"status"}, {{"TERM", "xterm"}}).out, HasSubstr(kHeader));
  EXPECT_THAT(on_a_terminal(place, {"status"}, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}).out,
              Not(HasSubstr(kEscape)));
  EXPECT_THAT(on_a_terminal(place, {"status"}, {{"TERM", "dumb"}}).out, Not(HasSubstr(kEscape)));
}

TEST(Terminal, ShowsProgressWithCounts) {
  Workplace place;
  place.exports(crowd("gus", 12, kGraduate));
  place.fault(
      {.kind = Fault::Kind::Delay, .path = "/enroll/", .times = 1000, .delay = Milliseconds{110}});

  const Ended ended = on_a_terminal(place, {"sync"}, {{"TERM", "xterm"}});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr(kRedrawn), HasSubstr("enroll in grad-2025  6/12"), HasSubstr("/s")));
  const std::size_t last_line = ended.out.rfind(kRedrawn);
  EXPECT_LT(last_line, ended.out.find("run 1: done"))
      << "the progress line goes before the summary comes";
}

TEST(Terminal, ShowsNoProgressWhereLinesCannotBeRedrawn) {
  Workplace place;
  place.exports(crowd("gus", 3, kGraduate));

  EXPECT_THAT(on_a_terminal(place, {"sync"}, {{"TERM", "dumb"}}).out, Not(HasSubstr(kEscape)));
}

}  // namespace
}  // namespace praxisync::testing_support
