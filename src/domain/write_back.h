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
  std::string value;           ///< the note's text, the tag, the stage to move to, the reason …
  std::string field{};         ///< with Field: which one
  std::string expected_stage;  ///< a move happens only out of this stage
  Timestamp at;                ///< when it was decided

  friend bool operator==(const WriteBack&, const WriteBack&) = default;
};

/// The marker of an action: a SHA-256 over its identity, which holds no personal data.
std::string marker_of(const ConnectorName& connector, const ApplicationId& application,
                      const RouteName& route, int round, Verdict verdict, ActionKind kind,
                      std::string_view field);

}  // namespace praxisync
