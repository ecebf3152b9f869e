#include "sync/results_scan.h"

#include <algorithm>

#include "domain/email.h"
#include "sync/lookup.h"

namespace praxisync::sync {
namespace {

/// Results that were completed so shortly before the newest one seen are read again: the API's
/// clock and its list need not move in step.
constexpr Milliseconds kOverlap = std::chrono::minutes{10};
/// Stands in the checkpoint of a scan that reads down to the oldest contact.
constexpr std::string_view kFull = "full";

/// A look in the future, before somebody set the clock back, tells nothing.
bool is_due(Context& context, Timestamp last) {
  const Timestamp now = context.now();
  return last > now || now - last >= context.options().full_sweep;
}

class ResultsScan {
 public:
  ResultsScan(Context& context, const std::string& assessment, Timestamp oldest_contact)
      : context_(context),
        assessment_(assessment),
        floor_(oldest_contact - kOverlap),
        where_("results of " + assessment) {}

  Course run() {
    context_.observer().step(where_);
    Result<store::Checkpoint> loaded =
        context_.store().checkpoints().load(store::results_stream(assessment_));
    if (!loaded) return context_.store_failed(loaded.error());
    checkpoint_ = std::move(*loaded);
    if (checkpoint_.cursor.empty()) begin();
    for (bool restarted = false;;) {
      if (!context_.may_go_on()) return Course::EndRun;
      if (!context_.open(http::Cost::Read)) return Course::EndPhase;
      const auto token = assess::PageToken::from_text(checkpoint_.cursor.text());
      auto page = context_.assess().list_results(AssessmentSlug(assessment_),
                                                 token.value_or(assess::PageToken{}));
      if (!page) {
        const bool stale =
            !checkpoint_.cursor.empty() && page.error().kind == ErrorKind::Rejected && !restarted;
        if (!stale) return failed(page.failure());
        restarted =
            true;  // the server no longer knows the cursor: from the top, nothing is concluded
        begin();
        continue;
      }
      if (const Course course = accept(*page); course != Course::GoOn) return course;
      if (checkpoint_.cursor.empty()) return Course::GoOn;
      if (++pages_ >= kMostPages) {
        return failed(
            assess::ApiError{Error{ErrorKind::Malformed, "the list of results does not end"}});
      }
    }
  }

  std::optional<int> news() const { return complete_ ? std::optional(news_) : std::nullopt; }

 private:
  void begin() {
    const bool due = !checkpoint_.full_at || is_due(context_, *checkpoint_.full_at);
    checkpoint_.cursor = Cursor{};
    checkpoint_.fingerprint = due ? kFull : "";
    checkpoint_.scan_top.reset();
  }

  /// Older than this, nothing can be news.
  Timestamp threshold() const {
    if (checkpoint_.fingerprint == kFull || !checkpoint_.watermark) return floor_;
    return std::max(floor_, *checkpoint_.watermark - kOverlap);
  }

  Course accept(const assess::Page<assess::ResultRow>& page) {
    const std::vector<store::SessionResult> sessions = sessions_of(page.rows);
    const Result<bool> astray =
        context_.store().engagements().are_of_another(assessment_, sessions);
    if (!astray) return context_.store_failed(astray.error());
    if (*astray) {
      const Result<void> forgotten =
          context_.store().engagements().forget_where_told_otherwise(assessment_, sessions);
      if (!forgotten) return context_.store_failed(forgotten.error());
      return failed(assess::ApiError{
          Error{ErrorKind::Malformed, "the answer holds another assessment's results"}});
    }
    bool reached = !page.next && !page.cut_off;
    bool known = checkpoint_.watermark && checkpoint_.fingerprint != kFull;
    for (const assess::ResultRow& row : page.rows) {
      if (!row.completed_at) continue;
      checkpoint_.scan_top =
          std::max(checkpoint_.scan_top.value_or(*row.completed_at), *row.completed_at);
      reached = reached || *row.completed_at < threshold();
      known = known && *row.completed_at <= *checkpoint_.watermark;
    }
    context_.rows_failed(where_, page.bad_rows);
    if (reached) {
      finish();
    } else if (page.cut_off) {
      begin();  // what lies below was not seen: the next run reads from the top again
    } else {
      checkpoint_.cursor = Cursor(page.next->text());
    }
    const auto counts = context_.store().engagements().record_results(
        assessment_, sessions, checkpoint_, context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    add_up(context_, *counts);
    news_ += counts->news;
    seen_ += static_cast<std::int64_t>(page.rows.size());
    context_.observer().progress(seen_, std::nullopt);
    if (!reached && known && counts->news == 0) {
      // A whole page that was seen before: what lies below it was too.
      reached = true;
      finish();
      const Result<void> saved = context_.store().checkpoints().save(
          store::results_stream(assessment_), checkpoint_, context_.now());
      if (!saved) return context_.store_failed(saved.error());
    }
    complete_ = reached;
    return Course::GoOn;
  }

  /// The scan has come down to what was seen before.
  void finish() {
    if (checkpoint_.fingerprint == kFull) checkpoint_.full_at = context_.now();
    if (checkpoint_.scan_top) {
      checkpoint_.watermark =
          std::max(checkpoint_.watermark.value_or(*checkpoint_.scan_top), *checkpoint_.scan_top);
    }
    checkpoint_.scan_top.reset();
    checkpoint_.fingerprint.clear();
    checkpoint_.cursor = Cursor{};
  }

  Course failed(const assess::ApiError& failure) {
    if (failure.refusal != assess::Refusal::NotFound)
      return context_.assess_failed(where_, failure, http::Cost::Read);
    // The assessment is gone, and with it its results: the invitations still tell what became of
    // people.
    context_.report().add(Problem{where_, ErrorKind::Rejected, failure.error.what});
    complete_ = true;
    return Course::NextStream;
  }

  Context& context_;
  const std::string& assessment_;
  Timestamp floor_;
  std::string where_;
  store::Checkpoint checkpoint_;
  int news_ = 0, pages_ = 0;
  bool complete_ = false;
  std::int64_t seen_ = 0;
};

}  // namespace

std::vector<store::SessionResult> sessions_of(const std::vector<assess::ResultRow>& rows) {
  std::vector<store::SessionResult> sessions;
  for (const assess::ResultRow& row : rows) {
    sessions.push_back(store::SessionResult{email_key(row.email), row.token, row.passed,
                                            Outcome{.score_percentage = row.score_percentage,
                                                    .time_spent = row.time_spent,
                                                    .violations = row.violations,
                                                    .completed_at = row.completed_at}});
  }
  return sessions;
}

ResultsEnd scan_results(Context& context, const std::string& assessment, Timestamp oldest_contact) {
  ResultsScan scan(context, assessment, oldest_contact);
  const Course course = scan.run();
  return {course, scan.news()};
}

Result<bool> scan_is_due(Context& context, const std::string& assessment,
                         Timestamp oldest_contact) {
  const Result<store::Checkpoint> checkpoint =
      context.store().checkpoints().load(store::results_stream(assessment));
  if (!checkpoint) return checkpoint.error();
  const Timestamp last = std::max(checkpoint->full_at.value_or(oldest_contact), oldest_contact);
  return !checkpoint->cursor.empty() || is_due(context, last);
}

}  // namespace praxisync::sync
