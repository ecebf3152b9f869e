#include "connector/names.h"

#include <fmt/format.h>

#include "domain/character.h"
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

/// Those that change the order in which text is shown.
bool is_bidirectional(std::uint32_t point) {
  return point == 0x61C || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool is_control(std::uint32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

/// Calls `take(point, bytes)` for each character that may be passed on, control characters among
/// them: without bytes that are no UTF-8, and those that change the order.
template <typename Take>
void for_each_character(std::string_view text, Take take) {
  while (!text.empty()) {
    const Character next = first_character(text);
    if (next.point != Character::kNone && !is_bidirectional(next.point))
      take(next.point, text.substr(0, next.size));
    text.remove_prefix(next.size);
  }
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
  for_each_character(text, [&](std::uint32_t point, std::string_view bytes) {
    if (point == ' ' || is_control(point)) {
      space = !name.empty();
      return;
    }
    if (space) name += ' ';
    space = false;
    name += bytes;
  });
  cut(name, kLongestName);
  return std::string(trim(name));
}

std::string person_name(std::string_view first, std::string_view last) {
  return person_name(std::string(first).append(" ").append(last));
}

std::string note_text(const WriteBack& action, NoteStyle style, std::size_t most) {
  const std::string marker = fmt::format("\n[{}]", action.marker);
  std::string clean;
  for_each_character(action.value, [&](std::uint32_t point, std::string_view bytes) {
    if (style == NoteStyle::NoMarkup && (point == '<' || point == '>')) {
      clean += point == '<' ? "\u2039" : "\u203A";
    } else if (point == '\t') {
      clean += ' ';
    } else if (point == '\n' || !is_control(point)) {
      clean += bytes;
    }
  });
  // A word that an '@' begins may notify somebody of that name; what stands next is known only now.
  std::string text;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    text += clean[i];
    if (clean[i] == '@' && i + 1 < clean.size() && is_word(clean[i + 1])) text += "\u200B";
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
