#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include "cli/app.h"
#include "cli/child.h"
#include "cli/demo_files.h"
#include "cli/session.h"
#include "cli/table.h"
#include "report/run_document.h"
#include "sandbox/demo_people.h"
#include "sandbox/demo_world.h"
#include "sandbox/server.h"
#include "store/store.h"

namespace praxisync::cli {
namespace {

/// A folder of the demo's own; kept, so that its files can be looked at.
Result<std::filesystem::path> make_folder(const ParsedOptions& options) {
  if (options.has("folder")) {
    std::filesystem::path folder = options.get("folder");
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
      return Error{ErrorKind::Fatal, "cannot make " + folder.string() + ": " + failed.message()};
    if (std::filesystem::exists(folder / "praxisync.db")) {
      return Error{ErrorKind::Rejected,
                   folder.string() + " holds a database already: the demo starts from nothing"};
    }
    return folder;
  }
  std::string name = (std::filesystem::temp_directory_path() / "praxisync-demo-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    return Error{ErrorKind::Fatal, "cannot make a folder like " + name};
  return std::filesystem::path(name);
}

Result<void> write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{ErrorKind::Fatal, "cannot write " + path.string()};
  return {};
}

/// Both sides on loopback: the sandbox in this process, `praxisync sync` as processes of their own.
class Demo {
 public:
  Demo(App& app, std::filesystem::path folder)
      : app_(app),
        folder_(std::move(folder)),
        started_(system_.now()),
        clock_(system_),
        assess_(clock_, options()),
        server_(assess_, clock_) {}

  int run() {
    sandbox::build_demo_world(assess_);
    for (const Result<void>& done :
         {server_.start(), write_file(folder_ / "export.csv", demo_export()),
          write_file(folder_ / "praxisync.toml",
                     demo_config(server_.origin(), demo_file_connector()))}) {
      if (!done) {
        print_error(app_, done.error());
        return kFailed;
      }
    }
    app_.out
        << "A made-up ATS export, " << sandbox::kDemoRouted
        << " of its people in routed stages; the Assess API played on " << server_.origin()
        << ".\nEach line is one 'praxisync sync' in a process of its own; candidates take their "
        << "tests as virtual days go by.\n\n"
        << std::flush;
    if (!kill_one()) return kFailed;
    for (const int day : {0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 17, 20, 24, 28}) {
      clock_.advance(std::chrono::days{day - day_});
      day_ = day;
      if (app_.stop) return kStopped;
      if (!sync()) return kFailed;
      // An idle look at the end shows that nothing happens twice.
      if (day > 0 && backlog_.waiting == 0 && backlog_.to_write == 0 && backlog_.queued == 0) break;
    }
    if (!sync()) return kFailed;
    return verdict();
  }

 private:
  static sandbox::Options options() {
    sandbox::Options options;
    options.candidates = sandbox::CandidateBehaviour{};
    return options;
  }

  Result<Child> start() {
    return Child::start(
        app_.program,
        {"sync", "--config", (folder_ / "praxisync.toml").string(), "--output", "json"},
        {{"PRAXICRAFT_API_KEY", sandbox::kDemoKey},
         {"PRAXISYNC_CLOCK_AHEAD", fmt::format("{}ms", (clock_.now() - system_.now()).count())}});
  }

  int requests() {
    return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
      return sandbox.requests().reads + sandbox.requests().writes;
    });
  }

  /// The first sync dies of SIGKILL in the middle of its invitations and enrollments.
  bool kill_one() {
    Result<Child> child = start();
    if (!child) {
      print_error(app_, child.error());
      return false;
    }
    constexpr int kDieAfter = 24;
    for (int i = 0; i < 20'000 && requests() < kDieAfter; ++i)
      std::this_thread::sleep_for(Milliseconds{1});
    child->kill();
    std::string output;
    const int code = child->wait(output);
    used_ += requests();
    const auto [invited, enrolled] = contacted();
    app_.out
        << fmt::format(
               "day  0  sync killed (SIGKILL) after {} requests: {} invited, {} enrolled so far\n",
               requests(), invited, enrolled)
        << std::flush;
    if (code == 128 + 9) return true;
    app_.err << "praxisync: the sync was not killed in time, exit code " << code << "\n";
    return false;
  }

  std::pair<int, int> contacted() {
    return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
      return std::pair(static_cast<int>(sandbox.world().listed.size()),
                       static_cast<int>(sandbox.world().enrollments.size()));
    });
  }

  bool sync() {
    Result<Child> child = start();
    if (!child) {
      print_error(app_, child.error());
      return false;
    }
    std::string document;
    const int code = child->wait(document);
    const report::RunSummary sums = report::summarize(document);
    Result<store::Store> store = store::Store::open_for_reading(folder_ / "praxisync.db");
    Result<store::Backlog> backlog =
        store ? store->view().backlog() : Result<store::Backlog>(store.error());
    if (!backlog) {
      print_error(app_, backlog.error());
      return false;
    }
    backlog_ = *backlog;
    used_ += static_cast<int>(sums.requests);
    least_ += static_cast<int>(sums.least);
    ++runs_;
    app_.out << fmt::format(
                    "day {:2}  exit {}: {:3} invited, {:2} enrolled, {:3} completed, {:3} written "
                    "back; {:3} waiting; "
                    "{:3} requests, {:3} least possible\n",
                    day_, code, sums.invited, sums.enrolled, sums.completed, sums.written_back,
                    backlog_.waiting, sums.requests, sums.least)
             << std::flush;
    return code == kDone || code == kStopped || code == kRecords;
  }

  /// The table, from the played API's own books; fails where somebody was contacted twice or lost.
  int verdict() {
    server_.stop();
    int completed = 0, passed = 0, expired = 0, twice = 0, invited = 0;
    std::map<std::string, int> per_assessment, enrolled;
    std::set<std::string> people;
    for (const sandbox::Invitation& invitation : assess_.world().invitations) {
      ++invited;
      completed += invitation.status == sandbox::InvitationStatus::Completed ? 1 : 0;
      expired += invitation.status == sandbox::InvitationStatus::Expired ? 1 : 0;
      passed += invitation.passed ? 1 : 0;
      people.insert(invitation.email_key);
      if (++per_assessment[fmt::format("{} {}", invitation.email_key, invitation.assessment)] > 1)
        ++twice;
    }
    for (const sandbox::Enrollment& enrollment : assess_.world().enrollments) {
      if (++enrolled[enrollment.email_key] > 1) ++twice;
    }
    std::ifstream results(folder_ / "results.csv");
    std::int64_t written = -1;  // the header
    for (std::string line; std::getline(results, line);) ++written;
    Table table({{"at the end"}, {"count", Align::Right}});
    const auto row = [&](const char* what, std::int64_t count) {
      table.add({what, fmt::format("{}", count)});
    };
    row("people in routed stages", sandbox::kDemoRouted);
    row("people contacted", static_cast<std::int64_t>(people.size()));
    row("invitations (pipelines send one a stage)", invited);
    row("enrollments", static_cast<std::int64_t>(assess_.world().enrollments.size()));
    row("assessments completed", completed);
    row("  passed", passed);
    row("invitations that ran out", expired);
    row("outcomes and tags written back", written);
    row("contacted twice", twice);
    row("still open", backlog_.waiting + backlog_.queued + backlog_.to_write);
    row("requests used", used_);
    row("  least possible", least_);
    app_.out << "\n" << table.render(app_.out_terminal);
    app_.out << fmt::format("\n{} runs, {} of virtual time in {}. Look at it: {}\n", runs_ + 1,
                            format_duration(clock_.now() - started_),
                            format_duration(system_.now() - started_), folder_.string());
    const bool everybody = people.size() == static_cast<std::size_t>(sandbox::kDemoRouted) &&
                           backlog_.waiting + backlog_.queued + backlog_.to_write == 0;
    if (twice > 0 || !everybody) {
      app_.err << "praxisync: the demo did not end as promised: somebody was contacted twice or is "
                  "still open\n";
      return kFailed;
    }
    return kDone;
  }

  App& app_;
  std::filesystem::path folder_;
  schedule::SystemClock system_;
  Timestamp started_;
  sandbox::DrivenClock clock_;
  sandbox::AssessSandbox assess_;
  sandbox::SandboxServer server_;
  store::Backlog backlog_;
  int day_ = 0, runs_ = 0, used_ = 0, least_ = 0;
};

int run_demo(App& app, const ParsedOptions& options) {
  const Result<std::filesystem::path> folder = make_folder(options);
  if (!folder) {
    print_error(app, folder.error());
    return folder.error().kind == ErrorKind::Rejected ? kUsage : kFailed;
  }
  return Demo(app, *folder).run();
}

}  // namespace

Command demo_command() {
  return {{.name = "demo",
           .summary = "The whole job on loopback: sandbox and sync, two weeks in seconds, with a "
                      "kill in the middle",
           .usage = "Needs no key and no network; mails nobody. What it made stays in its folder "
                    "to be looked at.",
           .options = {{.name = "folder",
                        .argument = "FOLDER",
                        .help = "where to work; default: a new temporary one"}},
           .examples = {{"praxisync demo", "start to end"}},
           .exit_codes = exit_codes({kDone, kFailed, kUsage, kStopped})},
          run_demo};
}

}  // namespace praxisync::cli
