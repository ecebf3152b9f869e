#include "sync/dispatch.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "sync/enroll.h"
#include "sync/invite.h"
#include "sync/pull.h"
#include "sync/safety.h"
#include "sync/scarcity.h"
#include "sync/settle.h"

namespace praxisync::sync {
namespace {

constexpr std::string_view kChecking = "check targets";

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

/// Whether that many are more than this run may contact, besides those whom it already has.
bool held(Context& context, int persons, int to_confirm) {
  const Options& options = context.options();
  const int most = options.confirmed.value_or(options.max_invites_per_run);
  const int before = context.contacts().planned - context.contacts().skipped;
  if (before + persons <= most) return false;
  context.report().end(Ending::Held);
  const std::string after =
      before > 0 ? fmt::format(" after the {} whom this run has tried", before) : "";
  context.report().add(Problem{"safety limit", ErrorKind::Exhausted,
                               fmt::format("{} people would be contacted{}, {} are allowed: "
                                           "nothing was sent. Look at 'praxisync plan'; if that "
                                           "is right, run 'praxisync sync --confirm {}'",
                                           persons, after, most, to_confirm)});
  return true;
}

/// Who may be contacted now, and how many wait because their route is held.
struct Queued {
  std::vector<store::Queue> queues;
  int persons = 0, behind_held = 0;
  int all() const { return persons + behind_held; }
};

Course count(Context& context, Queued& waiting) {
  Result<std::vector<store::Queue>> queues = read_queues(context);
  if (!queues) return context.store_failed(queues.error());
  waiting.persons = 0;
  for (const store::Queue& queue : *queues) waiting.persons += queue.persons;
  waiting.queues = std::move(*queues);
  return Course::GoOn;
}

/// Holds back the routes that have grown too much, unless everybody who waits is confirmed.
Course hold_back(Context& context, Queued& waiting) {
  const Result<store::Growth> growth = context.store().safety().hold_grown();
  if (!growth) return context.store_failed(growth.error());
  waiting.behind_held = growth->persons;
  if (const Course course = count(context, waiting); course != Course::GoOn) return course;
  if (growth->routes.empty()) return Course::GoOn;
  if (context.options().confirmed.value_or(0) < waiting.all()) {
    report_grown(context, *growth, waiting.all());
    return Course::GoOn;
  }
  if (const Result<void> accepted = context.store().safety().accept_growth(); !accepted)
    return context.store_failed(accepted.error());
  waiting.behind_held = 0;
  return count(context, waiting);
}

/// Says who waits, for what and until when.
void report_waiting(Context& context, int waiting, const Means& means) {
  const bool quota = means.quota_left && *means.quota_left <= 0;
  context.report().end(quota ? Ending::Quota : Ending::Throttled);
  std::string why = fmt::format(
      "{} people wait: the month's invitation quota is used up; they go "
      "out when the Assess API has quota again",
      waiting);
  if (!quota) {
    const std::optional<Timestamp> more = more_writes(means.writes);
    why = fmt::format("{} people wait: the hour's writes are used up", waiting);
    if (more) {
      why += ": more from " + format_timestamp(*more);
      context.report().resume_at = std::max(context.report().resume_at.value_or(*more), *more);
    }
  }
  context.report().add(Problem{"people to contact", ErrorKind::Exhausted, std::move(why)});
}

/// Sends what each queue is granted, the highest priority first.
Course send_granted(Context& context, const std::vector<store::Queue>& queues,
                    const std::vector<int>& granted, Remaining& remaining) {
  std::vector<Demand> demands;
  for (const Waiting& queue : weigh(queues, context.routes())) demands.push_back(queue.demand);
  Course worst = Course::GoOn;
  for (const std::size_t i : by_priority(demands)) {
    if (granted[i] == 0) continue;
    if (!context.open(http::Cost::Write)) return Course::EndPhase;
    const store::Queue& queue = queues[i];
    const bool assessment = queue.target.kind == TargetKind::Assessment;
    if (calls_of(queue) == Calls::EachBatch) {
      context.report().least.writes +=
          calls_for(calls_of(queue), granted[i], context.options().bulk_size);
    }
    const Course course = assessment ? Inviter(context, queue, granted[i], remaining).run()
                                     : enroll(context, queue, granted[i], remaining);
    if (course == Course::EndRun || course == Course::EndPhase) return course;
    if (course == Course::NextStream) worst = course;
  }
  return worst;
}

/// Goes on while somebody was served and there is still something to spend: people invited before
/// cost no quota. `waiting` is as it stands at the end.
Course send_to(Context& context, Queued& waiting) {
  if (const Course course = read_quota(context); course != Course::GoOn) return course;
  Remaining& remaining = context.report().quota->remaining;
  for (int before = std::numeric_limits<int>::max();
       waiting.persons > 0 && waiting.persons < before;) {
    before = waiting.persons;
    const Result<Means> means = means_of(context);
    if (!means) return context.store_failed(means.error());
    const std::vector<int> granted = grants(weigh(waiting.queues, context.routes()), *means);
    if (std::accumulate(granted.begin(), granted.end(), 0) == 0) {
      report_waiting(context, waiting.persons, *means);
      return Course::EndPhase;
    }
    const Course sent = send_granted(context, waiting.queues, granted, remaining);
    if (const Course course = count(context, waiting); course != Course::GoOn) return course;
    if (sent != Course::GoOn) return sent;
  }
  return Course::GoOn;
}

/// A run that leaves somebody waiting says so, each time.
Course report_unseen(Context& context) {
  const Result<int> unseen = context.store().engagements().count_unseen();
  if (!unseen) return context.store_failed(unseen.error());
  if (*unseen == 0) return Course::GoOn;
  context.report().add(Problem{"people to contact", ErrorKind::Malformed,
                               "not contacted: their stage lists nobody any more", *unseen});
  return Course::GoOn;
}

Course send(Context& context) {
  if (const Course course = pull_queued(context); course != Course::GoOn) return course;
  if (const Course course = apply_domains(context); course != Course::GoOn) return course;
  if (const Course course = report_unseen(context); course != Course::GoOn) return course;
  Queued waiting;
  if (const Course course = hold_back(context, waiting); course != Course::GoOn) return course;
  // Whoever was left over before waits still: they were planned already.
  Tally& contacts = context.contacts();
  contacts.planned += waiting.all() - contacts.skipped;
  contacts.skipped = waiting.all();
  if (waiting.persons == 0) return Course::GoOn;
  if (held(context, waiting.persons, waiting.all())) return Course::EndPhase;
  const Course sent = send_to(context, waiting);
  contacts.skipped = waiting.all();
  return sent;
}

}  // namespace

Course dispatch(Context& context) {
  if (!context.may_go_on()) return Course::EndRun;
  if (const Course course = revive(context); course != Course::GoOn) return course;
  if (const Course course = settle_old_attempts(context); course == Course::EndRun) return course;
  return send(context);
}

Course dispatch_again(Context& context) {
  const Ending so_far = context.report().ending;
  const bool stopped = so_far == Ending::Held || so_far == Ending::Quota;
  return stopped ? Course::GoOn : send(context);
}

}  // namespace praxisync::sync
