#include "domain/screening.h"

#include <algorithm>
#include <array>

namespace praxisync {
namespace {

constexpr std::array<std::pair<State, std::string_view>, 12> kStateNames{
    {{State::Queued, "queued"},
     {State::Dispatching, "dispatching"},
     {State::Invited, "invited"},
     {State::Enrolled, "enrolled"},
     {State::Started, "started"},
     {State::Passed, "passed"},
     {State::Failed, "failed"},
     {State::Expired, "expired"},
     {State::Cancelled, "cancelled"},
     {State::Withdrawn, "withdrawn"},
     {State::WrittenBack, "written_back"},
     {State::Blocked, "blocked"}}};

bool is_end_of_turn(State state) {
  return state == State::Passed || state == State::Failed || state == State::Expired ||
         state == State::Cancelled || state == State::Withdrawn;
}

}  // namespace

std::string_view to_string(State state) {
  for (const auto& [value, name] : kStateNames) {
    if (value == state) return name;
  }
  return "unknown";
}

std::optional<State> parse_state(std::string_view text) {
  for (const auto& [value, name] : kStateNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

const std::vector<State>& all_states() {
  static const std::vector<State> states = [] {
    std::vector<State> all;
    for (const auto& [value, name] : kStateNames) all.push_back(value);
    return all;
  }();
  return states;
}

bool may_step(State from, State to) {
  switch (from) {
    case State::Queued:
      // An invitation that another application of the same person already has answers at once.
      return to == State::Dispatching || to == State::Blocked || is_open(to) || is_end_of_turn(to);
    case State::Dispatching:
      return to == State::Queued || to == State::Blocked || is_open(to) || is_end_of_turn(to);
    case State::Invited:
    case State::Enrolled:
      return to == State::Started || is_end_of_turn(to);
    case State::Started:
      return is_end_of_turn(to);
    case State::Passed:
    case State::Failed:
      return to == State::WrittenBack;
    case State::Expired:
      // A late completion beats the expiry; a further round queues again.
      return to == State::WrittenBack || to == State::Queued || to == State::Passed ||
             to == State::Failed;
    case State::Cancelled:
    case State::Withdrawn:
      return to == State::WrittenBack || to == State::Queued || to == State::Blocked;
    case State::WrittenBack:
      // Came back to the stage (blocked: without a usable address), a further round, or a result
      // that came after the expiry was written back.
      return to == State::Queued || to == State::Blocked || to == State::Passed ||
             to == State::Failed;
    case State::Blocked:
      return to == State::Queued || to == State::Withdrawn;
  }
  return false;
}

bool has_verdict(State state) { return is_end_of_turn(state); }

bool is_open(State state) {
  return state == State::Invited || state == State::Enrolled || state == State::Started;
}

}  // namespace praxisync
