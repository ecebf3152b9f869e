// The key, and the tokens with which anybody could take a test, stay where they belong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "http/base64.h"
#include "http/url.h"
#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// With signs that each encoding changes.
constexpr const char* kSecret = "ct_live_N33dle+in/a=Haystack&9";

std::string hex_of(const std::string& text, const char* digits) {
  std::string hex;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4U];
    hex += digits[byte & 0xfU];
  }
  return hex;
}

/// The key in every form in which it might be written; of base64 the part that its neighbours do
/// not change.
std::vector<std::string> forms_of(const std::string& secret) {
  std::vector<std::string> forms{secret, http::encode_query_value(secret),
                                 hex_of(secret, "0123456789abcdef"),
                                 hex_of(secret, "0123456789ABCDEF")};
  for (const std::size_t before : {0U, 1U, 2U}) {
    std::string core = http::base64(std::string(before, 'x') + secret).substr(4);
    core.resize(core.size() - 6);
    forms.push_back(core);
  }
  return forms;
}

void expect_free_of_key(const std::string& text, const std::string& where) {
  for (const std::string& form : forms_of(kSecret)) {
    EXPECT_EQ(text.find(form), std::string::npos) << where << " holds the key as " << form;
  }
}

/// A world whose API gives back what it was sent wherever it can.
class Secrecy : public testing::Test {
 protected:
  Secrecy() {
    place_.key = kSecret;
    place_.server().between_requests(
        [](sandbox::AssessSandbox& sandbox) { sandbox.add_key(kSecret); });
    place_.edit_config(
        "send_email = true",
        "send_email = true\nremind_after = \"24h\"\nmax_reminders = 1\ncancel_when_left = true");
    auto people = crowd("ada", 4);
    for (Person& graduate : crowd("gus", 3, kGraduate)) people.push_back(std::move(graduate));
    place_.exports(people);
  }

  Ended look(const Arguments& arguments, const Environment& more = {}) {
    const Ended ended = place_.run(arguments, more);
    expect_free_of_key(ended.out, "stdout of " + arguments[0]);
    expect_free_of_key(ended.err, "stderr of " + arguments[0]);
    outputs_ += ended.out + ended.err;
    return ended;
  }

  void expect_clean_folder() {
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(place_.folder.path())) {
      if (!entry.is_regular_file()) continue;
      ++files;
      expect_free_of_key(place_.folder.read(entry.path().filename().string()),
                         entry.path().filename());
    }
    EXPECT_GE(files, 4);
  }

  /// The next write is refused with a body that holds the key in each of its forms.
  void echo(int status) {
    std::string message;
    for (const std::string& form : forms_of(kSecret)) message += form + " ";
    message += "Authorization: Bearer " + std::string(kSecret);
    place_.fault({.kind = Fault::Kind::Status,
                  .method = http::Method::Post,
                  .path = "/enroll/",
                  .status = status,
                  .headers = {{"Content-Type", "application/json"}, {"X-Echo", kSecret}},
                  .body = R"({"error":{"code":"BAD_REQUEST","message":")" + message + R"("}})"});
  }

  Workplace place_;
  std::string outputs_;
};

TEST_F(Secrecy, TheKeyIsInNoOutputAndInNoFile) {
  echo(400);
  EXPECT_THAT(look({"sync", "--log-level", "debug"}), ExitsWith(3));
  place_.advance(std::chrono::hours{36});
  EXPECT_THAT(look({"sync", "--log-level", "debug", "--log-format", "json", "--output", "json"}),
              ExitsWith(0));
  place_.everybody_finishes();
  place_.advance(std::chrono::hours{1});
  for (const char* command : {"plan", "doctor", "sync", "status", "runs"}) {
    look({command, "--log-level", "debug"});
    look({command, "--log-level", "debug", "--output", "json"});
  }
  look({"explain", "gus000@example.com"});
  look({"explain", "gus000@example.com", "--output", "json"});
  EXPECT_THAT(outputs_, HasSubstr("HTTP 400")) << "the refusal was shown";
  expect_clean_folder();
}

TEST_F(Secrecy, TheKeyIsInNoFileWhileARunIsUnderWay) {
  place_.fault({.kind = Fault::Kind::Delay,
                .path = "/enroll/",
                .skip = 1,
                .delay = std::chrono::minutes{1}});
  Process sync(place_.start({"sync", "--log-level", "debug"}));
  ASSERT_TRUE(eventually([&] { return place_.enrollments().size() >= 2; }));

  std::ifstream line("/proc/" + std::to_string(sync.id()) + "/cmdline", std::ios::binary);
  const std::string words{std::istreambuf_iterator<char>(line), {}};
  EXPECT_THAT(words, HasSubstr("sync"));
  expect_free_of_key(words, "the command line");
  EXPECT_TRUE(std::filesystem::exists(place_.folder / "praxisync.db-wal"));
  expect_clean_folder();

  sync.send_signal(SIGKILL);
  const Ended ended = sync.wait();
  expect_free_of_key(ended.out + ended.err, "the log");
  expect_clean_folder();
}

TEST_F(Secrecy, AKeyWrittenIntoTheConfigIsNotRepeated) {
  place_.edit_config("{ env = \"PRAXICRAFT_API_KEY\" }", std::string("\"") + kSecret + "\"");
  EXPECT_THAT(look({"sync"}), ExitsWith(2));

  place_.edit_config(std::string("\"") + kSecret + "\"",
                     std::string("{ env = \"") + kSecret + "\" }");
  EXPECT_THAT(look({"doctor"}), ExitsWith(2));
}

TEST_F(Secrecy, TokensAreInNoOutput) {
  // Reminders and cancellations name the token in the URL, and a refused one may come back in the
  // message.
  look({"sync", "--log-level", "debug"});
  place_.advance(std::chrono::hours{36});
  place_.fault({.kind = Fault::Kind::Status,
                .path = "/remind/",
                .status = 400,
                .body = R"({"error":{"code":"BAD_REQUEST","message":"cannot remind )" +
                        place_.tokens().front() + R"("}})"});
  look({"sync", "--log-level", "debug"});
  place_.exports(crowd("ada", 2));
  look({"sync", "--log-level", "debug", "--output", "json"});
  place_.everybody_finishes();
  place_.advance(std::chrono::hours{1});
  look({"sync", "--log-level", "debug"});
  for (const char* command : {"status", "runs", "plan", "doctor"})
    look({command, "--log-level", "debug", "--output", "json"});
  look({"explain", "ada000@example.com"});
  look({"explain", "ada000@example.com", "--output", "json"});

  EXPECT_THAT(outputs_, AllOf(HasSubstr("/remind/"), HasSubstr("DELETE "))) << "tokens were in use";
  for (const std::string& token : place_.tokens()) EXPECT_THAT(outputs_, Not(HasSubstr(token)));
}

TEST_F(Secrecy, AddressesAreNotLogged) {
  place_.folder.append(
      "export.csv",
      "app-a,cand-a,secretly@broken@example.com,A,Senior Backend Engineer,Technical Test,\r\n");
  place_.folder.append("export.csv",
                       "app-b,cand-b,secretly@nodot,B,Senior Backend Engineer,Technical Test,\r\n");
  place_.folder.append("export.csv", "app-c,secretly@example.com\r\n");
  place_.fault(
      {.kind = Fault::Kind::Status,
       .path = "/enroll/",
       .status = 400,
       .body =
           R"({"error":{"code":"BAD_REQUEST","message":"gus000@example.com is not welcome"}})"});

  const Ended ended = place_.run({"sync"});

  EXPECT_THAT(ended, ExitsWith(3));
  EXPECT_THAT(ended.err, Not(HasSubstr("@")));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("HTTP 400"), Not(HasSubstr("@"))));
}

TEST_F(Secrecy, FilesAreTheirOwnersAlone) {
  place_.run({"sync"});
  place_.advance(std::chrono::hours{24});
  place_.everybody_finishes();
  place_.run({"sync"});
  for (const char* name : {"praxisync.db", "praxisync.db.lock", "results.csv"}) {
    const auto mode = std::filesystem::status(place_.folder / name).permissions();
    EXPECT_EQ(mode, std::filesystem::perms{0600}) << name;
  }
}

}  // namespace
}  // namespace praxisync::testing_support
