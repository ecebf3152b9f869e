#include "sync/invite.h"

#include <algorithm>
#include <map>

#include "domain/email.h"

namespace praxisync::sync {

using assess::Refusal;
using store::Answer;
using store::IntentKind;
using store::Settlement;

Inviter::Inviter(Context& context, const store::Queue& queue, int most, Remaining& remaining)
    : context_(context),
      queue_(queue),
      most_(most),
      remaining_(remaining),
      slug_(queue.target.slug),
      send_email_(queue.send_email == SendEmail::Yes ? assess::SendInvitationEmail::Yes
                                                     : assess::SendInvitationEmail::No),
      where_("invite to " + queue.target.slug) {}

Course Inviter::run() {
  context_.observer().step(where_);
  return queue_.rounds == store::Rounds::First ? invite_in_bulk() : invite_singly();
}

bool Inviter::quota_left() {
  if (!remaining_ || *remaining_ > 0) return true;
  context_.report().end(Ending::Quota);
  context_.report().add(Problem{
      where_, ErrorKind::Exhausted,
      "the month's invitation quota is used up: the rest stay queued and go out when the Assess "
      "API has quota again"});
  return false;
}

Course Inviter::invite_in_bulk() {
  EngagementKey after{0};
  for (;;) {
    if (!context_.may_go_on()) return Course::EndRun;
    if (!context_.open(http::Cost::Write)) return Course::EndPhase;
    if (most_ == 0) return Course::GoOn;
    int size = std::min(most_, context_.options().bulk_size);
    if (remaining_) size = std::clamp(*remaining_, 1, size);
    Result<Batch> batch = context_.store().engagements().queued(queue_, after, size);
    if (!batch) return context_.store_failed(batch.error());
    if (batch->empty()) return Course::GoOn;
    if (!quota_left()) return Course::EndPhase;
    after = batch->back().key;
    if (const Course course = send(*batch); course != Course::GoOn) return course;
    most_ -= static_cast<int>(batch->size());
    sent_ += static_cast<std::int64_t>(batch->size());
    context_.observer().progress(sent_, queue_.persons);
  }
}

/// A further round needs an answer of its own: a bulk call does not tell whether it was renewed.
Course Inviter::invite_singly() {
  EngagementKey after{0};
  while (most_ > 0) {
    Result<Batch> batch =
        context_.store().engagements().queued(queue_, after, std::min(most_, 100));
    if (!batch) return context_.store_failed(batch.error());
    if (batch->empty()) return Course::GoOn;
    after = batch->back().key;
    most_ -= static_cast<int>(batch->size());
    if (const Course course = send_singly(*batch); course != Course::GoOn) return course;
  }
  return Course::GoOn;
}

Course Inviter::send(const Batch& batch) {
  std::vector<assess::Candidate> candidates;
  std::vector<EngagementKey> keys;
  for (const Engagement& engagement : batch) {
    candidates.push_back({engagement.email, engagement.name, engagement.role});
    keys.push_back(engagement.key);
  }
  const std::string body = assess::Client::bulk_body(candidates, send_email_);
  const store::Stamp stamp = context_.stamp();
  Result<IntentKey> intent =
      context_.store().intents().open(IntentKind::BulkInvite, slug_.text(), keys, body,
                                      stamp.at + context_.options().settle_after, stamp);
  if (!intent) return context_.store_failed(intent.error());
  const auto reply = context_.assess().bulk_invite(slug_, body);
  return reply ? answer(*intent, batch, *reply) : refused(*intent, batch, reply.failure());
}

Course Inviter::answer(IntentKey intent, const Batch& batch, const assess::BulkAnswer& reply) {
  std::map<std::string, const assess::BulkInvited*> invited;
  std::map<std::string, const assess::BulkSkipped*> skipped;
  for (const assess::BulkInvited& row : reply.invited) invited[email_key(row.email)] = &row;
  for (const assess::BulkSkipped& row : reply.skipped) skipped[email_key(row.email)] = &row;
  std::vector<Settlement> settlements;
  Batch singly;
  for (const Engagement& engagement : batch) {
    const std::string person = email_key(engagement.email);
    Settlement settlement{.engagement = engagement.key};
    const auto skip = skipped.find(person);
    if (const auto found = invited.find(person); found != invited.end()) {
      settlement.answer = Answer::Invited;
      settlement.token = found->second->token;
    } else if (skip != skipped.end() &&
               skip->second->reason == assess::SkipReason::AlreadyInvited) {
      settlement.answer = Answer::Invited;
      settlement.reason = "already invited";
      settlement.origin = engagement.attempted ? store::Origin::Perhaps : store::Origin::Before;
      settlement.standing = store::Standing::ToLearn;
    } else if (skip != skipped.end() && skip->second->reason == assess::SkipReason::MissingEmail) {
      settlement.answer = Answer::Blocked;
      settlement.reason = "the Assess API sees no e-mail address";
    } else {
      // 'error', a reason we do not know, or no answer for this one at all.
      settlement.answer = Answer::Requeued;
      settlement.reason = "asked singly";
      singly.push_back(engagement);
    }
    settlements.push_back(std::move(settlement));
  }
  if (const Course course = settle(intent, settlements); course != Course::GoOn) return course;
  return send_singly(singly);
}

Course Inviter::refused(IntentKey intent, const Batch& batch, const assess::ApiError& failure) {
  const ErrorKind kind = failure.error.kind;
  if (kind == ErrorKind::Transient || kind == ErrorKind::OutcomeUnknown ||
      kind == ErrorKind::Malformed ||
      (kind == ErrorKind::Exhausted && failure.refusal == Refusal::None)) {
    // It may have taken effect: the intent stays open, and the next run settles it.
    context_.contacts().failed += static_cast<int>(batch.size());
    return context_.assess_failed(where_, failure, http::Cost::Write);
  }
  const bool this_one = kind == ErrorKind::Rejected && batch.size() == 1 &&
                        failure.refusal != Refusal::AssessmentNotActive &&
                        failure.refusal != Refusal::NotFound;
  std::vector<Settlement> settlements;
  for (const Engagement& engagement : batch) {
    settlements.push_back({.engagement = engagement.key,
                           .answer = this_one ? Answer::Blocked : Answer::Requeued,
                           .reason = this_one ? failure.error.what : "the call was refused"});
  }
  if (const Course course = settle(intent, settlements); course != Course::GoOn) return course;
  if (this_one) return Course::GoOn;
  if (failure.refusal == Refusal::AssessmentNotActive || failure.refusal == Refusal::NotFound)
    return block_target(failure);
  if (failure.refusal == Refusal::QuotaExceeded) remaining_ = 0;
  if (kind == ErrorKind::Rejected) return split(batch);
  return context_.assess_failed(where_, failure, http::Cost::Write);
}

Course Inviter::split(const Batch& batch) {
  const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
  for (const Batch& half : {Batch(batch.begin(), middle), Batch(middle, batch.end())}) {
    if (!context_.may_go_on()) return Course::EndRun;
    if (!context_.open(http::Cost::Write)) return Course::EndPhase;
    if (const Course course = send(half); course != Course::GoOn) return course;
  }
  return Course::GoOn;
}

Course Inviter::send_singly(const Batch& batch) {
  for (const Engagement& engagement : batch) {
    if (!context_.may_go_on()) return Course::EndRun;
    if (!context_.open(http::Cost::Write) || !quota_left()) return Course::EndPhase;
    context_.report().least.writes += 1;
    if (const Course course = send_single(engagement); course != Course::GoOn) return course;
  }
  return Course::GoOn;
}

Course Inviter::send_single(const Engagement& engagement) {
  const store::Stamp stamp = context_.stamp();
  Result<IntentKey> intent =
      context_.store().intents().open(IntentKind::Invite, slug_.text(), {engagement.key}, "",
                                      stamp.at + context_.options().settle_after, stamp);
  if (!intent) return context_.store_failed(intent.error());
  const auto reply = context_.assess().create_invite(
      slug_, {engagement.email, engagement.name, engagement.role}, send_email_);
  if (!reply) return refused(*intent, {engagement}, reply.failure());
  return settle(*intent, {created(engagement, *reply)});
}

Settlement Inviter::created(const Engagement& engagement,
                            const assess::CreatedInvite& invite) const {
  Settlement settlement{.engagement = engagement.key,
                        .answer = Answer::Invited,
                        .token = invite.token,
                        .expires_at = invite.expires_at};
  if (invite.creation == assess::Creation::New) return settlement;
  settlement.origin = engagement.attempted ? store::Origin::Perhaps : store::Origin::Before;
  if (invite.status != assess::InviteStatus::Pending)
    settlement.standing = store::Standing::ToLearn;
  if (engagement.round == 1) return settlement;
  if (invite.status == assess::InviteStatus::Expired) {
    settlement.answer = Answer::Blocked;
    settlement.reason =
        "the Assess API gives back the expired invitation instead of a new one: delete that one in "
        "its "
        "dashboard, then this person is invited again";
  } else {
    settlement.origin = store::Origin::Ours;
  }
  return settlement;
}

Course Inviter::block_target(const assess::ApiError& failure) {
  const std::string reason = "target: " + failure.error.what;
  Result<store::BlockedQueue> blocked =
      context_.store().engagements().block_queue(queue_.target, reason, context_.stamp());
  if (!blocked) return context_.store_failed(blocked.error());
  context_.counts().blocked += blocked->screenings;
  context_.contacts().failed += blocked->persons;
  context_.report().end(Ending::Records);
  context_.report().add(Problem{where_, ErrorKind::Rejected, failure.error.what});
  return Course::NextStream;
}

Course Inviter::settle(IntentKey intent, const std::vector<Settlement>& settlements) {
  Result<store::SettledCounts> counts =
      context_.store().intents().settle(intent, settlements, context_.stamp());
  if (!counts) return context_.store_failed(counts.error());
  for (const Settlement& settlement : settlements) {
    context_.contacts().done += settlement.answer == Answer::Invited ? 1 : 0;
    context_.contacts().failed += settlement.answer == Answer::Blocked ? 1 : 0;
  }
  context_.counts().invited += counts->invited;
  context_.counts().already_invited += counts->already_invited;
  context_.counts().blocked += counts->blocked;
  if (remaining_) remaining_ = std::max(0, *remaining_ - counts->invited);
  if (counts->blocked > 0) {
    context_.report().end(Ending::Records);
    for (const Settlement& settlement : settlements) {
      if (settlement.answer != Answer::Blocked) continue;
      context_.report().add(Problem{where_, ErrorKind::Rejected, settlement.reason});
    }
  }
  return Course::GoOn;
}

}  // namespace praxisync::sync
