#include "config/document.h"

#include <toml++/toml.h>

#include <algorithm>

#include "domain/text.h"

namespace praxisync::config {
namespace {

/// Deeper tables mean nothing here, and a tree is taken down recursively.
constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxLine = 8192;

Where where_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Node convert(const toml::node& from, const std::string& file, int depth);

Node convert_table(const toml::table& from, const std::string& file, int depth) {
  Node node;
  for (const auto& [key, value] : from) {
    node.entries.push_back(Entry{std::string(key.str()), where_of(key.source(), file),
                                 convert(value, file, depth + 1)});
  }
  std::ranges::stable_sort(node.entries, {}, [](const Entry& entry) {
    return std::pair(entry.where.line, entry.where.column);
  });
  return node;
}

Node convert_kind(const toml::node& from, const std::string& file, int depth) {
  Node node;
  if (const toml::table* table = from.as_table()) return convert_table(*table, file, depth);
  if (const toml::array* list = from.as_array()) {
    node.kind = NodeKind::List;
    for (const toml::node& item : *list) node.items.push_back(convert(item, file, depth + 1));
  } else if (const auto* text = from.as_string()) {
    node.kind = NodeKind::Text;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = NodeKind::Integer;
    node.integer = integer->get();
  } else if (const auto* boolean = from.as_boolean()) {
    node.kind = NodeKind::Boolean;
    node.boolean = boolean->get();
  } else {
    node.kind = from.is_floating_point() ? NodeKind::Number : NodeKind::Time;
  }
  return node;
}

Node convert(const toml::node& from, const std::string& file, int depth) {
  Node node = depth > kMaxDepth ? Node{} : convert_kind(from, file, depth);
  node.where = where_of(from.source(), file);
  return node;
}

/// Puts a whole tree in one place: what came from the environment has no lines.
void move_to(Node& node, const Where& where) {
  node.where = where;
  for (Node& item : node.items) move_to(item, where);
  for (Entry& entry : node.entries) {
    entry.where = where;
    move_to(entry.value, where);
  }
}

/// A key that stands twice is named where it is spelt as those of this config are: a secret has
/// digits, capitals or more length.
bool is_key_like(std::string_view text) {
  return text.size() <= 32 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || c == '_' || c == '.';
         });
}

bool may_be_shown(std::string_view quoted) {
  return quoted.size() == 1 || quoted == "\\n" || quoted == "true" || quoted == "false";
}

/// What toml++ says, less the stretches of the file that it quotes and that `shows` does not let
/// pass: one might be a secret.
std::string without_quotes(std::string_view description, bool (*shows)(std::string_view)) {
  std::string out;
  while (!description.empty()) {
    const auto open = description.find('\'');
    const auto close = open == std::string_view::npos ? open : description.find('\'', open + 1);
    if (close == std::string_view::npos) break;
    const std::string_view quoted = description.substr(open + 1, close - open - 1);
    out += description.substr(0, open);
    out += shows(quoted) ? description.substr(open, close - open + 1) : "other text";
    description.remove_prefix(close + 1);
  }
  return out + std::string(description.find('\'') == std::string_view::npos ? description : "");
}

Problem syntax_problem(const toml::parse_error& error, const std::string& file) {
  const Where where = where_of(error.source(), file);
  std::string_view description = error.description();
  const bool redefined = description.find("redefine existing") != std::string_view::npos;
  const bool untyped = description.find("determine value type") != std::string_view::npos ||
                       description.find("parsing boolean") != std::string_view::npos ||
                       description.find("parsing floating-point") != std::string_view::npos;
  const bool encoding = to_lower(description).find("utf-8") != std::string::npos;
  const std::string_view lead = "Error while parsing ";
  if (description.starts_with(lead)) description.remove_prefix(lead.size());
  std::string hint;
  if (redefined) hint = "each key and each [section] stands once; lists of sections are [[…]]";
  if (untyped) hint = "text is written in double quotes";
  if (encoding) hint = "save the file as UTF-8";
  return {where.file, where.line, where.column,
          "not valid TOML: " +
              printable(without_quotes(description, redefined ? is_key_like : may_be_shown), 300),
          hint};
}

std::optional<Problem> overlong_line(std::string_view toml, const std::string& file) {
  int line = 1;
  for (std::size_t start = 0; start < toml.size(); ++line) {
    const auto end = std::min(toml.find('\n', start), toml.size());
    if (end - start > kMaxLine) {
      return Problem{file, line, 1, "the line is longer than 8192 bytes",
                     "break a long text with \"\"\" … \"\"\""};
    }
    start = end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(NodeKind kind) {
  switch (kind) {
    case NodeKind::Text:
      return "text";
    case NodeKind::Integer:
      return "a whole number";
    case NodeKind::Number:
      return "a number with a fraction";
    case NodeKind::Boolean:
      return "true or false";
    case NodeKind::Time:
      return "a date or time";
    case NodeKind::List:
      return "a list";
    case NodeKind::Table:
      return "a table";
  }
  return "something else";
}

const Entry* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

void Node::set(std::string_view key, const Where& at, Node value) {
  if (Entry* entry = find(key)) {
    entry->where = at;
    entry->value = std::move(value);
  } else {
    entries.push_back(Entry{std::string(key), at, std::move(value)});
  }
}

std::variant<Node, Problem> parse_document(std::string_view toml, const std::string& file) {
  if (auto problem = overlong_line(toml, file)) return *problem;
  try {
    return convert(toml::parse(toml), file, 0);
  } catch (const toml::parse_error& error) {
    return syntax_problem(error, file);
  }
}

Node parse_value(std::string_view text, const Where& where) {
  Node node;
  node.kind = NodeKind::Text;
  node.text = text;
  if (text.size() <= kMaxLine && text.find_first_of("\r\n") == std::string_view::npos) {
    try {
      const toml::table document = toml::parse("value = " + std::string(text));
      if (document.size() == 1) node = convert(*document.get("value"), where.file, 0);
    } catch (const toml::parse_error&) {
      node.kind = NodeKind::Text;  // not TOML, so it is text
    }
  }
  move_to(node, where);
  node.raw = text;
  return node;
}

}  // namespace praxisync::config
