#include "sync/settle.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "domain/email.h"
#include "sync/lookup.h"

namespace praxisync::sync {
namespace {

using store::Answer;
using store::Intent;
using store::IntentKind;
using store::Settlement;

constexpr std::string_view kSettling = "settle lost answers";
/// How far the peer's clock may be behind ours for its `created_at` still to count as after our
/// call.
constexpr Milliseconds kClockSkew = std::chrono::minutes{5};

/// As long as an invitation runs, to ask for it again gives back the same one. One that has run out
/// may be sent anew, and somebody would hear from us twice: from then on the list alone tells. A
/// day early, for a clock that is wrong.
constexpr Milliseconds kSafeToAskAgain = kInvitationLifetime - std::chrono::days{1};

class Settle {
 public:
  explicit Settle(Context& context) : context_(context) {}

  Course run() {
    Result<std::vector<Intent>> intents = context_.store().intents().open_intents();
    if (!intents) return context_.store_failed(intents.error());
    if (intents->empty()) return Course::GoOn;
    for (Intent& intent : *intents) {
      if (Result<void> bounded = bound_wait(intent); !bounded)
        return context_.store_failed(bounded.error());
    }
    context_.observer().step(kSettling);
    return context_.stream("lost answers", [&] { return settle_all(*intents); });
  }

 private:
  /// Where the clock was set back since, an answer would stay lost for as long: it waits anew.
  Result<void> bound_wait(Intent& intent) {
    const Timestamp longest = context_.now() + context_.options().settle_after;
    if (intent.settle_after <= longest) return {};
    intent.settle_after = longest;
    return context_.store().intents().wait_until(intent.key, longest);
  }

  Course settle_all(const std::vector<Intent>& intents) {
    if (const Course course = choose_way(intents); course != Course::GoOn) return course;
    Course begun = Course::GoOn;
    for (const Intent& intent : intents) {
      const Course course = begin(intent);
      if (course == Course::EndRun) return course;
      if (course != Course::GoOn) begun = course;
    }
    if (wanted_.empty()) return begun;
    const Course found = look_up(intents);
    return found == Course::GoOn ? begun : found;
  }

  Timestamp now_at_the_api() const { return context_.stamp().at_the_api(); }

  bool may_have_run_out(const Intent& intent) const {
    return now_at_the_api() - intent.opened_at >= kSafeToAskAgain;
  }

  static bool invites(const Intent& intent) {
    return intent.kind == IntentKind::Invite || intent.kind == IntentKind::BulkInvite;
  }

  /// An invitation may be sent again, and the answer then says who had it; but their tokens stand
  /// in the list alone. Whether the lost call took effect nobody knows: half of them did, say.
  Course choose_way(const std::vector<Intent>& intents) {
    int people = 0, calls = 0;
    for (const Intent& intent : intents) {
      if (intent.kind == IntentKind::Enroll || (invites(intent) && may_have_run_out(intent))) {
        resort_ = Resort::List;  // it has to be read for them
        return Course::GoOn;
      }
      if (!invites(intent)) continue;
      people += static_cast<int>(intent.engagements.size());
      ++calls;
    }
    if (people == 0) return Course::GoOn;
    const Result<int> rows = rows_in_list(context_);
    if (!rows) return context_.store_failed(rows.error());
    const int pages = pages_of(*rows + people);
    const std::size_t way = context_.choose(
        fmt::format("the lost invitations of {}", people),
        {{"by the list of invitations", {.reads = pages, .writes = (calls + 1) / 2}},
         {"by sending again", {.reads = (pages + 1) / 2, .writes = calls}}});
    resort_ = way == 0 ? Resort::List : Resort::SendAgain;
    return Course::GoOn;
  }

  using Place = std::pair<std::string, std::string>;  ///< assessment, person

  /// Settles what needs no look-up, and notes what does.
  Course begin(const Intent& intent) {
    switch (intent.kind) {
      case IntentKind::Invite:
      case IntentKind::BulkInvite:
        return begin_invitations(intent);
      case IntentKind::Enroll:
        return begin_enrollment(intent);
      case IntentKind::Remind:
      case IntentKind::Cancel:
        return settle_lifecycle(intent);
    }
    return Course::GoOn;
  }

  Course begin_invitations(const Intent& intent) {
    std::vector<Settlement> settlements;
    for (const Engagement& engagement : intent.engagements) {
      const Result<bool> wanted = context_.store().intents().still_wanted(engagement.key);
      if (!wanted) return context_.store_failed(wanted.error());
      // The list may show an earlier round's invitation for that of a later one.
      const bool look = !*wanted || may_have_run_out(intent) ||
                        (resort_ == Resort::List && engagement.round == 1);
      if (!look) {
        settlements.push_back(send_again(engagement));
        continue;
      }
      wanted_.insert({intent.target, email_key(engagement.email)});
      if (*wanted) may_go_again_.insert(engagement.key);
    }
    return store(intent, settlements);
  }

  static Settlement send_again(const Engagement& engagement) {
    return {
        .engagement = engagement.key, .answer = Answer::Requeued, .reason = "the answer was lost"};
  }

  Course begin_enrollment(const Intent& intent) {
    auto stages = context_.store().engagements().stages_of(PipelineSlug(intent.target));
    if (!stages) return context_.store_failed(stages.error());
    if (stages->empty())
      return Course::GoOn;  // cannot be: stages are learnt before the first enrollment
    first_stage_[intent.target] = stages->front().text();
    for (const Engagement& engagement : intent.engagements) {
      wanted_.insert({stages->front().text(), email_key(engagement.email)});
    }
    return Course::GoOn;
  }

  Course settle_lifecycle(const Intent& intent) {
    std::vector<Settlement> settlements;
    for (const Engagement& engagement : intent.engagements) {
      if (!context_.may_go_on()) return Course::EndRun;
      if (!context_.open(http::Cost::Read)) return Course::EndPhase;
      auto invite = context_.settling().get_invite(engagement.token);
      context_.report().least.reads += 1;
      Settlement settlement{.engagement = engagement.key};
      if (invite) {
        const bool reminded =
            invite->reminded_at && *invite->reminded_at >= intent.opened_at - kClockSkew;
        if (intent.kind == IntentKind::Remind && reminded) settlement.answer = Answer::Reminded;
      } else if (invite.refusal() == assess::Refusal::NotFound) {
        settlement.answer = Answer::Cancelled;
        settlement.reason = "the invitation is gone";
      } else {
        return context_.assess_failed(kSettling, invite.failure(), http::Cost::Read);
      }
      settlements.push_back(std::move(settlement));
    }
    return store(intent, settlements);
  }

  Course look_up(const std::vector<Intent>& intents) {
    std::size_t pages = 0;
    const ScanEnd end = scan_invites(
        context_, context_.settling(), kSettling, [&](const std::vector<assess::Invite>& invites) {
          ++pages;
          for (const assess::Invite& invite : invites) {
            const Place place{invite.assessment.text(), email_key(invite.email)};
            if (wanted_.contains(place)) found_.insert({place, invite});
          }
          return found_.size() == wanted_.size() ? Scan::Enough : Scan::GoOn;
        });
    // That something is absent, only the whole list shows.
    const bool all = found_.size() == wanted_.size();
    context_.report().least.reads +=
        all ? pages_of(static_cast<int>(found_.size())) : static_cast<int>(pages);
    if (end.course == Course::EndRun) return end.course;
    for (const Intent& intent : intents) {
      const Course course = intent.kind == IntentKind::Enroll
                                ? end_enrollment(intent, end.complete)
                                : end_invitations(intent, end.complete);
      if (course == Course::EndRun) return course;
    }
    return end.course;
  }

  /// Whoever the list does not show is sent to again; of those who left meanwhile it says whether
  /// they were invited before that.
  Course end_invitations(const Intent& intent, bool complete) {
    if (!invites(intent)) return Course::GoOn;
    std::vector<Settlement> settlements;
    for (const Engagement& engagement : intent.engagements) {
      const Place place{intent.target, email_key(engagement.email)};
      if (!wanted_.contains(place)) continue;
      const auto found = found_.find(place);
      const Result<bool> there =
          found == found_.end() ? Result<bool>(false) : is_of(intent, engagement, found->second);
      if (!there) return context_.store_failed(there.error());
      if (*there) {
        settlements.push_back({.engagement = engagement.key,
                               .answer = Answer::Invited,
                               .token = found->second.token,
                               .expires_at = found->second.expires_at,
                               .origin = store::Origin::Perhaps,
                               .standing = found->second.status == assess::InviteStatus::Pending
                                               ? store::Standing::Fresh
                                               : store::Standing::ToLearn});
      } else if (may_go_again_.contains(engagement.key) && !may_have_run_out(intent)) {
        settlements.push_back(send_again(engagement));
      } else if (may_go_again_.contains(engagement.key) && complete) {
        settlements.push_back({.engagement = engagement.key,
                               .answer = Answer::Absent,
                               .reason = "the invitation was not sent"});
      } else if (complete && context_.now() >= intent.settle_after) {
        settlements.push_back(
            {.engagement = engagement.key, .answer = Answer::Left, .reason = "was not invited"});
      } else {
        context_.report().end(Ending::Unsettled);
      }
    }
    return store(intent, settlements);
  }

  /// Not an earlier round's: by when it was made, where the list tells, and by whose it is.
  Result<bool> is_of(const Intent& intent, const Engagement& engagement,
                     const assess::Invite& invite) {
    if (engagement.round > 1 && invite.created_at && !is_after(intent, *invite.created_at))
      return false;
    Result<bool> anothers = context_.store().intents().is_anothers(invite.token, engagement.key);
    if (anothers) *anothers = !*anothers;
    return anothers;
  }

  static bool is_after(const Intent& intent, Timestamp created_at) {
    return created_at >= intent.opened_at - kClockSkew;
  }

  Course end_enrollment(const Intent& intent, bool complete) {
    std::vector<Settlement> settlements;
    for (const Engagement& engagement : intent.engagements) {
      const std::string& first = first_stage_[intent.target];
      const Place place{first, email_key(engagement.email)};
      const Result<bool> direct = context_.store().intents().invited_directly(first, place.second);
      if (!direct) return context_.store_failed(direct.error());
      const Result<bool> wanted = context_.store().intents().still_wanted(engagement.key);
      if (!wanted) return context_.store_failed(wanted.error());
      const auto found = found_.find(place);
      if (found != found_.end()) {
        settlements.push_back(by_evidence(intent, engagement, found->second, *direct));
      } else if (complete && context_.now() >= intent.settle_after) {
        settlements.push_back({.engagement = engagement.key,
                               .answer = *wanted ? Answer::Requeued : Answer::Left,
                               .reason = "the enrollment did not take effect"});
      } else {
        context_.report().end(Ending::Unsettled);
        if (!context_.report().resume_at) context_.report().resume_at = intent.settle_after;
      }
    }
    return store(intent, settlements);
  }

  /// The first stage's invitation shows an enrollment, unless it can have come another way.
  Settlement by_evidence(const Intent& intent, const Engagement& engagement,
                         const assess::Invite& invite, bool direct) const {
    const bool after_our_call = invite.created_at && is_after(intent, *invite.created_at);
    const bool only_way = !invite.created_at && !direct;
    if (after_our_call || only_way) {
      return {.engagement = engagement.key,
              .answer = Answer::Enrolled,
              .reason = "found by the first stage's invitation"};
    }
    return {.engagement = engagement.key,
            .answer = Answer::Blocked,
            .reason =
                "the enrollment's answer was lost, and the first stage's invitation is older than "
                "it: look in the "
                "Assess dashboard whether this person is enrolled"};
  }

  Course store(const Intent& intent, const std::vector<Settlement>& settlements) {
    if (settlements.empty()) return Course::GoOn;
    Result<store::SettledCounts> counts =
        context_.store().intents().settle(intent.key, settlements, context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    context_.counts().invited += counts->invited;
    context_.counts().enrolled += counts->enrolled;
    context_.counts().reminded += counts->reminded;
    context_.counts().cancelled += counts->cancelled;
    context_.counts().blocked += counts->blocked;
    if (counts->blocked > 0) context_.report().end(Ending::Records);
    return Course::GoOn;
  }

  enum class Resort { SendAgain, List };

  Context& context_;
  Resort resort_ = Resort::SendAgain;
  std::set<Place> wanted_;
  std::set<EngagementKey> may_go_again_;  ///< of them, still in their stage
  std::map<Place, assess::Invite> found_;
  std::map<std::string, std::string> first_stage_;
};

}  // namespace

Course settle(Context& context) { return Settle(context).run(); }

Course settle_old_attempts(Context& context) {
  const store::Stamp stamp = context.stamp();
  const Result<int> reopened =
      context.store().intents().reopen(stamp.at_the_api() - kSafeToAskAgain, stamp);
  if (!reopened) return context.store_failed(reopened.error());
  return *reopened == 0 ? Course::GoOn : settle(context);
}

}  // namespace praxisync::sync
