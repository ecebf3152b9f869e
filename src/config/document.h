/// A TOML document as a tree of values that know where they stand: what the readers of this folder
/// work on. Used inside src/config alone; toml++ ends here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/problem.h"

namespace praxisync::config {

enum class NodeKind { Text, Integer, Number, Boolean, Time, List, Table };

/// For people: "text", "a whole number", …
std::string_view to_string(NodeKind kind);

struct Entry;

struct Node {
  NodeKind kind = NodeKind::Table;
  Where where;
  std::string text;                ///< with Text
  std::int64_t integer = 0;        ///< with Integer
  bool boolean = false;            ///< with Boolean
  std::vector<Node> items;         ///< with List
  std::vector<Entry> entries;      ///< with Table
  std::optional<std::string> raw;  ///< the whole text, where the value came from the environment

  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
  /// Puts `value` in the place of what the table holds under `key`, if anything.
  void set(std::string_view key, const Where& at, Node value);
};

struct Entry {
  std::string key;
  Where where;  ///< of the key; of the value: `value.where`
  Node value;
};

/// The whole file as a table, or its first syntax error.
std::variant<Node, Problem> parse_document(std::string_view toml, const std::string& file);

/// A value from outside the file: what it says in TOML, where it is TOML, else its text as it is.
Node parse_value(std::string_view text, const Where& where);

}  // namespace praxisync::config
