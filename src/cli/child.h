#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "domain/result.h"

namespace praxisync::cli {

/// Another process of a program, with what it prints and its end. It reads nothing.
class Child {
 public:
  enum class Errors { Dropped, Piped };

  /// `environment` is all that it gets.
  static Result<Child> start(const std::string& program, const std::vector<std::string>& arguments,
                             const std::map<std::string, std::string>& environment,
                             Errors errors = Errors::Dropped);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Ends it with SIGKILL where it still runs.
  ~Child();

  void kill();
  void send_signal(int number) const;

  /// For poll(): they have text or have ended. stderr is -1 where it is dropped.
  int out() const { return out_; }
  int err() const { return err_; }
  /// Adds what `descriptor` has now, or waits for some; false: it has ended.
  static bool read_some(int descriptor, std::string& text);

  /// Reads all that it prints on stdout and waits for it: its exit code, or 128 and the signal that
  /// ended it.
  int wait(std::string& output);

 private:
  Child(pid_t process, int out, int err) : process_(process), out_(out), err_(err) {}
  pid_t process_;
  int out_, err_;
};

}  // namespace praxisync::cli
