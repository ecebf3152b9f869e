/// One run: bind → pull → settle → dispatch → collect → lifecycle → write back. Single-threaded and
/// without a clock, a die or a socket of its own: everything comes in through Parts, so the very
/// same engine runs in tests, in `demo` and against the world. Whatever stops it, the next run goes
/// on where it was. With a Selection a run does the actions named there and no more: no reminders
/// and no cancellations, and everybody else stays queued. With a Scope it looks for news there
/// alone.
#pragma once

#include <functional>
#include <string>

#include "sync/context.h"

namespace praxisync::sync {

class Engine {
 public:
  /// Makes the document that is kept with the run; called once, when the report is complete.
  using Document = std::function<std::string(const RunReport&)>;

  explicit Engine(Parts parts) : parts_(std::move(parts)) {}

  /// One pass over everything. Every failure is in the report; nothing is thrown.
  RunReport sync(const Document& document);

 private:
  void run_phases(Context& context);
  void run_selection(Context& context);

  Parts parts_;
};

}  // namespace praxisync::sync
