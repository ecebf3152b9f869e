#include "sync/choose.h"

#include "sync/selection.h"

namespace praxisync::sync {
namespace {

class Chooser {
 public:
  explicit Chooser(Context& context) : context_(context), ground_(context.store().ground()) {}

  Course run(const Selection& selection) {
    context_.observer().step("hold the plan against today");
    for (const ChosenContact& contact : selection.contacts) {
      if (const Course course = look_at(contact); course != Course::GoOn) return course;
    }
    for (const ChosenWrite& write : selection.writes) {
      if (const Course course = look_at(write); course != Course::GoOn) return course;
    }
    const Result<void> narrowed = ground_.narrow_to(contacts_, writes_);
    return narrowed ? Course::GoOn : context_.store_failed(narrowed.error());
  }

 private:
  Course look_at(const ChosenContact& contact) {
    const auto found = ground_.contact(contact.connector, contact.application, contact.route);
    if (!found) return context_.store_failed(found.error());
    const bool invites = contact.target.kind == TargetKind::Assessment;
    if (!dropped(contact, invites ? "invite" : "enroll", shift_of(contact, *found)))
      contacts_.push_back((*found)->engagement);
    return Course::GoOn;
  }

  Course look_at(const ChosenWrite& write) {
    const auto screening = ground_.contact(write.connector, write.application, write.route);
    if (!screening) return context_.store_failed(screening.error());
    const auto found = ground_.write(write.marker);
    if (!found) return context_.store_failed(found.error());
    if (!dropped(write, to_string(write.kind), shift_of(write, *found, *screening)))
      writes_.push_back((*found)->key);
    return Course::GoOn;
  }

  bool dropped(const auto& action, std::string_view kind, std::optional<Shift> shift) {
    if (!shift && !context_.was_read(action.connector))
      shift = Shift{Shift::Kind::Moved, "its connector could not be read to the end"};
    if (!shift) return false;
    context_.report().drop(
        {action.connector, action.application, action.route, std::string(kind), shift->reason});
    if (shift->kind == Shift::Kind::Moved) context_.report().end(Ending::Records);
    return true;
  }

  Context& context_;
  store::Ground& ground_;
  std::vector<EngagementKey> contacts_;
  std::vector<WriteBackKey> writes_;
};

}  // namespace

Course choose(Context& context) { return Chooser(context).run(*context.selection()); }

}  // namespace praxisync::sync
