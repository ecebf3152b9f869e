#include "cli/demo_story.h"

#include <fmt/format.h>

#include <map>
#include <thread>

#include "cli/demo_files.h"
#include "cli/session.h"
#include "cli/table.h"
#include "report/run_document.h"
#include "sandbox/demo_people.h"
#include "sandbox/demo_world.h"

namespace praxisync::cli {
namespace {

sandbox::Options with_candidates() {
  sandbox::Options options;
  options.candidates = sandbox::CandidateBehaviour{};
  return options;
}

struct AssessBooks {
  std::int64_t invited = 0, completed = 0, passed = 0, expired = 0, twice = 0;
};

AssessBooks read_books(const sandbox::World& world) {
  AssessBooks books;
  std::map<std::pair<std::string, std::size_t>, int> per_assessment;
  std::map<std::string, int> enrolled;
  for (const sandbox::Invitation& invitation : world.invitations) {
    ++books.invited;
    books.completed += invitation.status == sandbox::InvitationStatus::Completed ? 1 : 0;
    books.expired += invitation.status == sandbox::InvitationStatus::Expired ? 1 : 0;
    books.passed += invitation.passed ? 1 : 0;
    if (++per_assessment[{invitation.email_key, invitation.assessment}] > 1) ++books.twice;
  }
  for (const sandbox::Enrollment& enrollment : world.enrollments) {
    if (++enrolled[enrollment.email_key] > 1) ++books.twice;
  }
  return books;
}

}  // namespace

DemoStory::DemoStory(App& app, std::filesystem::path folder, const std::string& ats)
    : app_(app),
      folder_(std::move(folder)),
      started_(system_.now()),
      clock_(system_),
      assess_(clock_, with_candidates()),
      server_(assess_, clock_),
      ats_(make_demo_ats(ats, clock_)) {}

int DemoStory::run() {
  if (const Result<void> ready = prepare(); !ready) {
    print_error(app_, ready.error());
    return kFailed;
  }
  app_.out << ats_->introduction() << ", " << sandbox::kDemoRouted
           << " of its people in routed stages; the Assess API played on " << server_.origin()
           << ".\nEach line is one 'praxisync sync' in a process of its own; candidates take their "
           << "tests as virtual days go by.\n\n"
           << std::flush;
  if (!kill_one()) return kFailed;
  for (const int day : {0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 17, 20, 24, 28}) {
    if (app_.stop) return kStopped;
    if (!live_until(day)) return kFailed;
    // An idle look at the end shows that nothing happens twice.
    if (day > 0 && still_open() == 0) break;
  }
  if (!sync()) return kFailed;
  return verdict();
}

Result<void> DemoStory::prepare() {
  sandbox::build_demo_world(assess_);
  if (Result<void> started = server_.start(); !started) return started;
  if (Result<void> opened = ats_->open(folder_); !opened) return opened;
  return write_file(folder_ / "praxisync.toml", demo_config(server_.origin(), ats_->connector()));
}

Result<Child> DemoStory::start_sync() {
  std::map<std::string, std::string> environment = ats_->credentials();
  environment["PRAXICRAFT_API_KEY"] = sandbox::kDemoKey;
  environment["PRAXISYNC_CLOCK_AHEAD"] =
      fmt::format("{}ms", (clock_.now() - system_.now()).count());
  return Child::start(
      app_.program, {"sync", "--config", (folder_ / "praxisync.toml").string(), "--output", "json"},
      environment);
}

int DemoStory::requests() {
  return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
    return sandbox.requests().reads + sandbox.requests().writes;
  });
}

std::pair<int, int> DemoStory::contacted() {
  return server_.between_requests([](const sandbox::AssessSandbox& sandbox) {
    return std::pair(static_cast<int>(sandbox.world().listed.size()),
                     static_cast<int>(sandbox.world().enrollments.size()));
  });
}

std::int64_t DemoStory::still_open() const {
  return backlog_.waiting + backlog_.queued + backlog_.to_write;
}

/// The first sync dies of SIGKILL in the middle of its invitations and enrollments.
bool DemoStory::kill_one() {
  Result<Child> child = start_sync();
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

bool DemoStory::live_until(int day) {
  clock_.advance(std::chrono::days{day - day_});
  day_ = day;
  if (const std::string work = ats_->work(); !work.empty())
    app_.out << fmt::format("day {:2}  recruiters: {}\n", day_, work);
  return sync();
}

bool DemoStory::sync() {
  Result<Child> child = start_sync();
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

/// The table, from the books of both sides; fails where somebody was contacted twice or lost.
int DemoStory::verdict() {
  server_.stop();
  const DemoVerdict ats = ats_->close(assess_);
  const AssessBooks books = read_books(assess_.world());
  Table table({{"at the end"}, {"count", Align::Right}});
  const auto row = [&](const std::string& what, std::int64_t count) {
    table.add({what, fmt::format("{}", count)});
  };
  for (const auto& [what, count] : ats.rows) row(what, count);
  row("invitations (pipelines send one a stage)", books.invited);
  row("enrollments", static_cast<std::int64_t>(assess_.world().enrollments.size()));
  row("assessments completed", books.completed);
  row("  passed", books.passed);
  row("invitations that ran out", books.expired);
  row("contacted twice", books.twice);
  row("still open", still_open());
  row("requests used", used_);
  row("  least possible", least_);
  app_.out << "\n" << table.render(app_.out_terminal);
  app_.out << fmt::format("\n{} runs, {} of virtual time in {}. Look at it: {}\n", runs_ + 1,
                          format_duration(clock_.now() - started_),
                          format_duration(system_.now() - started_), folder_.string());
  if (books.twice == 0 && still_open() == 0 && ats.as_promised) return kDone;
  app_.err << "praxisync: the demo did not end as promised: somebody was contacted or written to "
              "twice, moved against a recruiter, missed, or is still open\n";
  return kFailed;
}

}  // namespace praxisync::cli
