#include "config/schema.h"

#include <algorithm>

#include "domain/check.h"

namespace praxisync::config {

using Names = std::vector<std::string>;

const std::vector<SectionSchema>& sections() {
  static const std::vector<SectionSchema> all{
      {"assess",
       {"base_url", "api_key", "bulk_size", "settle_after", "full_sweep", "longest_wait",
        "max_wait", "reads_per_hour", "writes_per_hour", "reserve_reads", "ca_file"}},
      {"state", {"path"}},
      {"schedule", {"cron", "every", "timezone", "jitter", "missed", "deadline"}},
      {"serve", {"listen", "token", "webhook_secrets", "polls_apart"}},
      {"safety", {"max_invites_per_run", "allow_domains", "deny_domains"}},
      {"notify", {"ping_url", "webhook_url", "format", "timeout"}},
  };
  return all;
}

const Names& section_keys(const std::string& name) {
  const auto found = std::ranges::find(sections(), name, &SectionSchema::name);
  PRAXISYNC_CHECK(found != sections().end(), "the readers ask for sections of the schema");
  return found->keys;
}

const Names& top_keys() {
  static const Names keys{"assess",    "state", "schedule", "serve",
                          "connector", "route", "safety",   "notify"};
  return keys;
}

const Names& connector_keys() {
  static const Names keys{"name", "type", "schedule"};
  return keys;
}

const Names& route_keys() {
  static const Names keys{"name",
                          "connector",
                          "job",
                          "stage",
                          "assessment",
                          "pipeline",
                          "send_email",
                          "role",
                          "priority",
                          "share",
                          "remind_after",
                          "max_reminders",
                          "cancel_when_left",
                          "on_passed",
                          "on_failed",
                          "on_expired",
                          "on_cancelled",
                          "on_withdrawn"};
  return keys;
}

const Names& policy_names() {
  static const Names names{"on_passed", "on_failed", "on_expired", "on_cancelled", "on_withdrawn"};
  return names;
}

const Names& policy_keys(const std::string& policy) {
  static const Names common{"note", "tag", "field", "link", "move_to", "reject"};
  static const Names expired{"note", "tag", "field", "link", "move_to", "reject", "reinvite"};
  return policy == "on_expired" ? expired : common;
}

const Names& field_keys() {
  static const Names keys{"name", "value"};
  return keys;
}

const Names& secret_keys() {
  static const Names keys{"env", "file", "credential"};
  return keys;
}

}  // namespace praxisync::config
