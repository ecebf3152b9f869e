// The page over loopback with a month of a played company behind it, for
// tests/browser/page_test.mjs:
//
//   page_server [--token TOKEN] [--empty]
//
// Prints its address, then does what is told on its standard input, a word a line: "run" begins a
// run that takes its time. Ends with its input.
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "report/run_document.h"
#include "sandbox/loopback_server.h"
#include "serve/page.h"
#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using namespace std::chrono_literals;

/// Goes on from where the played company's clock was left.
class RunningClock final : public Clock {
 public:
  explicit RunningClock(const Clock& start) : now_(start.now()), uptime_(start.uptime()) {}

  Timestamp now() const override { return now_ + elapsed(); }
  Uptime uptime() const override { return {uptime_.boot, uptime_.since + elapsed()}; }
  void sleep_until(Timestamp) override {}

 private:
  Milliseconds elapsed() const {
    return std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now() - began_);
  }

  Timestamp now_;
  Uptime uptime_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// Each call takes a while, on the played clock too.
class SlowTransport final : public http::Transport {
 public:
  SlowTransport(http::Transport& next, FakeClock& clock) : next_(next), clock_(clock) {}

  Result<http::Response> send(const http::Request& request) override {
    clock_.advance(played);
    std::this_thread::sleep_for(real);
    return next_.send(request);
  }

  Milliseconds played{1500}, real{0};

 private:
  http::Transport& next_;
  FakeClock& clock_;
};

class Company {
 public:
  Company() : slow_(world_.transport, world_.clock) {
    world_.wire = &slow_;
    world_.document = [this](const sync::RunReport& report) {
      return report::run_document(report, {world_.requests.reads, world_.requests.writes, 0, {}});
    };
  }

  World& world() { return world_; }

  /// Days of work that end today, with what goes wrong on some of them.
  void play_a_month() {
    const auto today = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    world_.clock.set_wall(today - 16 * 24h - world_.clock.now());
    for (int day = 0; day < 16; ++day) {
      hire(day);
      if (day == 6) world_.ats.pull_faults.push_back({ErrorKind::Fatal, "HTTP 500 from the ATS"});
      if (day == 9) world_.max_duration = 4s;
      if (day == 12)
        world_.ats.write_faults.push_back(
            {{ErrorKind::Rejected, "the tag is not allowed for this key"}});
      slow_.played = Milliseconds{900 + 370 * (day * 7 % 5)};
      world_.run();
      world_.max_duration.reset();
      world_.advance(16h);
      finish_some(day);
      world_.run();
      world_.advance(8h - 20min);
    }
    world_.run();
    world_.advance(4min);
  }

  /// A run that lasts for some seconds.
  void run_slowly(sync::Observer& observer) {
    world_.crowd(60, "Backend Engineer", "late");
    world_.ats.at_write = [](const WriteBack&) { std::this_thread::sleep_for(1500ms); };
    world_.everybody_finishes();
    world_.observer = &observer;
    slow_.real = 300ms;
    world_.run();
    world_.observer = &world_.nobody;
  }

 private:
  void hire(int day) {
    const std::string today = "d" + std::to_string(day);
    world_.crowd(4 + day * 5 % 7, "Backend Engineer", today + "b");
    world_.crowd(2 + day * 3 % 4, "Data Engineer", today + "a");
    if (day % 3 == 0) world_.crowd(3, "Graduate Programme", today + "g");
    if (day == 4) describe_ada();
    if (day == 5) {
      world_.person("mute", "Backend Engineer");
      world_.ats.find("mute").email.clear();
      world_.person("twice", "Data Engineer");
      world_.ats.find("twice").email = "twice@@example.com";
    }
  }

  void describe_ada() {
    world_.person("app-1815", "Backend Engineer");
    Application& ada = world_.ats.find("app-1815");
    ada.name = "Ada Lovelace";
    ada.email = "ada@example.org";
  }

  void finish_some(int day) {
    world_.assess.catch_up();
    std::vector<std::string> open;
    for (const sandbox::Invitation& invitation : world_.assess.world().invitations) {
      if (invitation.status == sandbox::InvitationStatus::Pending && !invitation.cancelled)
        open.push_back(invitation.token);
    }
    for (std::size_t i = 0; i < open.size(); ++i) {
      const std::size_t lot = (i * 7 + static_cast<std::size_t>(day)) % 10;
      if (lot > 6) continue;
      static_cast<void>(world_.assess.start(open[i]));
      if (lot < 5)
        static_cast<void>(
            world_.assess.finish(open[i], 40.0 + static_cast<double>((i * 13 + lot * 9) % 60)));
    }
  }

  World world_{sandbox::Options{.invite_limit = 240}};
  SlowTransport slow_;
};

int serve_page(const std::vector<std::string>& arguments) {
  serve::PageSettings settings;
  bool empty = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--empty") empty = true;
    if (arguments[i] == "--token" && i + 1 < arguments.size())
      settings.token = serve::PageToken(arguments[++i]);
  }
  Company company;
  if (!empty) company.play_a_month();
  settings.database = company.world().database();
  settings.dashboard = {.routes = company.world().routes, .limits = company.world().limits};

  const RunningClock clock(company.world().clock);
  serve::Live live(company.world().nobody, company.world().clock);
  if (!empty) live.expect_next(clock.now() + 11min);
  serve::Pages pages(std::move(settings), live, clock);
  sandbox::LoopbackServer server(
      [&](const http::Request& request) {
        return sandbox::Delivery{pages.handle(request, http::Peer{"127.0.0.1", true})};
      },
      {.port = 0, .threads = 8});
  if (const Result<void> started = server.start(); !started) {
    std::cerr << started.error().what << "\n";
    return 1;
  }
  std::cout << server.origin() << std::endl;
  std::jthread engine;
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "run") engine = std::jthread([&] { company.run_slowly(live); });
  }
  return 0;
}

}  // namespace
}  // namespace praxisync::testing_support

int main(int count, char** arguments) {
  return praxisync::testing_support::serve_page({arguments + 1, arguments + count});
}
