/// The actions that a run may do, each with the ground that it was planned on, and the rules that
/// say whether it still stands. Plain data and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/write_back.h"
#include "store/ground.h"

namespace praxisync::sync {

struct ChosenContact {
  ConnectorName connector;
  ApplicationId application;
  RouteName route;
  Target target;
  int round = 1;  ///< above 1: a re-invitation
  std::string email, stage;

  friend bool operator==(const ChosenContact&, const ChosenContact&) = default;
};

struct ChosenWrite {
  ConnectorName connector;
  ApplicationId application;
  RouteName route;
  ActionKind kind = ActionKind::Note;
  std::string field, value;
  Verdict outcome = Verdict::Passed;  ///< the screening's, for which it is written
  std::string marker;                 ///< made of all of these but the value, and of the round

  friend bool operator==(const ChosenWrite&, const ChosenWrite&) = default;
};

struct Selection {
  std::vector<ChosenContact> contacts;
  std::vector<ChosenWrite> writes;

  int size() const { return static_cast<int>(contacts.size() + writes.size()); }
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// Why a planned action is not to be done.
struct Shift {
  enum class Kind {
    Done,   ///< it took effect since it was planned
    Moved,  ///< what it was planned on is so no longer
  };
  Kind kind = Kind::Moved;
  std::string reason;
};

/// nullopt: it stands. `ground` is nullopt where the database does not know the application.
std::optional<Shift> shift_of(const ChosenContact& contact,
                              const std::optional<store::ContactGround>& ground);
/// Likewise; `screening` is the ground of the application for which it was planned.
std::optional<Shift> shift_of(const ChosenWrite& write,
                              const std::optional<store::WriteGround>& ground,
                              const std::optional<store::ContactGround>& screening);

}  // namespace praxisync::sync
