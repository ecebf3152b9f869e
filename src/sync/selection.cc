#include "sync/selection.h"

#include "domain/email.h"

namespace praxisync::sync {
namespace {

Shift done() { return {Shift::Kind::Done, "already done"}; }
Shift moved(std::string reason) { return {Shift::Kind::Moved, std::move(reason)}; }
Shift not_there() { return moved("the application is no longer there under this route"); }

}  // namespace

std::optional<Shift> shift_of(const ChosenContact& contact,
                              const std::optional<store::ContactGround>& ground) {
  if (!ground) return not_there();
  if (ground->engagement == EngagementKey{}) {
    return moved(ground->in_stage ? "blocked: " + ground->reason : "left the stage");
  }
  if (ground->target != contact.target) return moved("goes to another target now");
  if (email_key(ground->email) != email_key(contact.email)) return moved("the address has changed");
  if (ground->round > contact.round) return done();
  if (ground->round < contact.round) return moved("no further round is due");
  switch (ground->engagement_state) {
    case State::Queued:
      break;
    case State::Dispatching:
      return moved("a call of which the answer was lost is settled first");
    case State::Blocked:
      return moved("blocked: " + ground->reason);
    default:
      return done();
  }
  // The screening itself may be over, where another application of the same person still waits.
  if (ground->state != State::Queued || !ground->in_stage) return moved("left the stage");
  if (ground->stage != contact.stage) return moved("is in another stage now");
  return std::nullopt;
}

std::optional<Shift> shift_of(const ChosenWrite& write,
                              const std::optional<store::WriteGround>& ground,
                              const std::optional<store::ContactGround>& screening) {
  if (!screening) return not_there();
  if (!ground) {
    return moved("the candidate is " + std::string(to_string(screening->state)) +
                 " now, and this is not to be written for it");
  }
  if (ground->state == "refused") return moved("refused by the ATS: " + ground->reason);
  if (ground->value != write.value) return moved("its value has changed");
  if (ground->state == "applied") return done();
  return std::nullopt;
}

}  // namespace praxisync::sync
