#pragma once

#include <string>
#include <vector>

#include "cli/app.h"

namespace praxisync::cli {

/// What `doctor` found: a line each, with how to mend it.
class Checklist {
 public:
  enum class Finding { Ok, Warning, Failure };

  void ok(std::string what, std::string detail = {}) {
    add(Finding::Ok, std::move(what), std::move(detail), {});
  }
  void warn(std::string what, std::string detail, std::string mend) {
    add(Finding::Warning, std::move(what), std::move(detail), std::move(mend));
  }
  /// The exit code is that of the first failure.
  void fail(int code, std::string what, std::string detail, std::string mend) {
    if (code_ == kDone) code_ = code;
    add(Finding::Failure, std::move(what), std::move(detail), std::move(mend));
  }

  int exit_code() const { return code_; }
  std::string text() const;
  std::string json() const;

 private:
  struct Line {
    Finding finding;
    std::string what, detail, mend;
  };
  void add(Finding finding, std::string what, std::string detail, std::string mend) {
    lines_.push_back({finding, std::move(what), std::move(detail), std::move(mend)});
  }

  std::vector<Line> lines_;
  int code_ = kDone;
};

}  // namespace praxisync::cli
