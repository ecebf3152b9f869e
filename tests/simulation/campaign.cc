#include "simulation/campaign.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <sstream>
#include <utility>

#include "domain/check.h"
#include "simulation/play.h"

namespace praxisync::simulation {
namespace {

using Stopwatch = std::chrono::steady_clock;

/// A world that does not end is a finding too.
constexpr int kSecondsAWorld = 60;

/// One line a fact, so that a process that dies leaves what it found.
class Teller {
 public:
  explicit Teller(int pipe) : pipe_(pipe) {}
  void tell(const std::string& line) {
    const std::string whole = line + "\n";
    for (std::size_t done = 0; done < whole.size();) {
      const ssize_t written = ::write(pipe_, whole.data() + done, whole.size() - done);
      if (written <= 0) _exit(1);
      done += static_cast<std::size_t>(written);
    }
  }

 private:
  int pipe_;
};

std::string one_line(std::string text) {
  for (char& byte : text) byte = byte == '\n' ? ' ' : byte;
  return text;
}

void play_seed(std::uint64_t seed, Plays plays, Teller& teller, Reached& reached) {
  teller.tell(fmt::format("begin {}", seed));
  // Of its own time: a busy machine is no finding.
  const itimerval limit{{}, {kSecondsAWorld, 0}};
  ::setitimer(ITIMER_PROF, &limit, nullptr);
  const auto [schedule, played] = play_world(seed);
  for (const Violation& violation : played.violations)
    teller.tell(fmt::format("broke {} {} {}", seed, violation.invariant, one_line(violation.what)));
  if (plays == Plays::Twice && play(schedule).hash != played.hash)
    teller.tell(fmt::format("broke {} REPLAY two plays of one seed differ", seed));
  for (const auto& [place, times] : played.reached) reached[place] += times;
  teller.tell(fmt::format("end {} {} {} {} {}", seed, played.events, played.faults, played.hash,
                          is_small(played) ? 1 : 0));
}

[[noreturn]] void work(const CampaignOptions& options, int job, int pipe) {
  Teller teller(pipe);
  Reached reached;
  const Stopwatch::time_point began = Stopwatch::now();
  for (std::uint64_t seed = options.first + static_cast<std::uint64_t>(job); seed <= options.last;
       seed += static_cast<std::uint64_t>(options.jobs)) {
    if (options.seconds && Stopwatch::now() - began > std::chrono::seconds{*options.seconds}) break;
    play_seed(seed, options.plays, teller, reached);
  }
  for (const auto& [place, times] : reached)
    teller.tell(fmt::format("reached {} {}", times, place));
  teller.tell("all");
  _exit(0);
}

struct Worker {
  pid_t process = 0;
  int pipe = -1;
  std::string text{};
  std::uint64_t playing = 0;
  bool whole = false;  ///< it came to its end
};

void hear(Worker& worker, const std::string& line, Campaign& campaign) {
  std::istringstream words(line);
  std::string what;
  words >> what;
  if (what == "begin") {
    words >> worker.playing;
  } else if (what == "broke") {
    Failure failure;
    words >> failure.seed >> failure.invariant;
    std::getline(words >> std::ws, failure.what);
    campaign.failures.push_back(std::move(failure));
  } else if (what == "end") {
    std::uint64_t seed = 0, hash = 0;
    long long events = 0, faults = 0, small = 0;
    words >> seed >> events >> faults >> hash >> small;
    ++campaign.schedules;
    campaign.events += events;
    campaign.faults += faults;
    campaign.small += small;
    campaign.hash += hash * (2 * seed + 1);  // the same in whatever order they end
    worker.playing = 0;
  } else if (what == "reached") {
    long long times = 0;
    std::string place;
    words >> times;
    std::getline(words >> std::ws, place);
    campaign.reached[place] += times;
  } else if (what == "all") {
    worker.whole = true;
  }
}

/// Reads what there is; false at its end.
bool listen(Worker& worker, Campaign& campaign) {
  char bytes[65'536];
  const ssize_t size = ::read(worker.pipe, bytes, sizeof bytes);
  if (size <= 0) return false;
  worker.text.append(bytes, static_cast<std::size_t>(size));
  std::size_t from = 0;
  for (std::size_t end = worker.text.find('\n'); end != std::string::npos;
       end = worker.text.find('\n', from)) {
    hear(worker, worker.text.substr(from, end - from), campaign);
    from = end + 1;
  }
  worker.text.erase(0, from);
  return true;
}

Worker start(const CampaignOptions& options, int job) {
  int ends[2];
  PRAXISYNC_CHECK(::pipe(ends) == 0, "there is a pipe to be had");
  std::fflush(nullptr);
  const pid_t process = ::fork();
  PRAXISYNC_CHECK(process >= 0, "there is a process to be had");
  if (process == 0) {
    ::close(ends[0]);
    work(options, job, ends[1]);
  }
  ::close(ends[1]);
  return {process, ends[0]};
}

/// What it has told so far is kept.
void end_early(Worker& worker) {
  if (worker.whole) return;
  worker.whole = true;
  ::kill(worker.process, SIGKILL);
}

void finish(Worker& worker, Campaign& campaign) {
  ::close(worker.pipe);
  int status = 0;
  ::waitpid(worker.process, &status, 0);
  if (std::exchange(worker.whole, true)) return;
  const std::string how =
      WIFSIGNALED(status) ? fmt::format("by signal {}", WTERMSIG(status)) : "without a word";
  campaign.failures.push_back({worker.playing, "DEATH", "the process ended " + how});
}

}  // namespace

Campaign run_campaign(const CampaignOptions& options) {
  Campaign campaign;
  const Stopwatch::time_point began = Stopwatch::now();
  std::vector<Worker> workers;
  for (int job = 0; job < options.jobs; ++job) workers.push_back(start(options, job));
  std::vector<pollfd> open;
  for (const Worker& worker : workers) open.push_back({worker.pipe, POLLIN, 0});
  for (std::size_t left = workers.size(); left > 0;) {
    ::poll(open.data(), open.size(), -1);
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].fd < 0 || open[i].revents == 0) continue;
      if (listen(workers[i], campaign)) continue;
      finish(workers[i], campaign);
      open[i].fd = -1;
      --left;
    }
    if (options.until == Until::FirstViolation && !campaign.failures.empty()) {
      for (Worker& worker : workers) end_early(worker);
    }
  }
  campaign.seconds = std::chrono::duration<double>(Stopwatch::now() - began).count();
  return campaign;
}

}  // namespace praxisync::simulation
