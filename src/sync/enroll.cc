#include "sync/enroll.h"

#include <algorithm>

namespace praxisync::sync {
namespace {

using assess::Refusal;
using store::Answer;
using store::Settlement;

/// So many lost answers in a row are no accident of one call.
constexpr int kMostFailuresInARow = 3;

class Enroller {
 public:
  Enroller(Context& context, const store::Queue& queue, int most, Remaining& remaining)
      : context_(context),
        queue_(queue),
        most_(most),
        remaining_(remaining),
        pipeline_(queue.target.slug),
        where_("enroll in " + queue.target.slug) {}

  Course run() {
    context_.observer().step(where_);
    if (const Course course = learn_stages(); course != Course::GoOn) return course;
    EngagementKey after{0};
    for (std::int64_t sent = 0; sent < most_;) {
      const int size = std::min(100, most_ - static_cast<int>(sent));
      Result<std::vector<Engagement>> batch =
          context_.store().engagements().queued(queue_, after, size);
      if (!batch) return context_.store_failed(batch.error());
      if (batch->empty()) return Course::GoOn;
      after = batch->back().key;
      for (const Engagement& engagement : *batch) {
        if (const Course course = enroll(engagement); course != Course::GoOn) return course;
        context_.observer().progress(++sent, queue_.persons);
      }
    }
    return Course::GoOn;
  }

 private:
  /// The stages are needed to follow the enrolled, and to settle a lost answer: so before the first
  /// call.
  Course learn_stages() {
    if (!context_.open(http::Cost::Read)) return Course::EndPhase;
    const auto pipeline = context_.assess().get_pipeline(pipeline_);
    context_.report().least.reads += 1;
    if (!pipeline) {
      if (pipeline.refusal() == Refusal::NotFound) return block_queue(pipeline.failure());
      return context_.assess_failed(where_, pipeline.failure(), http::Cost::Read);
    }
    if (pipeline->stages.empty()) {
      return block_queue(
          assess::ApiError{Error{ErrorKind::Rejected, "the pipeline has no stages"}});
    }
    std::vector<AssessmentSlug> stages;
    for (const assess::PipelineStage& stage : pipeline->stages) stages.push_back(stage.assessment);
    const Result<void> learnt = context_.store().engagements().learn_pipeline(pipeline_, stages);
    return learnt ? Course::GoOn : context_.store_failed(learnt.error());
  }

  Course enroll(const Engagement& engagement) {
    if (!context_.may_go_on()) return Course::EndRun;
    if (!context_.open(http::Cost::Write)) return Course::EndPhase;
    if (remaining_ && *remaining_ <= 0) {
      context_.report().end(Ending::Quota);
      return Course::EndPhase;
    }
    const store::Stamp stamp = context_.stamp();
    Result<IntentKey> intent = context_.store().intents().open(
        store::IntentKind::Enroll, pipeline_.text(), {engagement.key}, "",
        stamp.at + context_.options().settle_after, stamp);
    if (!intent) return context_.store_failed(intent.error());
    context_.report().least.writes += 1;
    const auto reply = context_.assess().enroll(pipeline_, engagement.email, engagement.name);
    if (reply) {
      failures_ = 0;
      return settle(
          *intent,
          {.engagement = engagement.key, .answer = Answer::Enrolled, .enrollment = reply->id});
    }
    return failed(*intent, engagement, reply.failure());
  }

  Course failed(IntentKey intent, const Engagement& engagement, const assess::ApiError& failure) {
    const ErrorKind kind = failure.error.kind;
    if (failure.refusal == Refusal::AlreadyEnrolled) {
      return settle(intent, {.engagement = engagement.key,
                             .answer = Answer::Enrolled,
                             .reason = "already enrolled",
                             .enrollment = failure.enrollment,
                             .origin = engagement.attempted ? store::Origin::Perhaps
                                                            : store::Origin::Before});
    }
    if (kind == ErrorKind::OutcomeUnknown || kind == ErrorKind::Malformed ||
        (kind == ErrorKind::Exhausted && failure.refusal == Refusal::None)) {
      // The intent stays open: nothing is repeated before it was looked for.
      ++context_.contacts().failed;
      return after_failure(failure);
    }
    Settlement settlement{
        .engagement = engagement.key, .answer = Answer::Requeued, .reason = "the call was refused"};
    const bool target =
        failure.refusal == Refusal::NotFound || failure.refusal == Refusal::AssessmentNotActive;
    if (kind == ErrorKind::Rejected && !target) {
      settlement.answer = Answer::Blocked;
      settlement.reason = failure.error.what;
    }
    if (failure.refusal == Refusal::QuotaExceeded) remaining_ = 0;
    if (const Course course = settle(intent, settlement); course != Course::GoOn) return course;
    if (target) return block_queue(failure);
    return kind == ErrorKind::Rejected ? Course::GoOn : after_failure(failure);
  }

  Course after_failure(const assess::ApiError& failure) {
    const Course course = context_.assess_failed(where_, failure, http::Cost::Write);
    const bool single = course == Course::NextStream && ++failures_ < kMostFailuresInARow;
    return single ? Course::GoOn : course;
  }

  Course block_queue(const assess::ApiError& failure) {
    Result<store::BlockedQueue> blocked = context_.store().engagements().block_queue(
        queue_.target, "target: " + failure.error.what, context_.stamp());
    if (!blocked) return context_.store_failed(blocked.error());
    context_.counts().blocked += blocked->screenings;
    context_.contacts().failed += blocked->persons;
    context_.report().end(Ending::Records);
    context_.report().add(Problem{where_, ErrorKind::Rejected, failure.error.what});
    return Course::NextStream;
  }

  Course settle(IntentKey intent, const Settlement& settlement) {
    Result<store::SettledCounts> counts =
        context_.store().intents().settle(intent, {settlement}, context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    context_.contacts().done += settlement.answer == Answer::Enrolled ? 1 : 0;
    context_.contacts().failed += settlement.answer == Answer::Blocked ? 1 : 0;
    context_.counts().enrolled += counts->enrolled;
    context_.counts().blocked += counts->blocked;
    if (remaining_) remaining_ = std::max(0, *remaining_ - counts->enrolled);
    if (counts->blocked > 0) {
      context_.report().end(Ending::Records);
      context_.report().add(Problem{where_, ErrorKind::Rejected, settlement.reason});
    }
    return Course::GoOn;
  }

  Context& context_;
  const store::Queue& queue_;
  int most_;
  Remaining& remaining_;
  PipelineSlug pipeline_;
  std::string where_;
  int failures_ = 0;
};

}  // namespace

Course enroll(Context& context, const store::Queue& queue, int most, Remaining& remaining) {
  return Enroller(context, queue, most, remaining).run();
}

}  // namespace praxisync::sync
