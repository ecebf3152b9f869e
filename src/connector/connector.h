/// One kind of ATS: its wire format, and nothing of SQLite, schedules or the Assess API. The engine
/// calls it from one thread and decides what is pulled and written when.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/application.h"
#include "domain/result.h"
#include "domain/route.h"
#include "domain/write_back.h"

namespace praxisync::connector {

/// Something that an ATS knows by an id and people by a name.
struct Named {
  std::string id;  ///< empty where there are none
  std::string name;
  friend bool operator==(const Named&, const Named&) = default;
};

/// A job with the stages that its applications pass, as routes may name them.
struct Opening {
  Named job;
  struct Stage {
    Named stage;
    std::optional<std::int64_t> applications{};  ///< now in it; nullopt: not counted
  };
  std::vector<Stage> stages;  ///< in the order of the pipeline
};

struct Openings {
  std::vector<Opening> all;
  /// Whether there are no others. Otherwise they are those that were met so far.
  enum class Extent { Whole, Met } extent = Extent::Whole;
};

/// One thing that `doctor` looked at.
struct Finding {
  enum class Level { Ok, Warning, Failure, Unauthorized };
  Level level = Level::Ok;
  std::string what;      ///< "permission candidatesWrite"
  std::string detail{};  ///< what was seen
  std::string remedy{};  ///< how to mend it, for whoever administers the ATS
};

class Connector {
 public:
  virtual ~Connector() = default;

  /// One page of the applications changed since `after` (empty: from the start). No side effects:
  /// after a crash the same page is asked for again. An empty page with `more` set is not the end.
  /// A cursor that the source no longer accepts is no error: the pull starts a new sweep.
  virtual Result<ApplicationPage> pull(const Cursor& after) = 0;

  /// Does one action and leaves `action.marker` in what it writes, where the ATS has room for one.
  /// A person's hand wins: a move happens only out of the expected stage, a field only where the
  /// value is none or ours; otherwise the action is left alone.
  /// OutcomeUnknown: it may have landed. Rejected: this action alone cannot be done.
  virtual Result<Written> write(const WriteBack& action) = 0;

  /// Whether `action` is already there: asked after OutcomeUnknown, before writing again. An error
  /// where not everything that could hold it could be read: that is no proof of absence.
  virtual Result<bool> landed(const WriteBack& action) = 0;

  /// What there is to route from. Reads only.
  virtual Result<Openings> openings() = 0;

  /// Whether the account lets praxisync do its work: credentials, permissions, and that what
  /// `planned` writes is there to be written (fields, reasons). Reads only.
  virtual std::vector<Finding> check(std::span<const PolicyAction> planned) = 0;
};

}  // namespace praxisync::connector
