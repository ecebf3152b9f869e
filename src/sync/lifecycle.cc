#include "sync/lifecycle.h"

#include "domain/email.h"
#include "sync/lookup.h"

namespace praxisync::sync {
namespace {

using store::Answer;
using store::IntentKind;

class Lifecycle {
 public:
  explicit Lifecycle(Context& context) : context_(context) {}

  Course run() {
    for (const Route& route : context_.routes()) {
      if (route.target.kind != TargetKind::Assessment) continue;
      if (route.remind_after && context_.scope() == nullptr) {
        if (const Course course = remind(route); ends(course)) return course;
      }
      if (route.cancel_when_left == CancelWhenLeft::Yes) {
        if (const Course course = cancel(route); ends(course)) return course;
      }
    }
    return Course::GoOn;
  }

 private:
  static bool ends(Course course) { return course == Course::EndRun || course == Course::EndPhase; }

  /// A reminder is an e-mail too: [safety] may have changed since the invitation.
  bool may_be_contacted(const Engagement& engagement) const {
    return context_.options().domains.permit(domain_of(engagement.email));
  }

  Course remind(const Route& route) {
    EngagementKey behind{0};
    for (;;) {
      Result<std::vector<Engagement>> due = context_.store().intents().due_for_reminder(
          route.name, context_.report().started_at, *route.remind_after, route.max_reminders,
          behind, 100);
      if (!due) return context_.store_failed(due.error());
      if (due->empty()) return Course::GoOn;
      context_.observer().step("remind for " + route.name.text());
      behind = due->back().key;
      for (const Engagement& engagement : *due) {
        if (!may_be_contacted(engagement)) continue;
        if (const Course course = call(IntentKind::Remind, engagement); ends(course)) return course;
      }
    }
  }

  Course cancel(const Route& route) {
    EngagementKey after{0};
    for (;;) {
      Result<std::vector<Engagement>> due =
          context_.store().intents().due_for_cancelling(route.name, after, 100);
      if (!due) return context_.store_failed(due.error());
      if (due->empty()) return Course::GoOn;
      context_.observer().step("cancel for " + route.name.text());
      after = due->back().key;
      for (const Engagement& engagement : *due) {
        if (const Course course = call(IntentKind::Cancel, engagement); ends(course)) return course;
      }
    }
  }

  Course call(IntentKind kind, const Engagement& engagement) {
    if (!context_.may_go_on()) return Course::EndRun;
    if (!context_.open(http::Cost::Write)) return Course::EndPhase;
    const std::string where = kind == IntentKind::Remind ? "remind" : "cancel";
    const store::Stamp stamp = context_.stamp();
    Result<IntentKey> intent = context_.store().intents().open(
        kind, engagement.target.slug, {engagement.key}, "", stamp.at, stamp);
    if (!intent) return context_.store_failed(intent.error());
    context_.report().least.writes += 1;
    const auto reply = kind == IntentKind::Remind ? context_.assess().remind(engagement.token)
                                                  : context_.assess().cancel(engagement.token);
    store::Settlement settlement{.engagement = engagement.key};
    if (reply || (kind == IntentKind::Cancel && reply.refusal() == assess::Refusal::NotFound)) {
      settlement.answer = kind == IntentKind::Remind ? Answer::Reminded : Answer::Cancelled;
      settlement.reason = kind == IntentKind::Cancel ? "left the stage" : "";
      return settle(*intent, settlement);
    }
    const ErrorKind error = reply.error().kind;
    const bool open = error == ErrorKind::OutcomeUnknown || error == ErrorKind::Malformed ||
                      error == ErrorKind::Exhausted;
    if (!open) {
      if (const Course course = settle(*intent, settlement); course != Course::GoOn) return course;
    }
    if (error != ErrorKind::Rejected)
      return context_.assess_failed(where, reply.failure(), http::Cost::Write);
    return refresh(engagement);
  }

  /// Refused: the candidate has started, finished or run out of time meanwhile. See which.
  Course refresh(const Engagement& engagement) {
    if (!context_.open(http::Cost::Read)) return Course::EndPhase;
    context_.report().least.reads += 1;
    auto invite = context_.assess().get_invite(engagement.token);
    if (invite) return record_invites(context_, {std::move(*invite)});
    if (invite.refusal() != assess::Refusal::NotFound) {
      return context_.assess_failed("statuses", invite.failure(), http::Cost::Read);
    }
    const Result<void> gone =
        context_.store().engagements().record_gone(engagement.key, context_.stamp());
    return gone ? Course::GoOn : context_.store_failed(gone.error());
  }

  Course settle(IntentKey intent, const store::Settlement& settlement) {
    Result<store::SettledCounts> counts =
        context_.store().intents().settle(intent, {settlement}, context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    context_.counts().reminded += counts->reminded;
    context_.counts().cancelled += counts->cancelled;
    return Course::GoOn;
  }

  Context& context_;
};

}  // namespace

Course lifecycle(Context& context) { return Lifecycle(context).run(); }

}  // namespace praxisync::sync
