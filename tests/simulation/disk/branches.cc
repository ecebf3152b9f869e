#include "simulation/disk/branches.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "domain/check.h"

namespace praxisync::testing_support {
namespace {

constexpr int kMostTold = 5;

}  // namespace

Branches::~Branches() {
  if (in_branch()) end("it was left before its end");
  while (!running_.empty()) collect_one();
}

bool Branches::begin(std::string name) {
  PRAXISYNC_CHECK(!in_branch(), "a branch has branches of its own from an object of its own");
  while (static_cast<int>(running_.size()) >= at_once_) collect_one();
  int pipe[2];
  PRAXISYNC_CHECK(::pipe(pipe) == 0, "a pipe can be had");
  std::fflush(nullptr);
  const pid_t process = ::fork();
  PRAXISYNC_CHECK(process >= 0, "a process can be had");
  if (process == 0) {
    ::close(pipe[0]);
    running_.clear();
    result_ = pipe[1];
    name_ = std::move(name);
    return true;
  }
  ::close(pipe[1]);
  running_.push_back({process, pipe[0], std::move(name)});
  ++begun_;
  return false;
}

void Branches::end(const std::string& wrong) const {
  const bool failed = testing::Test::HasFailure();
  const std::string told = wrong.empty() && failed ? "an expectation failed, see above" : wrong;
  std::fflush(nullptr);
  const bool written = ::write(result_, told.data(), told.size()) >= 0;
  ::_exit(written && told.empty() ? 0 : 1);
}

void Branches::collect_one() {
  const Running running = running_.front();
  running_.erase(running_.begin());
  std::string told;
  char part[4096];
  for (ssize_t got = 0; (got = ::read(running.result, part, sizeof part)) > 0;)
    told.append(part, static_cast<std::size_t>(got));
  ::close(running.result);
  int status = 0;
  ::waitpid(running.process, &status, 0);
  if (status == 0 && told.empty()) return;
  if (told.empty()) told = "it died with status " + std::to_string(status);
  if (++failures_ <= kMostTold) wrong_ += running.name + ": " + told + "\n";
}

std::string Branches::wrong() {
  while (!running_.empty()) collect_one();
  if (failures_ > kMostTold) wrong_ += "... " + std::to_string(failures_) + " in all\n";
  return wrong_;
}

}  // namespace praxisync::testing_support
