#include "connector/names.h"

#include <fmt/format.h>

#include "domain/text.h"

namespace praxisync::connector {
namespace {

constexpr std::size_t kLongestName = 200;

bool is_named(std::string_view wanted, std::string_view name) {
  return to_lower(trim(wanted)) == to_lower(trim(name));
}

std::string list_of(const std::vector<Named>& all) {
  constexpr std::size_t kMost = 20;
  std::string text;
  for (std::size_t i = 0; i < all.size() && i < kMost; ++i) {
    text += fmt::format("{}\"{}\"", i == 0 ? "" : ", ", printable(all[i].name, 80));
  }
  if (all.size() > kMost) text += fmt::format(" and {} more", all.size() - kMost);
  return text.empty() ? "none" : text;
}

/// Cuts `text` to `most` bytes without splitting a character.
void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
}

/// U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 change the order in which text is shown.
bool is_bidirectional(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\xE2\x80" && text.substr(at, 2) != "\xE2\x81") return false;
  if (at + 2 >= text.size()) return false;
  const auto last = static_cast<unsigned char>(text[at + 2]);
  if (text[at + 1] == '\x80') return last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);
  return last >= 0xA6 && last <= 0xA9;
}

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

Result<Named> find_named(std::string_view what, std::string_view wanted,
                         const std::vector<Named>& all) {
  const Named* found = nullptr;
  for (const Named& one : all) {
    if (!one.id.empty() && one.id == wanted) return one;
    if (!is_named(wanted, one.name)) continue;
    if (found != nullptr) {
      return Error{ErrorKind::Rejected,
                   fmt::format("there is more than one {} \"{}\": name it by its id, {} or {}",
                               what, printable(wanted, 80), found->id, one.id)};
    }
    found = &one;
  }
  if (found != nullptr) return *found;
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  const std::string meant = did_you_mean(wanted, names);
  return Error{ErrorKind::Rejected,
               fmt::format("there is no {} \"{}\"{}; there are: {}", what, printable(wanted, 80),
                           meant.empty() ? "" : ", did you mean \"" + printable(meant, 80) + "\"?",
                           list_of(all))};
}

std::string person_name(std::string_view text) {
  std::string name;
  bool space = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (is_bidirectional(text, i)) {
      i += 2;
      continue;
    }
    // U+0080 to U+009F are control characters too.
    const bool c1 =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    if (byte <= 0x20 || byte == 0x7F || c1) {
      space = !name.empty();
      continue;
    }
    if (space) name += ' ';
    space = false;
    name += text[i];
  }
  cut(name, kLongestName);
  return name;
}

std::string person_name(std::string_view first, std::string_view last) {
  return person_name(std::string(first).append(" ").append(last));
}

std::string note_text(const WriteBack& action, NoteStyle style, std::size_t most) {
  const std::string marker = fmt::format("\n[{}]", action.marker);
  std::string text;
  for (std::size_t i = 0; i < action.value.size(); ++i) {
    const char c = action.value[i];
    const auto byte = static_cast<unsigned char>(c);
    if (is_bidirectional(action.value, i)) {
      i += 2;
    } else if (c == '@') {
      // A word that an '@' begins may notify somebody of that name.
      text += i + 1 < action.value.size() && is_word(action.value[i + 1]) ? "@\u200B" : "@";
    } else if (style == NoteStyle::NoMarkup && (c == '<' || c == '>')) {
      text += c == '<' ? "\u2039" : "\u203A";
    } else if (c == '\n' || (byte >= 0x20 && byte != 0x7F)) {
      text += c;
    } else if (c == '\t') {
      text += ' ';
    }
  }
  cut(text, most > marker.size() ? most - marker.size() : 0);
  return text + marker;
}

WriteBack as_kind(WriteBack action, ActionKind kind) {
  if (action.kind == ActionKind::Field) action.value = action.field + ": " + action.value;
  action.kind = kind;
  action.field.clear();
  return action;
}

}  // namespace praxisync::connector
