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
                           const std::map<std::string, std::string>& environment, Errors errors) {
  std::array<int, 2> out{-1, -1}, err{-1, -1};
  const auto close_both = [](std::array<int, 2>& ends) {
    for (const int end : ends) {
      if (end >= 0) ::close(end);
    }
  };
  if (::pipe2(out.data(), O_CLOEXEC) != 0 ||
      (errors == Errors::Piped && ::pipe2(err.data(), O_CLOEXEC) != 0)) {
    const int why = errno;
    close_both(out);
    return Error{ErrorKind::Fatal, std::string("cannot make a pipe: ") + std::strerror(why)};
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
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  if (errors == Errors::Piped) {
    ::posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  } else {
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  pid_t process = 0;
  const int failed = ::posix_spawn(&process, program.c_str(), &actions, nullptr,
                                   pointers(words).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    close_both(out);
    close_both(err);
    return Error{ErrorKind::Fatal,
                 std::string("cannot start another process: ") + std::strerror(failed)};
  }
  ::close(out[1]);
  if (err[1] >= 0) ::close(err[1]);
  return Child(process, out[0], err[0]);
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, 0)),
      out_(std::exchange(other.out_, -1)),
      err_(std::exchange(other.err_, -1)) {}

Child::~Child() {
  for (const int end : {out_, err_}) {
    if (end >= 0) ::close(end);
  }
  if (process_ <= 0) return;
  kill();
  ::waitpid(process_, nullptr, 0);
}

void Child::kill() { send_signal(SIGKILL); }

void Child::send_signal(int number) const {
  if (process_ > 0) ::kill(process_, number);
}

bool Child::read_some(int descriptor, std::string& text) {
  std::array<char, 65536> part{};
  const ssize_t size = ::read(descriptor, part.data(), part.size());
  if (size > 0) text.append(part.data(), static_cast<std::size_t>(size));
  return size > 0 || (size < 0 && errno == EINTR);
}

int Child::wait(std::string& output) {
  while (read_some(out_, output)) {
  }
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace praxisync::cli
