/// What is wrong in a config, and where. Every mistake is collected, so that one reading shows them
/// all. No problem's text ever holds a secret.
#pragma once

#include <string>
#include <vector>

namespace praxisync::config {

/// A place in the config file, or (without a line) an environment variable or the file as a whole.
struct Where {
  std::string file;
  int line = 0;    ///< from 1; 0 where there is none
  int column = 0;  ///< in characters, from 1; 0 where there is none
  friend bool operator==(const Where&, const Where&) = default;
};

struct Problem {
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;  ///< what is wrong
  std::string hint;     ///< how to mend it; may be empty

  Where where() const { return {file, line, column}; }
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// `praxisync.toml:12:7`, or the file alone where there is no line.
std::string to_string(const Where& where);
/// `praxisync.toml:12:7: unknown key "asessment"; did you mean "assessment"?`
std::string to_string(const Problem& problem);

/// Collects what the readers find.
class Findings {
 public:
  void error(const Where& where, std::string message, std::string hint = {});
  void warning(const Where& where, std::string message, std::string hint = {});

  /// In the order of the file; those of the environment first.
  std::vector<Problem> errors() const;
  std::vector<Problem> warnings() const;
  bool clean() const { return errors_.empty(); }

 private:
  std::vector<Problem> errors_, warnings_;
};

}  // namespace praxisync::config
