/// One application under one route, with a state: the unit of work. Which steps are allowed is
/// decided here and nowhere else; the store refuses any other.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace praxisync {

enum class State {
  Queued,       ///< waits for its invitation or enrollment
  Dispatching,  ///< the intent is stored; the call may have been made
  Invited,
  Enrolled,
  Started,
  Passed,  ///< completed
  Failed,  ///< completed
  Expired,
  Cancelled,
  Withdrawn,    ///< the candidate left the stage before being invited, or was cancelled for it
  WrittenBack,  ///< every action of the outcome has landed, or there was none
  Blocked,      ///< a person must act; the screening says why
};

std::string_view to_string(State state);
std::optional<State> parse_state(std::string_view text);
const std::vector<State>& all_states();

/// Whether a screening may step from one state to the other.
bool may_step(State from, State to);

/// States whose outcome is known but not yet written back.
bool has_verdict(State state);
/// Invited, enrolled or started: the candidate's turn.
bool is_open(State state);

}  // namespace praxisync
