#include "sync/outcome_lookup.h"

#include <fmt/format.h>

#include "domain/email.h"
#include "sync/lookup.h"
#include "sync/results_scan.h"

namespace praxisync::sync {
namespace {

constexpr std::string_view kOutcomes = "outcomes";

class OutcomeLookup {
 public:
  OutcomeLookup(Context& context, const std::string& assessment, int people)
      : context_(context), assessment_(assessment), people_(people) {}

  Course run() {
    // Others' results lie between theirs.
    const std::size_t way = context_.choose(
        fmt::format("outcomes of {}", people_),
        {{"singly", {.reads = people_}}, {"by the results", {.reads = 2 * pages_of(people_)}}});
    if (way == 0) return Course::GoOn;
    context_.observer().step(kOutcomes);
    assess::PageToken token;
    for (int pages = 0; pages < people_; ++pages) {
      if (!context_.may_go_on()) return Course::EndRun;
      if (!context_.open(http::Cost::Read)) return Course::EndPhase;
      const auto page = context_.assess().list_results(AssessmentSlug(assessment_), token);
      if (!page) return context_.assess_failed(kOutcomes, page.failure(), http::Cost::Read);
      if (const Course course = record(page->rows); course != Course::GoOn) return course;
      if (left_ == 0 || !page->next) break;
      token = *page->next;
    }
    if (left_ < people_) context_.report().least.reads += pages_of(people_ - left_);
    return Course::GoOn;
  }

 private:
  Course record(const std::vector<assess::ResultRow>& rows) {
    const auto counts = context_.store().engagements().record_outcomes(
        assessment_, sessions_of(rows), context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    add_up(context_, *counts);
    const auto completed = context_.store().engagements().completed_unread();
    if (!completed) return context_.store_failed(completed.error());
    const auto found = completed->find(assessment_);
    left_ = found == completed->end() ? 0 : found->second;
    return Course::GoOn;
  }

  Context& context_;
  const std::string& assessment_;
  int people_, left_ = people_;
};

}  // namespace

Course look_up_outcomes(Context& context) {
  const auto completed = context.store().engagements().completed_unread();
  if (!completed) return context.store_failed(completed.error());
  for (const auto& [assessment, people] : *completed) {
    if (people < 2) continue;
    const Course course = OutcomeLookup(context, assessment, people).run();
    if (course == Course::EndRun || course == Course::EndPhase) return course;
  }
  return Course::GoOn;
}

}  // namespace praxisync::sync
