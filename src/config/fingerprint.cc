#include "config/fingerprint.h"

#include "domain/digest.h"

namespace praxisync::config {
namespace {

/// Lengths before texts: no two configs can be spelt the same.
class Spelling {
 public:
  Spelling& operator<<(std::string_view part) {
    text_ += std::to_string(part.size()) + ":";
    text_ += part;
    return *this;
  }
  Spelling& operator<<(std::integral auto number) { return *this << std::to_string(number); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void spell(Spelling& out, const Policy& policy) {
  out << policy.reinvite << policy.actions.size();
  for (const PolicyAction& action : policy.actions)
    out << to_string(action.kind) << action.text << action.field;
}

void spell(Spelling& out, const Route& route) {
  out << route.name.text() << route.connector.text() << route.job << route.stage
      << to_string(route.target.kind) << route.target.slug << static_cast<int>(route.send_email)
      << route.role << route.remind_after.value_or(Milliseconds{-1}).count() << route.max_reminders
      << static_cast<int>(route.cancel_when_left);
  for (const Policy* policy : {&route.on_passed, &route.on_failed, &route.on_expired,
                               &route.on_cancelled, &route.on_withdrawn})
    spell(out, *policy);
}

}  // namespace

std::string fingerprint_of(const Config& config) {
  Spelling spelling;
  spelling << config.assess.base_url << config.connectors.size();
  for (const ConnectorConfig& connector : config.connectors)
    spelling << connector.name.text() << connector.type << connector.settings.spelt_out();
  for (const Route& route : config.routes) spell(spelling, route);
  return sha256(spelling.text());
}

}  // namespace praxisync::config
