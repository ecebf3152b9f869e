/// What people call things in an ATS, against the ids that its API wants, and texts that are safe
/// to pass on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connector/connector.h"
#include "domain/result.h"
#include "domain/write_back.h"

namespace praxisync::connector {

/// The one of `all` whose id is `wanted`, or else whose name is (ASCII case and outer space do not
/// count). Rejected where there is none, with a 'did you mean' and the list, or more than one.
/// `what` is its kind: "rejection reason".
Result<Named> find_named(std::string_view what, std::string_view wanted,
                         const std::vector<Named>& all);

/// A person's name without control and bidirectional characters, runs of space made one, at most
/// 200 bytes.
std::string person_name(std::string_view text);
/// "First Last" of its parts, as person_name.
std::string person_name(std::string_view first, std::string_view last);

/// How a target reads a note.
enum class NoteStyle {
  Plain,     ///< as plain text
  NoMarkup,  ///< perhaps as HTML: it holds no character that would mean something there
};

/// The text of a note, with its marker on a line of its own. Nobody is notified by an '@' in it; it
/// holds no control characters but line ends, and at most `most` bytes with the marker.
std::string note_text(const WriteBack& action, NoteStyle style, std::size_t most);

/// The same action, with the same marker, written as another kind: a field becomes the tag or note
/// "name: value", a link a note.
WriteBack as_kind(WriteBack action, ActionKind kind);

}  // namespace praxisync::connector
