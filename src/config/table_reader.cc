#include "config/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/check.h"
#include "domain/template.h"
#include "domain/text.h"

namespace praxisync::config {
namespace {

constexpr std::size_t kShownName = 60;

std::string for_example(const Entry& entry, std::string_view example) {
  return example.empty() ? "" : fmt::format("for example: {} = {}", entry.key, example);
}

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  });
}

}  // namespace

TableReader::TableReader(const Node& table, std::string title, std::vector<std::string> known,
                         Findings& findings)
    : table_(table), title_(std::move(title)), known_(std::move(known)), findings_(findings) {
  if (!known_.empty()) note_unknown_keys();
}

void TableReader::note_unknown_keys() {
  for (const Entry& entry : table_.entries) {
    if (std::ranges::find(known_, entry.key) != known_.end()) continue;
    std::string hint = did_you_mean_hint(entry.key, known_);
    if (hint.empty()) hint = fmt::format("{} takes {}", title_, quoted_list(known_));
    findings_.error(entry.where,
                    fmt::format("unknown key \"{}\"", printable(entry.key, kShownName)), hint);
  }
}

const Entry* TableReader::entry(const Key& key) {
  PRAXISYNC_CHECK(known_.empty() || std::ranges::find(known_, key.name) != known_.end(),
                  "the readers ask for keys of the schema");
  const Entry* found = table_.find(key.name);
  if (found == nullptr && key.need == Need::Required) {
    findings_.error(table_.where, fmt::format("{} lacks \"{}\"", title_, key.name),
                    key.example.empty() ? "" : fmt::format("add {} = {}", key.name, key.example));
  }
  return found;
}

std::optional<std::string> TableReader::text(const Key& key) {
  const Entry* found = entry(key);
  if (found == nullptr) return std::nullopt;
  return text_of(*found, key.example, findings_);
}

std::vector<std::string> TableReader::texts(const Key& key) {
  const Entry* found = entry(key);
  if (found == nullptr) return {};
  const Node& value = found->value;
  std::vector<std::string> all;
  if (value.kind == NodeKind::List) {
    for (const Node& item : value.items) {
      const Entry one{key.name, item.where, item};
      if (item.kind != NodeKind::Text) {
        note_wrong_type(one, "a list of texts in quotes", key.example, findings_);
      } else if (auto text = text_of(one, key.example, findings_)) {
        all.emplace_back(trim(*text));
      }
    }
  } else if (value.raw) {
    std::string_view rest = *value.raw;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (const auto word = trim(rest.substr(0, comma)); !word.empty()) all.emplace_back(word);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  } else {
    note_wrong_type(*found, "a list of texts in quotes", key.example, findings_);
  }
  return all;
}

std::optional<std::int64_t> TableReader::integer(const Key& key, IntegerRange range) {
  const Entry* found = entry(key);
  if (found == nullptr) return std::nullopt;
  if (found->value.kind != NodeKind::Integer) {
    note_wrong_type(*found, "a whole number", key.example, findings_);
    return std::nullopt;
  }
  const std::int64_t value = found->value.integer;
  if (value < range.least || value > range.most) {
    findings_.error(found->value.where, fmt::format("\"{}\" is {}", key.name, value),
                    fmt::format("it may be {} to {}", range.least, range.most));
    return std::nullopt;
  }
  return value;
}

std::optional<bool> TableReader::boolean(const Key& key) {
  const Entry* found = entry(key);
  if (found == nullptr) return std::nullopt;
  if (found->value.kind != NodeKind::Boolean) {
    note_wrong_type(*found, "true or false", key.example, findings_);
    return std::nullopt;
  }
  return found->value.boolean;
}

std::optional<Milliseconds> TableReader::duration(const Key& key, DurationRange range) {
  const Entry* found = entry(key);
  if (found == nullptr) return std::nullopt;
  const Node& value = found->value;
  if (value.kind != NodeKind::Text) {
    note_wrong_type(*found, "a duration in quotes", key.example, findings_);
    return std::nullopt;
  }
  const std::optional<Milliseconds> span = parse_duration(value.text);
  if (!span) {
    findings_.error(value.where, fmt::format("\"{}\" is not a duration", key.name),
                    R"(write it like "90s", "15m", "24h", "7d" or "1h30m")");
    return std::nullopt;
  }
  if (*span < range.least || *span > range.most) {
    findings_.error(value.where, fmt::format("\"{}\" is {}", key.name, format_duration(*span)),
                    fmt::format("it may be {} to {}", format_duration(range.least),
                                format_duration(range.most)));
    return std::nullopt;
  }
  return span;
}

std::optional<int> TableReader::percent(const Key& key, int most) {
  const Entry* found = entry(key);
  if (found == nullptr) return std::nullopt;
  const Node& value = found->value;
  std::string_view text = value.text;
  int number = -1;
  if (value.kind == NodeKind::Text && text.ends_with('%')) {
    text.remove_suffix(1);
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) number = -1;
  }
  if (number >= 0 && number <= most) return number;
  findings_.error(value.where,
                  fmt::format("\"{}\" is not a percentage from 0 to {}", key.name, most),
                  fmt::format("write it like {}", key.example));
  return std::nullopt;
}

const Node* TableReader::table(const Key& key) {
  const Entry* found = entry(key);
  if (found == nullptr) return nullptr;
  if (found->value.kind != NodeKind::Table) {
    note_wrong_type(*found, "a table", key.example, findings_);
    return nullptr;
  }
  return &found->value;
}

std::optional<std::string> text_of(const Entry& entry, std::string_view example,
                                   Findings& findings) {
  const Node& value = entry.value;
  if (value.kind != NodeKind::Text && !value.raw) {
    note_wrong_type(entry, "text in quotes", example, findings);
    return std::nullopt;
  }
  std::string text = value.kind == NodeKind::Text ? value.text : *value.raw;
  if (text.find_first_not_of(' ') == std::string::npos) {
    findings.error(value.where, fmt::format("\"{}\" is empty", entry.key),
                   for_example(entry, example));
    return std::nullopt;
  }
  if (has_control_characters(text)) {
    findings.error(value.where, fmt::format("\"{}\" holds a control character", entry.key),
                   "take it out");
    return std::nullopt;
  }
  return text;
}

bool usable_template(const Entry& entry, std::string_view text,
                     const std::vector<std::string>& known, Findings& findings) {
  const Result<void> usable = check_template(text, known);
  if (usable) return true;
  const std::string& what = usable.error().what;
  std::string hint;
  if (what.find("did you mean") == std::string::npos) {
    hint = "there is";
    for (const std::string& name : known) hint += " {" + name + "}";
  }
  findings.error(entry.value.where, fmt::format("\"{}\" has {}", entry.key, what), hint);
  return false;
}

void note_wrong_type(const Entry& entry, std::string_view wanted, std::string_view example,
                     Findings& findings) {
  findings.error(
      entry.value.where,
      fmt::format("\"{}\" must be {}, not {}", entry.key, wanted, to_string(entry.value.kind)),
      for_example(entry, example));
}

std::string did_you_mean_hint(std::string_view word, const std::vector<std::string>& known) {
  const std::string meant = did_you_mean(word, known);
  return meant.empty() ? "" : fmt::format("did you mean \"{}\"?", meant);
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += "\"" + words[i] + "\"";
  }
  return out;
}

}  // namespace praxisync::config
