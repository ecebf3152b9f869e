/// The keys of the config's own tables, in one place: the readers, the overrides and 'did you mean'
/// all work on these lists. The settings of connectors are in their specs.
#pragma once

#include <string>
#include <vector>

namespace praxisync::config {

struct SectionSchema {
  std::string name;
  std::vector<std::string> keys;
};

/// The tables that stand once: assess, state, schedule, serve, safety, notify.
const std::vector<SectionSchema>& sections();
/// The keys of one of them.
const std::vector<std::string>& section_keys(const std::string& name);
/// Everything that may stand at the top of the file.
const std::vector<std::string>& top_keys();

/// What a connector has besides the settings of its type: name, type and schedule, a table with
/// the keys of the section `schedule`.
const std::vector<std::string>& connector_keys();
const std::vector<std::string>& route_keys();
/// on_passed, on_failed, …
const std::vector<std::string>& policy_names();
/// The keys of that policy: `reinvite` is on_expired's alone.
const std::vector<std::string>& policy_keys(const std::string& policy);
/// The keys of a policy's `field`.
const std::vector<std::string>& field_keys();
/// How a secret is named: env, file, credential.
const std::vector<std::string>& secret_keys();

}  // namespace praxisync::config
