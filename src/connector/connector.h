/// One kind of ATS: its wire format, and nothing of SQLite, schedules or the Assess API. The engine
/// calls it from one thread and decides what is pulled and written when.
#pragma once

#include "domain/application.h"
#include "domain/result.h"
#include "domain/write_back.h"

namespace praxisync::connector {

class Connector {
 public:
  virtual ~Connector() = default;

  /// One page of the applications changed since `after` (empty: from the start). No side effects:
  /// after a crash the same page is asked for again. An empty page with `more` set is not the end.
  /// A cursor that the source no longer accepts is no error: the pull starts a new sweep.
  virtual Result<ApplicationPage> pull(const Cursor& after) = 0;

  /// Does one action and leaves `action.marker` in what it writes, where the ATS has room for one.
  /// OutcomeUnknown: it may have landed. Rejected: this action alone cannot be done.
  virtual Result<void> write(const WriteBack& action) = 0;

  /// Whether `action` is already there: asked after OutcomeUnknown, before writing again.
  virtual Result<bool> landed(const WriteBack& action) = 0;
};

}  // namespace praxisync::connector
