#include "setup/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "domain/text.h"
#include "setup/job_words.h"

namespace praxisync::setup {
namespace {

constexpr double kRoleWeight = 0.5;
constexpr double kEnough = 0.75;  ///< of what the target's name says

std::size_t common(const std::set<std::string>& some, const std::set<std::string>& others) {
  return static_cast<std::size_t>(
      std::ranges::count_if(some, [&](const std::string& word) { return others.contains(word); }));
}

/// Whether the target is for others by its name: another level, another role.
bool contradicts(const JobWords& job, const JobWords& target) {
  return (!target.level.empty() && target.level != job.level) ||
         (!target.role.empty() && !job.role.empty() && target.role != job.role);
}

/// How well the target's name says what the job's does; 0: not well enough.
double fit(const JobWords& job, const JobWords& target) {
  const std::size_t subjects = common(target.subject, job.subject);
  if (subjects == 0) return 0;
  const auto weigh = [](std::size_t subject, std::size_t role, std::size_t level) {
    return static_cast<double>(subject) + kRoleWeight * static_cast<double>(role + level);
  };
  const double shared =
      weigh(subjects, common(target.role, job.role), common(target.level, job.level));
  const double whole = weigh(target.subject.size(), target.role.size(), target.level.size());
  return shared < kEnough * whole ? 0 : shared;
}

/// By its title or its slug, which may leave out what the other says.
double fit(const JobWords& job, const Choice& choice) {
  const JobWords title = words_of_target(choice.title), slug = words_of_target(choice.target.slug);
  if (contradicts(job, title) || contradicts(job, slug)) return 0;
  return std::max(fit(job, title), fit(job, slug));
}

/// The one choice that fits best, or why there is none.
struct Pick {
  const Choice* choice = nullptr;
  std::string why;
};

Pick pick_choice(const std::string& job, const std::vector<Choice>& choices) {
  const JobWords words = words_of_job(job);
  Pick pick;
  double best = 0;
  for (const Choice& choice : choices) {
    const double here = fit(words, choice);
    if (here == 0 || here < best) continue;
    if (here > best) {
      best = here;
      pick = {&choice, {}};
    } else {
      pick.why += fmt::format(" and {} {}", to_string(choice.target.kind), choice.target.slug);
    }
  }
  if (pick.choice == nullptr) return {nullptr, "no assessment or pipeline has a name like it"};
  if (pick.why.empty()) return pick;
  return {nullptr, fmt::format("{} {}{} fit equally well", to_string(pick.choice->target.kind),
                               pick.choice->target.slug, pick.why)};
}

struct StagePick {
  std::optional<std::string> stage;
  std::string why;
};

StagePick pick_stage(const std::vector<std::string>& stages,
                     const std::vector<std::string>& wanted) {
  std::vector<std::string> tests;
  std::ranges::copy_if(stages, std::back_inserter(tests), [&](const std::string& stage) {
    return std::ranges::any_of(wanted, [&](const std::string& one) {
      return to_lower(trim(one)) == to_lower(trim(stage));
    });
  });
  if (tests.empty()) std::ranges::copy_if(stages, std::back_inserter(tests), is_test_stage);
  if (tests.size() == 1) return {tests.front(), {}};
  if (tests.empty()) return {std::nullopt, "no stage looks like a test"};
  return {std::nullopt, fmt::format("its tests may be in \"{}\" or in \"{}\"", tests[0], tests[1])};
}

struct Job {
  std::string name;
  std::vector<std::string> stages;
};

/// Each name once, with all stages that jobs of it have.
std::vector<Job> by_name(const std::vector<connector::Opening>& openings) {
  std::vector<Job> jobs;
  for (const connector::Opening& opening : openings) {
    auto job = std::ranges::find(jobs, opening.job.name, &Job::name);
    if (job == jobs.end()) job = jobs.insert(jobs.end(), {opening.job.name, {}});
    for (const connector::Opening::Stage& stage : opening.stages) {
      if (std::ranges::find(job->stages, stage.stage.name) == job->stages.end())
        job->stages.push_back(stage.stage.name);
    }
  }
  return jobs;
}

std::string free_name(const std::string& job, const std::vector<ProposedRoute>& taken) {
  std::string wanted = route_name_of(job);
  if (wanted.empty()) wanted = "route";
  std::string name = wanted;
  for (int number = 2; std::ranges::find(taken, name, &ProposedRoute::name) != taken.end();
       ++number)
    name = fmt::format("{}-{}", wanted, number);
  return name;
}

}  // namespace

Proposal propose(const std::vector<connector::Opening>& openings,
                 const std::vector<Choice>& choices, const std::vector<std::string>& stages) {
  Proposal proposal;
  for (const Job& job : by_name(openings)) {
    const Pick pick = pick_choice(job.name, choices);
    const StagePick stage = pick_stage(job.stages, stages);
    if (pick.choice == nullptr || !stage.stage) {
      proposal.doubts.push_back({job.name, pick.choice == nullptr ? pick.why : stage.why});
      continue;
    }
    proposal.routes.push_back(
        {free_name(job.name, proposal.routes), job.name, *stage.stage, *pick.choice});
  }
  return proposal;
}

}  // namespace praxisync::setup
