#include "support/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ostream>
#include <thread>

#include "domain/check.h"

namespace praxisync::testing_support {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// The whole file, whoever writes to it meanwhile.
std::string contents(int file) {
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    const ssize_t size = ::pread(file, part.data(), part.size(), static_cast<off_t>(text.size()));
    if (size <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(size));
  }
}

int file_in_memory(const char* name) {
  const int file = ::memfd_create(name, MFD_CLOEXEC);
  PRAXISYNC_CHECK(file >= 0, "a test may make files in memory");
  return file;
}

/// An open file that holds `text`, to be read from its start.
int file_with(const std::string& text) {
  const int file = file_in_memory("stdin");
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  PRAXISYNC_CHECK(written && ::lseek(file, 0, SEEK_SET) == 0, "a file in memory takes its text");
  return file;
}

/// Both ends of a terminal of 80 columns.
std::array<int, 2> open_terminal() {
  int outer = -1, inner = -1;
  winsize size{};
  size.ws_col = 80;
  size.ws_row = 24;
  PRAXISYNC_CHECK(::openpty(&outer, &inner, nullptr, nullptr, &size) == 0,
                  "a test may open terminals");
  ::fcntl(outer, F_SETFD, FD_CLOEXEC);
  ::fcntl(inner, F_SETFD, FD_CLOEXEC);
  return {outer, inner};
}

/// For people who read a failed test.
std::string shortened(const std::string& text) {
  constexpr std::size_t kShown = 4000;
  return text.size() <= kShown ? text : text.substr(0, kShown) + "\n… and more";
}

}  // namespace

bool eventually(const std::function<bool()>& holds, Milliseconds limit) {
  const auto end = SteadyClock::now() + limit;
  while (!holds()) {
    if (SteadyClock::now() >= end) return holds();
    std::this_thread::sleep_for(Milliseconds{1});
  }
  return true;
}

void PrintTo(const Ended& ended, std::ostream* out) {
  *out << "exit code " << ended.code << "\nstdout:\n"
       << shortened(ended.out) << "\nstderr:\n"
       << shortened(ended.err);
}

Process::Process(const Start& start) {
  std::vector<std::string> words{start.program};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : start.environment) variables.push_back(name + "=" + value);

  int inner = -1;
  if (start.prints == Prints::OnATerminal) {
    const auto ends = open_terminal();
    terminal_ = ends[0];
    inner = ends[1];
  } else {
    out_ = file_in_memory("stdout");
    err_ = file_in_memory("stderr");
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  const int typed = start.input && inner < 0 ? file_with(*start.input) : -1;
  if (!start.input) {
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  } else {
    ::posix_spawn_file_actions_adddup2(&actions, inner >= 0 ? inner : typed, STDIN_FILENO);
  }
  ::posix_spawn_file_actions_adddup2(&actions, inner >= 0 ? inner : out_, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, inner >= 0 ? inner : err_, STDERR_FILENO);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  ::posix_spawn_file_actions_addchdir_np(&actions, start.folder.c_str());
  const int failed = ::posix_spawn(&id_, start.program.c_str(), &actions, nullptr,
                                   pointers(words).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (start.input && terminal_ >= 0) {
    const ssize_t size = ::write(terminal_, start.input->data(), start.input->size());
    PRAXISYNC_CHECK(size == static_cast<ssize_t>(start.input->size()), "a terminal takes a line");
  }
  for (const int file : {inner, typed}) {
    if (file >= 0) ::close(file);
  }
  PRAXISYNC_CHECK(failed == 0, "the program can be started");
  handle_ = static_cast<int>(
      ::syscall(SYS_pidfd_open, id_, 0));  // glibc 2.36 declares pidfd_open for C alone
  PRAXISYNC_CHECK(handle_ >= 0, "a child can be waited for");
}

Process::~Process() {
  if (id_ > 0) {
    send_signal(SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  for (const int file : {handle_, out_, err_, terminal_}) {
    if (file >= 0) ::close(file);
  }
}

void Process::send_signal(int number) const {
  if (id_ > 0) ::kill(id_, number);
}

std::string Process::output() const { return out_ >= 0 ? contents(out_) : shown_; }

std::string Process::errors() const { return err_ >= 0 ? contents(err_) : std::string(); }

bool Process::wait_for_end(Milliseconds limit) {
  const auto end = SteadyClock::now() + limit;
  for (;;) {
    const auto left = std::chrono::ceil<Milliseconds>(end - SteadyClock::now());
    std::array<pollfd, 2> events{
        {{handle_, POLLIN, 0}, {terminal_, POLLIN, 0}}};  // poll() leaves -1 out
    const int found = ::poll(events.data(), events.size(),
                             static_cast<int>(std::max(left, Milliseconds{0}).count()));
    if (found < 0 && errno == EINTR) continue;
    if (found <= 0) return false;
    // A terminal nobody reads from would stop whoever writes to it.
    std::array<char, 4096> part{};
    const ssize_t size =
        (events[1].revents & POLLIN) != 0 ? ::read(terminal_, part.data(), part.size()) : 0;
    if (size > 0) {
      shown_.append(part.data(), static_cast<std::size_t>(size));
    } else if ((events[0].revents & POLLIN) != 0) {
      return true;
    }
  }
}

Ended Process::wait(Milliseconds limit) {
  if (!wait_for_end(limit)) {
    ADD_FAILURE() << "the process did not end within " << limit.count() << " ms";
    send_signal(SIGKILL);
  }
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  id_ = 0;
  Ended ended;
  ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ended.out = output();
  ended.err = errors();
  return ended;
}

}  // namespace praxisync::testing_support
