/// Asks the person at the terminal, where there is one who wants to be asked.
#pragma once

#include <functional>
#include <string>

#include "cli/app.h"

namespace praxisync::cli {

/// For the commands that ask what options can say as well.
OptionSpec no_input_option();

class Questions {
 public:
  Questions(App& app, const ParsedOptions& options);

  /// Whether anybody can be asked: both ends of the talk are a terminal, and --no-input is not
  /// given.
  bool open() const { return open_; }

  /// Asks until `take` has no objection to the answer; an empty one is the fallback, where there
  /// is one. Exhausted where the terminal is closed or a signal came.
  Result<void> ask(const std::string& question, const std::string& fallback,
                   const std::function<Result<void>(const std::string&)>& take);

  /// Whether the answer is yes, as it is without a word.
  Result<bool> agrees(const std::string& question);

 private:
  Result<std::string> line(const std::string& prompt);

  App& app_;
  bool open_;
};

}  // namespace praxisync::cli
