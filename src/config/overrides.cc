#include "config/overrides.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/schema.h"
#include "config/table_reader.h"
#include "domain/text.h"

namespace praxisync::config {
namespace {

constexpr std::string_view kPrefix = "PRAXISYNC_";

/// One key that a variable can stand for, and the way to it from the top of the document.
struct Slot {
  std::string variable;
  std::string section;               ///< assess, …, connector or route
  std::optional<std::size_t> index;  ///< in the list, for connector and route
  std::vector<std::string> keys;
};

/// "gh-eu" as variables spell it: "GH_EU".
std::string spelt(std::string_view name) {
  std::string out;
  for (const char c : name) {
    out += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

class Slots {
 public:
  explicit Slots(const Node& document, const std::vector<connector::ConnectorSpec>& specs) {
    for (const SectionSchema& section : sections()) {
      for (const std::string& key : section.keys) add(section.name, std::nullopt, "", {key});
    }
    each_item(document, "connector", [&](std::size_t i, const Node& item, const std::string& name) {
      add_connector(i, item, name, specs);
    });
    each_item(document, "route",
              [&](std::size_t i, const Node&, const std::string& name) { add_route(i, name); });
  }

  const std::vector<Slot>& all() const { return slots_; }

 private:
  template <typename Body>
  static void each_item(const Node& document, const std::string& list, Body body) {
    const Entry* entry = document.find(list);
    if (entry == nullptr) return;
    for (std::size_t i = 0; i < entry->value.items.size(); ++i) {
      const Entry* name = entry->value.items[i].find("name");
      if (name != nullptr && name->value.kind == NodeKind::Text) {
        body(i, entry->value.items[i], name->value.text);
      }
    }
  }

  void add(const std::string& section, std::optional<std::size_t> index, const std::string& name,
           std::vector<std::string> keys) {
    std::string variable = std::string(kPrefix) + spelt(section);
    if (index) variable += "__" + spelt(name);
    for (const std::string& key : keys) variable += "__" + spelt(key);
    slots_.push_back({std::move(variable), section, index, std::move(keys)});
  }

  void add_connector(std::size_t index, const Node& item, const std::string& name,
                     const std::vector<connector::ConnectorSpec>& specs) {
    const Entry* type = item.find("type");
    const auto spec = std::ranges::find_if(specs, [&](const connector::ConnectorSpec& one) {
      return type != nullptr && one.type == type->value.text;
    });
    if (spec == specs.end()) return;
    for (const std::string& key : section_keys("schedule"))
      add("connector", index, name, {"schedule", key});
    for (const connector::SettingSpec& setting : spec->settings) {
      add("connector", index, name, {setting.name});
      for (const std::string& key : setting.keys) {
        add("connector", index, name, {setting.name, key});
      }
    }
  }

  void add_route(std::size_t index, const std::string& name) {
    for (const std::string& key : route_keys()) {
      if (key != "name") add("route", index, name, {key});
    }
    for (const std::string& policy : policy_names()) {
      for (const std::string& key : policy_keys(policy)) add("route", index, name, {policy, key});
      for (const std::string& key : field_keys()) {
        add("route", index, name, {policy, "field", key});
      }
    }
  }

  std::vector<Slot> slots_;
};

/// The table under `key`, made where there is none; nullptr where something else stands there.
Node* table_under(Node& parent, const std::string& key, const Where& where) {
  if (parent.find(key) == nullptr) {
    Node table;
    table.where = where;
    parent.set(key, where, std::move(table));
  }
  Node& value = parent.find(key)->value;
  return value.kind == NodeKind::Table ? &value : nullptr;
}

void put(Node& document, const Slot& slot, const std::string& text) {
  const Where where{"environment variable " + slot.variable};
  Node* table = slot.index ? &document.find(slot.section)->value.items[*slot.index]
                           : table_under(document, slot.section, where);
  for (std::size_t i = 0; table != nullptr && i + 1 < slot.keys.size(); ++i) {
    table = table_under(*table, slot.keys[i], where);
  }
  // Where no table stands although one should, the reader of that place says so.
  if (table != nullptr) table->set(slot.keys.back(), where, parse_value(text, where));
}

std::string hint_for(const std::string& variable, const std::vector<Slot>& slots) {
  std::vector<std::string> names;
  for (const Slot& slot : slots) names.push_back(slot.variable);
  std::string hint = did_you_mean_hint(variable, names);
  if (hint.empty()) {
    hint =
        "it would be PRAXISYNC_SECTION__KEY, or PRAXISYNC_CONNECTOR__NAME__KEY for a connector "
        "that the file names";
  }
  return hint;
}

}  // namespace

void apply_overrides(Node& document, const std::vector<connector::ConnectorSpec>& specs,
                     const Environment& environment, Findings& findings) {
  const Slots slots(document, specs);
  for (const auto& [variable, text] : environment) {
    if (!variable.starts_with(kPrefix) || variable.find("__") == std::string::npos) continue;
    const Where where{"environment variable " + printable(variable, 100)};
    const auto fits = [&name = variable](const Slot& slot) { return slot.variable == name; };
    const auto slot = std::ranges::find_if(slots.all(), fits);
    if (slot == slots.all().end()) {
      findings.error(where, "no key of the config has this name", hint_for(variable, slots.all()));
    } else if (std::ranges::count_if(slots.all(), fits) > 1) {
      findings.error(where, "two names of the config are spelt like this",
                     "rename one of them: '-' and '_' are the same here, and so are A and a");
    } else {
      put(document, *slot, text);
    }
  }
}

}  // namespace praxisync::config
