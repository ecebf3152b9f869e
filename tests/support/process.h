/// Another program, run as a person or a scheduler would: for tests of the whole binary. What it
/// prints goes to memory, or to a terminal of its own; it is ended with SIGKILL when this object
/// goes.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/time.h"

namespace praxisync::testing_support {

/// Looks again and again until `holds`; false where that takes longer than `limit`.
bool eventually(const std::function<bool()>& holds, Milliseconds limit = std::chrono::seconds{30});

/// What a process has printed and how it ended.
struct Ended {
  int code = 0;     ///< its exit code, or 128 and the signal that ended it
  std::string out;  ///< on a terminal: both
  std::string err;
};

void PrintTo(const Ended& ended, std::ostream* out);

enum class Prints { IntoFiles, OnATerminal };

class Process {
 public:
  struct Start {
    std::string program;
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment;  ///< all that it gets
    std::filesystem::path folder;                    ///< where it runs
    Prints prints = Prints::IntoFiles;
    /// What stands on its stdin, or is typed on its terminal; without it there is nothing to read.
    std::optional<std::string> input{};
  };

  explicit Process(const Start& start);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  pid_t id() const { return id_; }
  void send_signal(int number) const;
  /// What it has printed on stdout until now.
  std::string output() const;
  /// The same of stderr; on a terminal there is one stream, which output() has.
  std::string errors() const;
  /// Waits for its end. One that takes longer than `limit` is killed, and the test fails.
  Ended wait(Milliseconds limit = std::chrono::seconds{60});

 private:
  /// Until it has ended; false where that takes longer.
  bool wait_for_end(Milliseconds limit);

  pid_t id_ = 0;
  int handle_ = -1;  ///< readable once the process has ended
  int out_ = -1, err_ = -1, terminal_ = -1;
  std::string shown_;  ///< read from the terminal
};

}  // namespace praxisync::testing_support
