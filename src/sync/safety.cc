#include "sync/safety.h"

#include <fmt/format.h>

namespace praxisync::sync {

Course apply_domains(Context& context) {
  const Result<store::DomainChanges> changes =
      context.store().safety().apply_domains(context.options().domains, context.stamp());
  if (!changes) return context.store_failed(changes.error());
  context.counts().queued += changes->queued_again;
  context.counts().blocked += changes->blocked;
  if (changes->blocked > 0) {
    context.report().end(Ending::Records);
    context.report().add(Problem{"allowed domains", ErrorKind::Rejected,
                                 std::string(store::kDomainNotAllowed), changes->blocked});
  }
  return Course::GoOn;
}

void report_grown(Context& context, const store::Growth& growth, int to_confirm) {
  for (const store::GrownRoute& route : growth.routes) {
    context.report().end(Ending::Held);
    context.report().add(Problem{
        "safety limit", ErrorKind::Exhausted,
        fmt::format("route {}: its stage lists {} people where it had {}: none of its {} in the "
                    "queue is contacted. Look at 'praxisync plan'; if that is right, run "
                    "'praxisync sync --confirm {}'",
                    route.route.text(), route.has, route.had, route.queued, to_confirm)});
  }
}

}  // namespace praxisync::sync
