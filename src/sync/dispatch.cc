#include "sync/dispatch.h"

#include <fmt/format.h>

#include "sync/enroll.h"
#include "sync/invite.h"

namespace praxisync::sync {
namespace {

constexpr std::string_view kChecking = "check quota and targets";

/// Persons blocked because their target took no invitations are queued again when it does.
Course revive(Context& context) {
  Result<std::vector<Target>> blocked = context.store().engagements().blocked_targets();
  if (!blocked) return context.store_failed(blocked.error());
  for (const Target& target : *blocked) {
    if (!context.open(http::Cost::Read)) return Course::EndPhase;
    context.report().least.reads += 1;
    bool takes = false;
    if (target.kind == TargetKind::Assessment) {
      const auto found = context.assess().get_assessment(AssessmentSlug(target.slug));
      if (!found && found.refusal() != assess::Refusal::NotFound) {
        return context.assess_failed(kChecking, found.failure(), http::Cost::Read);
      }
      takes = found && found->status == "active";
    } else {
      const auto found = context.assess().get_pipeline(PipelineSlug(target.slug));
      if (!found && found.refusal() != assess::Refusal::NotFound) {
        return context.assess_failed(kChecking, found.failure(), http::Cost::Read);
      }
      takes = found && !found->stages.empty();
    }
    if (!takes) continue;
    Result<int> revived = context.store().engagements().unblock(target, context.stamp());
    if (!revived) return context.store_failed(revived.error());
    context.counts().queued += *revived;
  }
  return Course::GoOn;
}

bool held(Context& context, int persons) {
  const Options& options = context.options();
  const int most = options.confirmed.value_or(options.max_invites_per_run);
  if (persons <= most) return false;
  context.report().end(Ending::Held);
  context.report().add(Problem{"safety limit", ErrorKind::Exhausted,
                               fmt::format("{} people would be contacted, {} are allowed: nothing "
                                           "was sent. Look at 'praxisync plan'; if that is "
                                           "right, run 'praxisync sync --confirm {}'",
                                           persons, most, persons)});
  return true;
}

/// One read: the list of active assessments carries the month's quota.
Course read_quota(Context& context) {
  if (!context.open(http::Cost::Read)) return Course::EndPhase;
  context.report().least.reads += 1;
  const auto page = context.assess().list_assessments({});
  if (!page) return context.assess_failed(kChecking, page.failure(), http::Cost::Read);
  context.report().quota = page->quota;
  if (page->quota) return Course::GoOn;
  const auto organisation = context.assess().get_organisation();
  if (!organisation)
    return context.assess_failed(kChecking, organisation.failure(), http::Cost::Read);
  context.report().quota = organisation->quota;
  return Course::GoOn;
}

Course send(Context& context) {
  Result<std::vector<store::Queue>> queues = context.store().engagements().queues();
  if (!queues) return context.store_failed(queues.error());
  int persons = 0;
  for (const store::Queue& queue : *queues) persons += queue.persons;
  if (persons == 0) return Course::GoOn;
  if (held(context, persons)) return Course::EndPhase;
  context.observer().step(kChecking);
  if (!context.report().quota) {
    if (const Course course = read_quota(context); course != Course::GoOn) return course;
  }
  Remaining remaining = context.report().quota->remaining;
  Course course = Course::GoOn;
  for (const store::Queue& queue : *queues) {
    if (!context.open(http::Cost::Write)) break;
    const bool assessment = queue.target.kind == TargetKind::Assessment;
    const int bulk = context.options().bulk_size;
    if (assessment) context.report().least.writes += (queue.persons + bulk - 1) / bulk;
    course =
        assessment ? Inviter(context, queue, remaining).run() : enroll(context, queue, remaining);
    if (course == Course::EndRun || course == Course::EndPhase) break;
  }
  context.report().quota->remaining = remaining;
  return course;
}

}  // namespace

Course dispatch(Context& context) {
  if (!context.may_go_on()) return Course::EndRun;
  if (const Course course = revive(context); course != Course::GoOn) return course;
  return send(context);
}

Course dispatch_again(Context& context) {
  const Ending so_far = context.report().ending;
  const bool stopped = so_far == Ending::Held || so_far == Ending::Quota;
  return stopped ? Course::GoOn : send(context);
}

}  // namespace praxisync::sync
