#include "sync/status_lookup.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/lookup.h"

namespace praxisync::sync {
namespace {

constexpr std::string_view kStatuses = "statuses";

class StatusLookup {
 public:
  StatusLookup(Context& context, Tokens tokens) : context_(context), tokens_(tokens) {}

  Course run() {
    Result<int> unsure = context_.store().engagements().count_unsure(context_.now());
    if (!unsure) return context_.store_failed(unsure.error());
    if (*unsure == 0) return Course::GoOn;
    context_.observer().step(kStatuses);
    // Only a few are worth weighing one by one; many are always cheaper by the list.
    Result<std::vector<Engagement>> few =
        context_.store().engagements().unsure(context_.now(), EngagementKey{0}, 100);
    if (!few) return context_.store_failed(few.error());
    const Result<int> listed = rows_in_list(context_);
    if (!listed) return context_.store_failed(listed.error());
    const auto enrollments = std::ranges::count(*few, TargetKind::Pipeline,
                                                [](const Engagement& e) { return e.target.kind; });
    const auto tokenless =
        std::ranges::count_if(*few, [](const Engagement& e) { return e.token.empty(); });
    std::vector<Way> ways{{"by the list", {.reads = pages_of(std::max(*unsure, *listed))}}};
    // An enrollment's stages show in the list alone.
    if (enrollments == 0) {
      const int writes = static_cast<int>(tokenless);
      ways.push_back({"singly", {.reads = *unsure - writes, .writes = writes}});
    }
    const std::size_t chosen = context_.choose(fmt::format("statuses of {}", *unsure), ways);
    least_ = ways[chosen].cost.reads + ways[chosen].cost.writes;
    const Course course = chosen == 0 ? look_in_list() : look_singly(*few);
    // An estimate: where fewer were enough, those were the least.
    context_.report().least.reads += std::min(least_, calls_);
    return course;
  }

 private:
  Course look_in_list() {
    Course failed = Course::GoOn;
    const ScanEnd end = scan_invites(
        context_, context_.assess(), kStatuses, [&](const std::vector<assess::Invite>&) {
          ++calls_;
          const Result<int> left = context_.store().engagements().count_unsure(context_.now());
          if (!left) failed = context_.store_failed(left.error());
          return !left || *left == 0 ? Scan::Enough : Scan::GoOn;
        });
    if (end.course != Course::GoOn) return end.course;
    if (failed != Course::GoOn) return failed;
    if (!end.complete) return Course::GoOn;
    // Whom the list does not name: the single call gives the token of those whom the API called
    // invited, and tells of an invitation that somebody cancelled.
    Result<std::vector<Engagement>> left =
        context_.store().engagements().unsure(context_.now(), EngagementKey{0}, 100);
    if (!left) return context_.store_failed(left.error());
    if (const Course course = look_singly(*left); course != Course::GoOn) return course;
    const Result<void> marked = context_.store().engagements().mark_checked(context_.now());
    return marked ? Course::GoOn : context_.store_failed(marked.error());
  }

  Course look_singly(const std::vector<Engagement>& engagements) {
    for (const Engagement& engagement : engagements) {
      if (engagement.target.kind == TargetKind::Pipeline) continue;
      if (engagement.token.empty() && tokens_ == Tokens::LeaveOut) continue;
      if (!context_.may_go_on()) return Course::EndRun;
      const Course course = engagement.token.empty() ? fetch_token(engagement)
                                                     : look(engagement.key, engagement.token);
      if (course == Course::EndRun || course == Course::EndPhase) return course;
    }
    return Course::GoOn;
  }

  /// The single invitation is idempotent: for somebody invited before it gives back what there is.
  Course fetch_token(const Engagement& engagement) {
    if (!context_.open(http::Cost::Write)) return Course::EndPhase;
    ++calls_;
    const auto created = context_.assess().create_invite(
        AssessmentSlug(engagement.target.slug),
        {engagement.email, engagement.name, engagement.role}, assess::SendInvitationEmail::No);
    if (!created) return context_.assess_failed(kStatuses, created.failure(), http::Cost::Write);
    assess::Invite invite;
    invite.token = created->token;
    invite.assessment = AssessmentSlug(engagement.target.slug);
    invite.email = engagement.email;
    invite.status = created->status;
    invite.expires_at = created->expires_at;
    return record_invites(context_, {std::move(invite)});
  }

  Course look(EngagementKey key, const InviteToken& token) {
    if (!context_.open(http::Cost::Read)) return Course::EndPhase;
    ++calls_;
    auto invite = context_.assess().get_invite(token);
    if (invite) return record_invites(context_, {std::move(*invite)});
    if (invite.refusal() != assess::Refusal::NotFound) {
      return context_.assess_failed(kStatuses, invite.failure(), http::Cost::Read);
    }
    const Result<void> gone = context_.store().engagements().record_gone(key, context_.stamp());
    if (!gone) return context_.store_failed(gone.error());
    ++context_.counts().cancelled;
    return Course::GoOn;
  }

  Context& context_;
  Tokens tokens_;
  int least_ = 0, calls_ = 0;
};

}  // namespace

Course look_up_statuses(Context& context, Tokens tokens) {
  return StatusLookup(context, tokens).run();
}

}  // namespace praxisync::sync
