#include "sync/results_watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/lookup.h"
#include "sync/results_scan.h"
#include "sync/scope.h"

namespace praxisync::sync {
namespace {

constexpr std::string_view kInvitations = "list of invitations";

std::string results_of(const std::string& assessment) { return "results of " + assessment; }

bool ends_phase(Course course) { return course == Course::EndRun || course == Course::EndPhase; }

}  // namespace

/// Who was contacted in this run cannot have finished yet: their assessments wait for the next one.
Course ResultsWatch::plan() {
  Result<std::vector<store::Open>> open =
      context_.store().engagements().open_targets(context_.report().started_at, context_.now());
  if (!open) return context_.store_failed(open.error());
  for (const store::Open& target : *open) {
    if (target.contacted_before == 0) continue;
    if (const Course course = plan_target(target); course != Course::GoOn) return course;
  }
  for (const auto& [stage, oldest] : stages_) {
    // Both at once: read by its results, from the oldest on.
    if (const auto both = direct_.extract(stage)) stages_[stage] = std::min(oldest, both.mapped());
  }
  for (const Assessments* assessments : {&stages_, &direct_}) {
    for (const auto& [assessment, oldest] : *assessments)
      context_.report().evidence.expect(results_of(assessment));
  }
  return Course::GoOn;
}

Course ResultsWatch::plan_target(const store::Open& target) {
  if (target.target.kind == TargetKind::Assessment) {
    if (looks_at(AssessmentSlug(target.target.slug)))
      direct_.emplace(target.target.slug, target.oldest);
    return Course::GoOn;
  }
  const auto stages = context_.store().engagements().stages_of(PipelineSlug(target.target.slug));
  if (!stages) return context_.store_failed(stages.error());
  for (const AssessmentSlug& stage : *stages) {
    if (!looks_at(stage)) continue;
    const auto [entry, added] = stages_.emplace(stage.text(), target.oldest);
    entry->second = std::min(entry->second, target.oldest);
  }
  return Course::GoOn;
}

bool ResultsWatch::looks_at(const AssessmentSlug& assessment) const {
  const Scope* const scope = context_.scope();
  return scope == nullptr || scope->every_assessment || scope->assessments.contains(assessment);
}

Course ResultsWatch::read() {
  Course course = read_stages();
  if (!ends_phase(course)) course = read_direct();
  add_least();
  return course;
}

Course ResultsWatch::read_stages() {
  for (const auto& [assessment, oldest] : stages_) {
    const Course course = read_results(assessment, oldest);
    if (ends_phase(course)) return course;
  }
  return Course::GoOn;
}

Course ResultsWatch::read_direct() {
  if (direct_.empty()) return Course::GoOn;
  const Result<int> rows = rows_in_list(context_);
  if (!rows) return context_.store_failed(rows.error());
  list_pages_ = pages_of(*rows);
  for (const auto& [assessment, oldest] : direct_) {
    const Result<bool> due = scan_is_due(context_, assessment, oldest);
    if (!due) return context_.store_failed(due.error());
    if (*due) with_news_.insert(assessment);
  }
  if (const Result<void> added = add_known_news(); !added)
    return context_.store_failed(added.error());
  const int all = static_cast<int>(direct_.size()), sure = static_cast<int>(with_news_.size());
  // Where news will show nobody knows: in half of the others, say.
  const std::size_t way = context_.choose(
      fmt::format("news of {} assessment{}", all, all == 1 ? "" : "s"),
      {{"by their results", {.reads = all}},
       {"by the list of invitations", {.reads = list_pages_ + sure + (all - sure + 1) / 2}}});
  if (way == 1) {
    const Course course =
        context_.stream(std::string(kInvitations), [&] { return look_in_list(); });
    if (ends_phase(course)) return course;
  }
  for (const auto& [assessment, oldest] : direct_) {
    if (settled_news_.contains(assessment)) continue;
    const Course course = read_results(assessment, oldest);
    if (ends_phase(course)) return course;
  }
  return Course::GoOn;
}

Course ResultsWatch::read_results(const std::string& assessment, Timestamp oldest) {
  return context_.stream(results_of(assessment), [&] {
    const ResultsEnd end = scan_results(context_, assessment, oldest);
    if (end.news) settled_news_[assessment] = *end.news;
    return end.course;
  });
}

Result<void> ResultsWatch::add_known_news() {
  const auto completed = context_.store().engagements().completed_unread();
  if (!completed) return completed.error();
  for (const auto& [assessment, people] : *completed) with_news_.insert(assessment);
  std::erase_if(with_news_, [&](const std::string& name) { return !direct_.contains(name); });
  return {};
}

Course ResultsWatch::look_in_list() {
  context_.observer().step(kInvitations);
  int pages = 0;
  const ScanEnd end = scan_invites(context_, context_.assess(), kInvitations,
                                   [&](const std::vector<assess::Invite>& invites) {
                                     ++pages;
                                     for (const assess::Invite& invite : invites) {
                                       // A word that we do not know may stand for completed.
                                       if (invite.status == assess::InviteStatus::Unknown)
                                         with_news_.insert(invite.assessment.text());
                                     }
                                     return Scan::GoOn;
                                   });
  if (end.course != Course::GoOn || !end.complete) return end.course;
  list_pages_ = pages;
  const Result<void> marked = context_.store().engagements().mark_checked(context_.now());
  if (!marked) return context_.store_failed(marked.error());
  if (const Result<void> added = add_known_news(); !added)
    return context_.store_failed(added.error());
  for (const auto& [assessment, oldest] : direct_) {
    if (with_news_.contains(assessment)) continue;
    settled_news_[assessment] = 0;
    context_.report().evidence.read(results_of(assessment));
  }
  return Course::GoOn;
}

void ResultsWatch::add_least() {
  int by_results = 0, by_list = list_pages_;
  for (const auto& [assessment, news] : settled_news_) {
    if (stages_.contains(assessment)) {
      context_.report().least.reads += pages_of(news);
      continue;
    }
    by_results += pages_of(news);
    if (news > 0) by_list += pages_of(news);
  }
  context_.report().least.reads += std::min(by_results, by_list);
}

}  // namespace praxisync::sync
