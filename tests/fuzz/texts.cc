// Templates, notes and names: whatever a candidate, a recruiter or a config wrote, what goes into
// an ATS is bounded, holds its marker, and notifies or hides nothing. Lines: a template, a value
// for its variables, a name, another name.
#include <array>

#include "connector/names.h"
#include "domain/character.h"
#include "domain/template.h"
#include "fuzz/fuzz.h"

namespace praxisync::fuzz {
namespace {

using connector::Named;
using connector::NoteStyle;

constexpr std::string_view kMarker = "px:abcdefghij23";

void check_template_text(const std::string& text, const std::string& value) {
  if (const Result<void> good = check_template(text, outcome_variables()); !good) {
    PRAXISYNC_CHECK(good.error().kind == ErrorKind::Rejected, "a bad template is Rejected");
    return check_shown(good.error().what, 200);
  }
  int used = 0;
  const std::string out = expand_template(text, [&](std::string_view variable) {
    PRAXISYNC_CHECK(uses_variable(text, variable), "a variable that is expanded is used");
    ++used;
    return value;
  });
  PRAXISYNC_CHECK(out.size() <= text.size() + static_cast<std::size_t>(used) * value.size(),
                  "each variable is replaced once");
  PRAXISYNC_CHECK(used > 0 || std::ranges::none_of(outcome_variables(),
                                                   [&](const std::string& name) {
                                                     return uses_variable(text, name);
                                                   }),
                  "no variable is left");
  std::string braced;
  for (const char c : value)
    braced += (c == '{' || c == '}') ? std::string(2, c) : std::string(1, c);
  PRAXISYNC_CHECK(check_template(braced, {}) && expand_template(braced, {}) == value,
                  "braces that are doubled are braces");
}

bool is_word(char c) {
  return is_digit(c) || (to_lower({&c, 1}) >= "a" && to_lower({&c, 1}) <= "z");
}

/// Neither control characters but line ends, nor what turns text round.
void check_plain(std::string_view text) {
  while (!text.empty()) {
    const Character next = first_character(text);
    const std::uint32_t point = next.point;
    PRAXISYNC_CHECK(point == '\n' || (point >= 0x20 && (point < 0x7f || point >= 0xa0)),
                    "no control character is passed on");
    PRAXISYNC_CHECK(point != 0x61c && point != 0x200e && point != 0x200f &&
                        (point < 0x202a || point > 0x202e) && (point < 0x2066 || point > 0x2069),
                    "nothing turns text round");
    text.remove_prefix(next.size);
  }
}

void check_note(const std::string& value, NoteStyle style, std::size_t most) {
  WriteBack action;
  action.marker = kMarker;
  action.value = value;
  const std::string note = connector::note_text(action, style, most);
  PRAXISYNC_CHECK(note.size() <= most, "a note is no longer than the ATS takes");
  PRAXISYNC_CHECK(note.ends_with("\n[" + std::string(kMarker) + "]"), "it ends with its marker");
  PRAXISYNC_CHECK(style == NoteStyle::Plain || note.find_first_of("<>") == std::string::npos,
                  "it holds no markup");
  for (std::size_t at = note.find('@'); at != std::string::npos; at = note.find('@', at + 1)) {
    PRAXISYNC_CHECK(at + 1 == note.size() || !is_word(note[at + 1]), "it notifies nobody");
  }
  if (!is_utf8(value)) return;  // texts of JSON and TOML are
  PRAXISYNC_CHECK(is_utf8(note), "it is UTF-8 as its text is, also where it is cut");
  check_plain(note);
}

void check_names(const std::string& first, const std::string& last) {
  for (const std::string& name :
       {connector::person_name(first), connector::person_name(first, last)}) {
    PRAXISYNC_CHECK(name.size() <= 200, "a name is bounded");
    if (!is_utf8(first) || !is_utf8(last)) continue;
    PRAXISYNC_CHECK(is_utf8(name), "a name is UTF-8, also where it is cut");
    check_plain(name);
    PRAXISYNC_CHECK(name.find('\n') == std::string::npos, "a name is one line");
    PRAXISYNC_CHECK(connector::person_name(name) == name, "a clean name stays");
    PRAXISYNC_CHECK(name.find("  ") == std::string::npos, "spaces are one");
  }
}

void check_finding(const std::string& wanted, const std::string& name) {
  const std::vector<Named> all{{.id = "1", .name = name}, {.id = "2", .name = "Phone screen"}};
  const Result<Named> found = connector::find_named("stage", wanted, all);
  if (!found) {
    PRAXISYNC_CHECK(found.error().kind == ErrorKind::Rejected, "what is not there is Rejected");
    return check_shown(found.error().what, 700);
  }
  PRAXISYNC_CHECK(found->id == wanted || to_lower(trim(found->name)) == to_lower(trim(wanted)),
                  "what is found is what was named");
}

void check_glob(const std::string& pattern, const std::string& text) {
  if (!is_utf8(pattern) || !is_utf8(text)) return;  // a sign stands for a character of a text
  PRAXISYNC_CHECK(matches_glob("*", text) && matches_glob(text + "*", text + pattern),
                  "a star stands for anything");
  PRAXISYNC_CHECK(pattern.find_first_of("*?") != std::string::npos ||
                      matches_glob(pattern, text) == (to_lower(pattern) == to_lower(text)),
                  "without a sign a pattern is the text");
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  const std::string text(pieces.line()), value(pieces.line()), name(pieces.line()),
      other(pieces.rest());
  check_template_text(text, value);
  for (const NoteStyle style : {NoteStyle::Plain, NoteStyle::NoMarkup}) {
    check_note(std::string(input), style, 10'000);
    check_note(std::string(input), style, 40);
  }
  check_names(name, other);
  check_finding(value, name);
  check_glob(text, value);
  check_shown(printable(input, 100), 100);
}

}  // namespace praxisync::fuzz
