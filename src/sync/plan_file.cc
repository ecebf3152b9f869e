#include "sync/plan_file.h"

namespace praxisync::sync {

Selection selection_of(const Plan& plan) {
  Selection selection;
  for (const PlannedContact& contact : plan.contacts) {
    selection.contacts.push_back({contact.connector, contact.application, contact.route,
                                  contact.target, contact.round, contact.email, contact.stage});
  }
  for (const PlannedWrite& write : plan.writes) {
    selection.writes.push_back({write.connector, write.application, write.route, write.kind,
                                write.field, write.value, write.outcome, write.marker});
  }
  return selection;
}

}  // namespace praxisync::sync
