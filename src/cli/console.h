/// Tells a person what a run does while it does it: a progress line on a terminal, log lines
/// anywhere.
#pragma once

#include "cli/log.h"
#include "cli/progress.h"
#include "sync/observer.h"

namespace praxisync::cli {

class Console final : public sync::Observer {
 public:
  Console(Log& log, Progress& progress) : log_(log), progress_(progress) {}

  void begun(RunKey run, Timestamp at) override;
  void step(std::string_view name) override;
  void progress(std::int64_t done, std::optional<std::int64_t> total) override;
  void note(sync::Severity severity, const std::string& text) override;

 private:
  Log& log_;
  Progress& progress_;
  std::string step_;
};

}  // namespace praxisync::cli
