/// A test that goes on in several ways from one place: copies of the process, each of which tries
/// one way to its end and tells what went wrong. The first part is played once for all.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace praxisync::testing_support {

class Branches {
 public:
  explicit Branches(int at_once = 2) : at_once_(at_once) {}
  Branches(const Branches&) = delete;
  Branches& operator=(const Branches&) = delete;
  /// In a branch: it was never ended, which is told as a failure.
  ~Branches();

  /// Returns twice: true in the new branch, false in the process that goes on.
  bool begin(std::string name);
  /// Ends the branch that this is; empty: all is well.
  [[noreturn]] void end(const std::string& wrong) const;
  bool in_branch() const { return result_ >= 0; }
  const std::string& name() const { return name_; }

  int begun() const { return begun_; }
  /// Waits for all; what went wrong, each with its branch's name, up to a few.
  std::string wrong();

 private:
  struct Running {
    pid_t process = 0;
    int result = -1;  ///< to read from
    std::string name;
  };
  void collect_one();

  int at_once_, begun_ = 0;
  int result_ = -1;  ///< in a branch: to write to
  std::string name_;
  std::vector<Running> running_;
  std::string wrong_;
  int failures_ = 0;
};

}  // namespace praxisync::testing_support
