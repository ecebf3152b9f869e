/// What people are told of a run, and when: pure. Texts hold no personal data: what a peer said is
/// masked once more, and at most a few problems are told.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/run_report.h"

namespace praxisync::notify {

enum class Event {
  Failure,   ///< a run ended with another exit code than the last one: 1, 2, 3 or 5
  Recovery,  ///< the first run that ended with 0 after others
  Held,      ///< a safety limit holds people until somebody confirms
};
std::string_view to_string(Event event);

/// What is to be told of a run that ended with `code`; nullopt: nothing, as the last message still
/// holds. `before` is the code of the last run that decided something (see decides), nullopt where
/// there is none.
std::optional<Event> event_of(int code, std::optional<int> before);

/// Whether a run with that exit code begins or ends a row of failures. One that stopped in order
/// with work left (4) does neither.
bool decides(int code);

/// "run 12: unauthorized (exit code 5) after 3 s", the counts that are not 0, the backlog and the
/// problems, a line each.
std::string short_log(const sync::RunReport& report);

struct Message {
  Event event = Event::Failure;
  std::string headline;  ///< one line
  std::string advice;    ///< what a person does about it; empty: nothing
};
Message message_of(Event event, const sync::RunReport& report, std::optional<int> before);

/// The problems as messages list them: the first ten, masked.
std::vector<sync::Problem> told_problems(const sync::RunReport& report);

}  // namespace praxisync::notify
