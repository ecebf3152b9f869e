// The commands that bring their own peer: `demo` and `sandbox`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <regex>

#include "http/curl_transport.h"
#include "integration/workplace.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

Process::Start command(const ScratchFolder& folder, const Arguments& arguments) {
  return {.program = PRAXISYNC_BINARY,
          .arguments = arguments,
          .environment = {},
          .folder = folder.path()};
}

TEST(Demo, EndsWithEveryoneContactedOnceAndNothingOpen) {
  ScratchFolder folder;

  const Ended first = Process(command(folder, {"demo", "--folder", "month"})).wait();

  EXPECT_THAT(first, ExitsWith(0));
  EXPECT_THAT(first.out,
              AllOf(ContainsRegex("\nday  0  sync killed \\(SIGKILL\\)"),
                    ContainsRegex("\npeople contacted +250\n"),
                    ContainsRegex("\ncontacted twice +0\n"), ContainsRegex("\nstill open +0\n")));
  for (const char* name : {"export.csv", "praxisync.toml", "praxisync.db", "results.csv"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / "month" / name)) << name;
  }
  const Ended again = Process(command(folder, {"demo", "--folder", "month"})).wait();
  EXPECT_THAT(again, ExitsWith(2));
  EXPECT_THAT(again.err, HasSubstr("holds a database already"));

  const Ended status =
      Process(command(folder, {"status", "--config", "month/praxisync.toml"})).wait();
  EXPECT_THAT(status, ExitsWith(0));
  EXPECT_THAT(status.out, HasSubstr("0 queued, 0 waiting for candidates, 0 to write back"));
}

class DemoWithAnAts : public testing::TestWithParam<std::string> {};

TEST_P(DemoWithAnAts, EndsAsPromisedByItsOwnBooks) {
  ScratchFolder folder;

  const Ended ended =
      Process(command(folder, {"demo", "--ats", GetParam()})).wait(std::chrono::minutes{4});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("recruiters: 1 anonymised, 1 deleted"),
                    ContainsRegex("\npeople contacted +255\n"),
                    ContainsRegex("\n  of the rest, missed +0\n"),
                    ContainsRegex("\n  people without one +0\n"),
                    ContainsRegex("\n  against a recruiter +0\n"),
                    ContainsRegex("\nwritten twice +0\n"), ContainsRegex("\nstill open +0\n")));
}
INSTANTIATE_TEST_SUITE_P(Types, DemoWithAnAts, testing::Values("ashby", "greenhouse", "lever"),
                         [](const auto& one) { return one.param; });

TEST(Demo, SaysWithWhichAtssItCanBeTold) {
  ScratchFolder folder;

  const Ended ended = Process(command(folder, {"demo", "--ats", "abacus"})).wait();

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr("--ats cannot be abacus; it is one of file, ashby"));
}

TEST(Sandbox, PlaysNoAtsThatItDoesNotKnow) {
  ScratchFolder folder;

  const Ended ended =
      Process(command(folder, {"sandbox", "--port", "0", "--ats", "abacus"})).wait();

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr("--ats cannot be abacus"));
}

TEST(Sandbox, AnswersOnTheOriginThatItNamesUntilItIsToldToStop) {
  ScratchFolder folder;
  Process sandbox(command(folder, {"sandbox", "--port", "0"}));
  const std::regex origin_in("at (http://127\\.0\\.0\\.1:[0-9]+)\n");
  std::string printed;
  std::smatch found;
  ASSERT_TRUE(eventually([&] {
    printed = sandbox.output();
    return std::regex_search(printed, found, origin_in) &&
           printed.find("end it with") != std::string::npos;
  }));
  EXPECT_THAT(printed, HasSubstr(std::string("key: ") + sandbox::kDemoKey));

  http::CurlTransport network(http::CurlOptions{.version = "test"});
  http::Request request{.url = found[1].str() + "/api/v1/public/org/"};
  const Result<http::Response> refused = network.send(request);
  ASSERT_THAT(refused, IsOk());
  EXPECT_EQ(refused->status, 401);
  request.headers.push_back({"Authorization", std::string("Bearer ") + sandbox::kDemoKey});
  const Result<http::Response> answered = network.send(request);
  ASSERT_THAT(answered, IsOk());
  EXPECT_EQ(answered->status, 200);
  EXPECT_THAT(answered->body, HasSubstr("Acme Corp"));

  sandbox.send_signal(SIGTERM);
  EXPECT_THAT(sandbox.wait(std::chrono::seconds{10}), ExitsWith(0));
}

TEST(Sandbox, SaysThatAPortIsTaken) {
  Workplace place;

  const Ended ended = place.run({"sandbox", "--port", std::to_string(place.server().port())});

  EXPECT_THAT(ended, ExitsWith(1));
  EXPECT_THAT(ended.err, HasSubstr("is it in use?"));
}

}  // namespace
}  // namespace praxisync::testing_support
