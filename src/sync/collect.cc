#include "sync/collect.h"

#include <algorithm>

#include "domain/email.h"
#include "domain/outcome.h"
#include "domain/template.h"
#include "domain/text.h"
#include "sync/lookup.h"
#include "sync/outcome_lookup.h"
#include "sync/results_scan.h"
#include "sync/results_watch.h"

namespace praxisync::sync {
namespace {

class Collect {
 public:
  Collect(Context& context, Tokens tokens) : context_(context), tokens_(tokens) {}

  Course run() {
    ResultsWatch results(context_);
    if (const Course course = results.plan(); course != Course::GoOn) return course;
    using Step = Course (Collect::*)();
    const std::initializer_list<std::pair<const char*, Step>> steps{
        {"statuses", &Collect::statuses},
        {"enrollments", &Collect::enrollments},
        {"result details", &Collect::details}};
    for (const auto& [name, step] : steps) context_.report().evidence.expect(name);
    context_.report().evidence.all_expected = true;
    if (const Course course = results.read(); ends(course)) return course;
    for (const auto& [name, step] : steps) {
      const Course course = context_.stream(name, [&, run = step] { return (this->*run)(); });
      if (ends(course)) return course;
    }
    return Course::GoOn;
  }

 private:
  static bool ends(Course course) { return course == Course::EndRun || course == Course::EndPhase; }

  Course statuses() { return look_up_statuses(context_, tokens_); }

  Course enrollments() {
    context_.observer().step("enrollments");
    EngagementKey after{0};
    for (;;) {
      Result<std::vector<Engagement>> moved = context_.store().engagements().moved(after, 100);
      if (!moved) return context_.store_failed(moved.error());
      if (moved->empty()) return Course::GoOn;
      after = moved->back().key;
      for (const Engagement& enrollment : *moved) {
        const Course course = follow(enrollment);
        if (course == Course::EndRun || course == Course::EndPhase) return course;
      }
    }
  }

  Course follow(const Engagement& enrollment) {
    if (!context_.may_go_on()) return Course::EndRun;
    std::optional<Verdict> verdict;
    if (enrollment.enrollment.empty()) {
      // Its answer was lost with its id: the stages' results alone tell.
      Result<std::optional<Verdict>> by_stages =
          context_.store().engagements().verdict_by_stages(enrollment);
      if (!by_stages) return context_.store_failed(by_stages.error());
      verdict = *by_stages;
    } else {
      if (!context_.open(http::Cost::Read)) return Course::EndPhase;
      context_.report().least.reads += 1;
      const auto answer = context_.assess().get_enrollment(enrollment.enrollment);
      if (!answer) return context_.assess_failed("enrollments", answer.failure(), http::Cost::Read);
      if (answer->status == assess::EnrollmentStatus::Completed) verdict = Verdict::Passed;
      if (answer->status == assess::EnrollmentStatus::Rejected) verdict = Verdict::Failed;
      if (verdict) {
        const Course course = explain(enrollment, *verdict);
        if (course != Course::GoOn) return course == Course::NextStream ? Course::GoOn : course;
      }
    }
    const auto counts =
        context_.store().engagements().record_enrollment(enrollment.key, verdict, context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    add_up(context_, *counts);
    return Course::GoOn;
  }

  /// The end of an enrollment may be known before the result that brought it: the score of an
  /// earlier stage is not the pipeline's. NextStream: not now, the next run asks again.
  Course explain(const Engagement& enrollment, Verdict verdict) {
    const auto by_stages = context_.store().engagements().verdict_by_stages(enrollment);
    if (!by_stages) return context_.store_failed(by_stages.error());
    if (*by_stages == verdict) return Course::GoOn;
    const auto stages =
        context_.store().engagements().stages_of(PipelineSlug(enrollment.target.slug));
    if (!stages) return context_.store_failed(stages.error());
    for (const AssessmentSlug& stage : *stages) {
      const ResultsEnd end =
          scan_results(context_, stage.text(), enrollment.contacted_at.value_or(context_.now()));
      if (!end.news) return end.course == Course::GoOn ? Course::NextStream : end.course;
    }
    return Course::GoOn;
  }

  /// What stands only in the detail: the report's address and the tasks. (Violations are in the
  /// newer lists.)
  static bool needs_detail(const Policy& policy) {
    return std::ranges::any_of(policy.actions, [](const PolicyAction& action) {
      return action.kind == ActionKind::Link || uses_variable(action.text, "report_url") ||
             uses_variable(action.text, "cases");
    });
  }

  Course details() {
    const Course outcomes = look_up_outcomes(context_);
    if (ends(outcomes)) return outcomes;
    std::vector<std::string> wanted;
    for (const Route& route : context_.routes()) {
      for (const Verdict verdict : {Verdict::Passed, Verdict::Failed}) {
        if (needs_detail(route.on(verdict)))
          wanted.push_back(route.name.text() + ":" + std::string(to_string(verdict)));
      }
    }
    EngagementKey after{0};
    for (std::int64_t done = 0;;) {
      Result<std::vector<Engagement>> batch =
          context_.store().engagements().wanting_detail(wanted, after, 100);
      if (!batch) return context_.store_failed(batch.error());
      if (batch->empty()) return Course::GoOn;
      if (done == 0) context_.observer().step("result details");
      after = batch->back().key;
      for (const Engagement& engagement : *batch) {
        const Course course = detail(engagement);
        if (course == Course::EndRun || course == Course::EndPhase) return course;
        context_.observer().progress(++done, std::nullopt);
      }
    }
  }

  /// "Two Sum 10/10, Joins 5/10"
  static std::string cases_of(const assess::ResultDetail& detail) {
    constexpr std::size_t kMost = 100;
    std::string text;
    for (std::size_t i = 0; i < detail.cases.size() && i < kMost; ++i) {
      const assess::CaseResult& task = detail.cases[i];
      text += (i == 0 ? "" : ", ") + printable(task.title, 80);
      if (task.score) text += " " + format_score(*task.score);
      if (task.score && task.max_score) text += "/" + format_score(*task.max_score);
    }
    return text;
  }

  Course detail(const Engagement& engagement) {
    if (!context_.may_go_on()) return Course::EndRun;
    if (!context_.open(http::Cost::Read)) return Course::EndPhase;
    context_.report().least.reads += 1;
    const auto reply = context_.assess().get_result(engagement.token);
    std::optional<store::SessionResult> result;
    if (reply) {
      const assess::ResultRow& row = reply->row;
      // Whose it is stands in the answer, and in the token that was asked for.
      const bool of_another_person =
          !row.email.empty() && email_key(row.email) != email_key(engagement.email);
      const bool of_another_assessment = engagement.target.kind == TargetKind::Assessment &&
                                         !reply->assessment.empty() &&
                                         reply->assessment.text() != engagement.target.slug;
      if (of_another_person || of_another_assessment) {
        return context_.assess_failed(
            "result details",
            assess::ApiError{Error{ErrorKind::Malformed, "the answer is another session's result"}},
            http::Cost::Read);
      }
      result = store::SessionResult{{},
                                    engagement.token,
                                    row.passed,
                                    Outcome{.score_percentage = row.score_percentage,
                                            .time_spent = row.time_spent,
                                            .violations = row.violations,
                                            .completed_at = row.completed_at,
                                            .report_url = reply->report_url,
                                            .cases = cases_of(*reply)}};
    } else if (reply.refusal() != assess::Refusal::NotFound) {
      return context_.assess_failed("result details", reply.failure(), http::Cost::Read);
    }
    const auto counts =
        context_.store().engagements().record_detail(engagement.key, result, context_.stamp());
    if (!counts) return context_.store_failed(counts.error());
    add_up(context_, *counts);
    return Course::GoOn;
  }

  Context& context_;
  Tokens tokens_;
};

}  // namespace

Course collect(Context& context, Tokens tokens) { return Collect(context, tokens).run(); }

}  // namespace praxisync::sync
