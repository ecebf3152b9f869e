#include "config/policy_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/schema.h"
#include "domain/template.h"
#include "domain/text.h"

namespace praxisync::config {
namespace {

constexpr std::string_view kScoredNote = "Assessment {assessment}: {verdict}, {score} %.";
constexpr std::string_view kUnscoredNote = "Assessment {assessment}: {verdict}.";
constexpr std::string_view kReportLink = "{report_url}";
constexpr int kMaxReinvitations = 10;

class PolicyReader {
 public:
  PolicyReader(const Node& table, std::string name, const connector::ConnectorSpec* spec,
               Findings& findings)
      : name_(std::move(name)),
        spec_(spec),
        findings_(findings),
        reader_(table, name_, keys_without_reinvite_elsewhere(table, name_, findings), findings) {}

  /// In the order in which the actions are done.
  Policy read() {
    read_switch("note", ActionKind::Note, scored() ? kScoredNote : kUnscoredNote);
    read_template("tag", ActionKind::Tag, R"("assessment-passed")");
    read_fields();
    read_switch("link", ActionKind::Link, kReportLink);
    read_template("move_to", ActionKind::Move, R"("Onsite")");
    read_template("reject", ActionKind::Reject, R"("Did not pass the assessment")");
    if (name_ == "on_expired") {
      const auto rounds =
          reader_.integer({"reinvite", Need::Optional, "1"}, {0, kMaxReinvitations});
      policy_.reinvite = static_cast<int>(rounds.value_or(0));
    }
    return std::move(policy_);
  }

 private:
  /// `reinvite` under another policy gets its own message, not a 'did you mean'.
  static std::vector<std::string> keys_without_reinvite_elsewhere(const Node& table,
                                                                  const std::string& name,
                                                                  Findings& findings) {
    std::vector<std::string> keys = policy_keys(name);
    const Entry* reinvite = table.find("reinvite");
    if (reinvite != nullptr && name != "on_expired") {
      findings.error(reinvite->where, fmt::format("{} cannot have \"reinvite\"", name),
                     "it belongs into on_expired");
      keys.push_back("reinvite");
    }
    return keys;
  }

  bool scored() const { return name_ == "on_passed" || name_ == "on_failed"; }

  /// Whether the connector can do it; if not, the finding names what it can.
  bool possible(const Entry& entry, ActionKind kind) {
    if (spec_ == nullptr) return true;
    if (spec_->capabilities.can(kind)) return true;
    if (const connector::Fallback* fallback = spec_->capabilities.fallback(kind)) {
      findings_.warning(entry.where,
                        fmt::format("\"{}\" is written as a {}: {}", entry.key,
                                    to_string(fallback->instead), fallback->why),
                        "");
      return true;
    }
    std::vector<std::string> can;
    for (const ActionKind action : spec_->capabilities.actions) can.emplace_back(to_string(action));
    findings_.error(
        entry.where,
        fmt::format("a connector of type \"{}\" cannot do \"{}\"", spec_->type, entry.key),
        can.empty() ? "it writes nothing back" : fmt::format("it can do {}", quoted_list(can)));
    return false;
  }

  void add(const Entry& entry, ActionKind kind, std::string text, std::string field = {}) {
    if (!usable_template(entry, text, outcome_variables(), findings_)) return;
    policy_.actions.push_back({kind, std::move(text), std::move(field)});
  }

  /// true for the usual text, false for nothing, or a text of one's own.
  void read_switch(const std::string& key, ActionKind kind, std::string_view usual) {
    const Entry* entry = reader_.entry({key});
    if (entry == nullptr || !possible(*entry, kind)) return;
    if (entry->value.kind == NodeKind::Boolean) {
      if (entry->value.boolean) add(*entry, kind, std::string(usual));
    } else if (entry->value.kind != NodeKind::Text && !entry->value.raw) {
      note_wrong_type(*entry, "true, false or text in quotes", "true", findings_);
    } else if (auto text = text_of(*entry, "true", findings_)) {
      add(*entry, kind, std::move(*text));
    }
  }

  void read_template(const std::string& key, ActionKind kind, const std::string& example) {
    const Entry* entry = reader_.entry({key});
    if (entry == nullptr || !possible(*entry, kind)) return;
    if (auto text = text_of(*entry, example, findings_)) add(*entry, kind, std::move(*text));
  }

  void read_fields() {
    const std::string example = R"({ name = "Score", value = "{score}" })";
    const Entry* entry = reader_.entry({"field"});
    if (entry == nullptr || !possible(*entry, ActionKind::Field)) return;
    const bool tables = std::ranges::all_of(
        entry->value.items, [](const Node& item) { return item.kind == NodeKind::Table; });
    if (entry->value.kind == NodeKind::Table) {
      read_field(entry->value);
    } else if (entry->value.kind == NodeKind::List && tables) {
      for (const Node& item : entry->value.items) read_field(item);
    } else {
      note_wrong_type(*entry, "a table, or a list of tables", example, findings_);
    }
  }

  void read_field(const Node& table) {
    TableReader reader(table, "\"field\"", field_keys(), findings_);
    const auto name = reader.text({"name", Need::Required, "\"Score\""});
    auto value = reader.text({"value", Need::Required, "\"{score}\""});
    if (!name || !value) return;
    const bool twice = std::ranges::any_of(policy_.actions, [&](const PolicyAction& action) {
      return action.kind == ActionKind::Field && action.field == *name;
    });
    if (twice) {
      findings_.error(table.find("name")->value.where,
                      fmt::format("the field \"{}\" is set twice", printable(*name, 60)),
                      "keep one of them");
      return;
    }
    add(*table.find("value"), ActionKind::Field, std::move(*value), *name);
  }

  std::string name_;
  const connector::ConnectorSpec* spec_;
  Findings& findings_;
  TableReader reader_;
  Policy policy_;
};

}  // namespace

Policy read_policy(TableReader& route, const std::string& name,
                   const connector::ConnectorSpec* spec) {
  const Node* table = route.table({name, Need::Optional, "{ note = true }"});
  if (table == nullptr) return {};
  return PolicyReader(*table, name, spec, route.findings()).read();
}

}  // namespace praxisync::config
