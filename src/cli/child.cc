#include "cli/child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace praxisync::cli {

Result<Child> Child::start(const std::string& program, const std::vector<std::string>& arguments,
                           const std::map<std::string, std::string>& environment) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return Error{ErrorKind::Fatal, std::string("cannot make a pipe: ") + std::strerror(errno)};
  }
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
  };
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = 0;
  const int failed = ::posix_spawn(&process, program.c_str(), &actions, nullptr,
                                   pointers(words).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  if (failed != 0) {
    ::close(pipe[0]);
    return Error{ErrorKind::Fatal,
                 std::string("cannot start another process: ") + std::strerror(failed)};
  }
  return Child(process, pipe[0]);
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, 0)), out_(std::exchange(other.out_, -1)) {}

Child::~Child() {
  if (out_ >= 0) ::close(out_);
  if (process_ <= 0) return;
  kill();
  ::waitpid(process_, nullptr, 0);
}

void Child::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

int Child::wait(std::string& output) {
  std::array<char, 65536> part{};
  for (;;) {
    const ssize_t size = ::read(out_, part.data(), part.size());
    if (size > 0) output.append(part.data(), static_cast<std::size_t>(size));
    if (size == 0 || (size < 0 && errno != EINTR)) break;
  }
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace praxisync::cli
