#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "domain/result.h"

namespace praxisync::cli {

/// Another process of a program, with what it prints on stdout and its end.
class Child {
 public:
  /// `environment` is all that it gets. Its stderr is dropped.
  static Result<Child> start(const std::string& program, const std::vector<std::string>& arguments,
                             const std::map<std::string, std::string>& environment);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Ends it with SIGKILL where it still runs.
  ~Child();

  void kill();
  /// Reads all that it prints and waits for it: its exit code, or 128 and the signal that ended it.
  int wait(std::string& output);

 private:
  Child(pid_t process, int out) : process_(process), out_(out) {}
  pid_t process_;
  int out_;
};

}  // namespace praxisync::cli
