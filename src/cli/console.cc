#include "cli/console.h"

namespace praxisync::cli {

void Console::begun(RunKey run, Timestamp /*at*/) {
  log_.set_run(std::to_string(static_cast<std::int64_t>(run)));
}

void Console::step(std::string_view name) {
  step_ = name;
  log_.debug(name);
  progress_.show(step_, 0);
}

void Console::progress(std::int64_t done, std::optional<std::int64_t> total) {
  std::optional<std::uint64_t> whole;
  if (total) whole = static_cast<std::uint64_t>(*total);
  progress_.show(step_, static_cast<std::uint64_t>(done), whole);
}

void Console::note(sync::Severity severity, const std::string& text) {
  switch (severity) {
    case sync::Severity::Debug:
      return log_.debug(text);
    case sync::Severity::Info:
      return log_.info(text);
    case sync::Severity::Warning:
      return log_.warn(text);
  }
}

}  // namespace praxisync::cli
