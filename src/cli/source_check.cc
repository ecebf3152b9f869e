#include "cli/source_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

using connector::Named;
using connector::Opening;
using connector::Openings;

/// "a", "b" and 12 more
std::string list_of(const std::set<std::string>& names) {
  constexpr std::size_t kMost = 10;
  std::string text;
  std::size_t listed = 0;
  for (const std::string& name : names) {
    if (++listed > kMost) break;
    text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", printable(name, 80));
  }
  if (names.size() > kMost) text += fmt::format(" and {} more", names.size() - kMost);
  return text.empty() ? "none" : text;
}

std::string missing(const char* what, const std::string& wanted,
                    const std::set<std::string>& names) {
  const std::string meant = did_you_mean(wanted, {names.begin(), names.end()});
  return fmt::format("no {} \"{}\" occurs; {}", what, printable(wanted, 80),
                     meant.empty() ? "there are: " + list_of(names)
                                   : "did you mean \"" + printable(meant, 80) + "\"?");
}

bool is(const Named& one, const std::string& wanted) {
  return (!one.id.empty() && one.id == wanted) ||
         to_lower(trim(one.name)) == to_lower(trim(wanted));
}

/// One route against what there is to route from.
class RouteCheck {
 public:
  RouteCheck(const Route& route, std::string place, const Openings& openings, Checklist& list)
      : route_(route),
        place_(std::move(place)),
        what_("route " + route.name.text()),
        openings_(openings),
        list_(list) {
    for (const Opening& opening : openings.all) {
      job_names_.insert(opening.job.name);
      if (route.filter().takes_job(opening.job.id, opening.job.name)) jobs_.push_back(&opening);
    }
  }

  void run() {
    if (jobs_.empty()) return absent(missing("job", route_.job, job_names_));
    std::set<std::string> stages;
    int in_jobs = 0;
    std::optional<std::int64_t> applications;
    for (const Opening* job : jobs_) {
      bool there = false;
      for (const Opening::Stage& stage : job->stages) {
        stages.insert(stage.stage.name);
        if (!route_.filter().takes_stage(stage.stage.id, stage.stage.name)) continue;
        there = true;
        if (stage.applications) applications = applications.value_or(0) + *stage.applications;
      }
      in_jobs += there ? 1 : 0;
    }
    if (in_jobs == 0) return absent(missing("stage", route_.stage, stages));
    list_.ok(what_, applications ? fmt::format("takes {} applications", *applications)
                                 : fmt::format("its stage is there in {} {}", in_jobs,
                                               in_jobs == 1 ? "job" : "jobs"));
    if (openings_.extent == Openings::Extent::Whole) check_moves();
  }

 private:
  /// A list of what occurred so far may lack a stage that nobody is in now.
  void absent(const std::string& hint) {
    if (openings_.extent == Openings::Extent::Whole) {
      list_.fail(kUsage, what_, place_ + ": takes nobody", hint);
    } else {
      list_.warn(what_, place_ + ": takes nobody now", hint);
    }
  }

  void check_moves() {
    for (const Verdict verdict : {Verdict::Passed, Verdict::Failed, Verdict::Expired,
                                  Verdict::Cancelled, Verdict::Withdrawn}) {
      for (const PolicyAction& action : route_.on(verdict).actions) {
        // A target that depends on the outcome shows itself when it is written.
        if (action.kind == ActionKind::Move && action.text.find('{') == std::string::npos)
          check_move(action.text);
      }
    }
  }

  void check_move(const std::string& target) {
    for (const Opening* job : jobs_) {
      const bool routed = std::ranges::any_of(job->stages, [&](const Opening::Stage& stage) {
        return route_.filter().takes_stage(stage.stage.id, stage.stage.name);
      });
      if (!routed) continue;
      std::set<std::string> names;
      bool there = false;
      for (const Opening::Stage& stage : job->stages) {
        there = there || is(stage.stage, target);
        names.insert(stage.stage.name);
      }
      if (there) continue;
      list_.fail(kUsage, what_,
                 fmt::format("{}: the job \"{}\" has no stage to move to", place_,
                             printable(job->job.name, 80)),
                 missing("stage", target, names));
      return;
    }
  }

  const Route& route_;
  std::string place_, what_;
  const Openings& openings_;
  Checklist& list_;
  std::set<std::string> job_names_;
  std::vector<const Opening*> jobs_;
};

void add(const std::string& source, const connector::Finding& finding, Checklist& list) {
  using Level = connector::Finding::Level;
  const std::string what = source + ": " + finding.what;
  switch (finding.level) {
    case Level::Ok:
      return list.ok(what, finding.detail);
    case Level::Warning:
      return list.warn(what, finding.detail, finding.remedy);
    case Level::Failure:
      return list.fail(kFailed, what, finding.detail, finding.remedy);
    case Level::Unauthorized:
      return list.fail(kUnauthorized, what, finding.detail, finding.remedy);
  }
}

}  // namespace

void check_source(const config::Config& config, const sync::Source& source, Checklist& list) {
  std::vector<PolicyAction> planned;
  for (const Route& route : config.routes) {
    if (route.connector != source.name) continue;
    for (const Verdict verdict : {Verdict::Passed, Verdict::Failed, Verdict::Expired,
                                  Verdict::Cancelled, Verdict::Withdrawn}) {
      const auto& actions = route.on(verdict).actions;
      planned.insert(planned.end(), actions.begin(), actions.end());
    }
  }
  const std::string what = "connector " + source.name.text();
  for (const connector::Finding& finding : source.connector->check(planned))
    add(what, finding, list);
  const Result<Openings> openings = source.connector->openings();
  if (!openings) {
    const bool refused = openings.error().kind == ErrorKind::Unauthorized;
    list.fail(refused ? kUnauthorized : kFailed, what, openings.error().what, "");
    return;
  }
  for (const Route& route : config.routes) {
    if (route.connector == source.name)
      RouteCheck(route, to_string(config.route_places.at(route.name)), *openings, list).run();
  }
}

}  // namespace praxisync::cli
