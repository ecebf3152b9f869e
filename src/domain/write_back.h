#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/outcome.h"

namespace praxisync {

/// What can be done on an ATS for an outcome, in the order in which it is done: what others may act
/// upon (a move, a rejection) comes last.
enum class ActionKind { Note, Tag, Field, Link, Move, Reject };

std::string_view to_string(ActionKind kind);
std::optional<ActionKind> parse_action_kind(std::string_view text);

/// One action on one application. `marker` is derived from what the action is, so that it is the
/// same after the database was lost; the connector leaves it in what it writes.
struct WriteBack {
  std::string marker;  ///< "px:" and 12 characters of base32
  ApplicationId application;
  CandidateId candidate;
  std::string email;  ///< as the ATS has it
  RouteName route;
  Outcome outcome;
  ActionKind kind = ActionKind::Note;
  std::string value;    ///< the note's text, the tag, the stage to move to, the reason …
  std::string field{};  ///< with Field: which one
  /// A move or a rejection happens only out of this stage: its name, and its id where the ATS has
  /// ids.
  std::string expected_stage, expected_stage_id{};
  /// With Field: what praxisync itself wrote there before. Any other value that stands there is a
  /// person's, and stays.
  std::string previous{};
  Timestamp at;  ///< when it was decided

  friend bool operator==(const WriteBack&, const WriteBack&) = default;
};

/// What became of an action that the ATS answered.
struct Written {
  enum class How {
    Done,       ///< it stands there now, or did already
    LeftAlone,  ///< a person's hand, or the candidate's leaving, came first: nothing to do any more
  };
  How how = How::Done;
  std::string remark{};  ///< what else is to be known: "as a tag: there is no such field"

  friend bool operator==(const Written&, const Written&) = default;
};

/// The marker of an action: a SHA-256 over its identity, which holds no personal data.
std::string marker_of(const ConnectorName& connector, const ApplicationId& application,
                      const RouteName& route, int round, Verdict verdict, ActionKind kind,
                      std::string_view field);

}  // namespace praxisync
