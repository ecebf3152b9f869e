/// What someone who uses praxisync has: a folder with an export and a config, a key in the
/// environment and the binary; and as its peer the Assess API's sandbox on loopback, whose time can
/// be driven.
#pragma once

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/transport.h"
#include "sandbox/demo_world.h"
#include "sandbox/server.h"
#include "schedule/system_clock.h"
#include "support/process.h"
#include "support/scratch_folder.h"

namespace praxisync::testing_support {

inline constexpr const char* kBackend =
    "Senior Backend Engineer";                                  ///< goes to the assessment below
inline constexpr const char* kGraduate = "Graduate Programme";  ///< goes to the pipeline grad-2025
inline constexpr const char* kScreen = "senior-backend-screen";
inline constexpr const char* kFirstStage = "initial-screen";

struct Person {
  std::string name;  ///< also makes the application's id and the address
  std::string job = kBackend;
  std::string stage = "Technical Test";
};

std::string address_of(const std::string& name);
/// `count` people with that job.
std::vector<Person> crowd(const std::string& prefix, int count, const std::string& job = kBackend);

using Environment = std::map<std::string, std::string>;
using Arguments = std::vector<std::string>;

/// Stands where webhooks are registered: nothing leaves this machine.
class WebhookReceiver final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request& request) override {
    if (pass_on) return pass_on(request);
    return http::Response{.status = status, .headers = {}, .body = {}};
  }

  std::atomic<int> status = 200;
  /// Answers in its stead; to be set before anything is registered. Called from the sandbox's
  /// thread.
  std::function<Result<http::Response>(const http::Request&)> pass_on;
};

class Workplace {
 public:
  explicit Workplace(sandbox::Options options = {});

  /// Replaces the export.
  void exports(const std::vector<Person>& people) const;
  /// Replaces a part of the config, which must be there.
  void edit_config(std::string_view part, std::string_view by) const;

  /// The environment of every run: the key, and how far the sandbox's clock is ahead.
  Environment environment() const;
  Process::Start start(const Arguments& arguments) const;
  /// From start to end; `more` is added to the environment, and stands over it.
  Ended run(const Arguments& arguments, const Environment& more = {}) const;

  /// Time goes by for both sides.
  void advance(Milliseconds span) { clock_.advance(span); }
  void fault(sandbox::Fault fault);
  /// Everybody who has an open invitation takes the test now.
  void everybody_finishes(double score = 90);

  // What the Assess API knows.
  /// "address assessment" -> invitations that were ever made
  std::map<std::string, int> invitations();
  /// "address pipeline" -> enrollments
  std::map<std::string, int> enrollments();
  std::vector<std::string> tokens();
  /// How often an endpoint was called.
  int calls(sandbox::Endpoint endpoint);
  int writes();
  /// Of any kind, refused ones too.
  int requests();
  bool reaches(int requests);

  /// marker -> rows of results.csv
  std::map<std::string, int> results() const;

  ScratchFolder folder;
  WebhookReceiver webhooks;
  std::string key = sandbox::kDemoKey;

 private:
  schedule::SystemClock system_;
  sandbox::DrivenClock clock_{system_};
  sandbox::AssessSandbox assess_;
  sandbox::SandboxServer server_;

 public:
  sandbox::SandboxServer& server() { return server_; }
};

MATCHER_P(ExitsWith, code, "ends with exit code " + std::to_string(code)) {
  return arg.code == code;
}

}  // namespace praxisync::testing_support
