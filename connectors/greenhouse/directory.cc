#include "connectors/greenhouse/directory.h"

#include <algorithm>

#include "connector/names.h"
#include "domain/text.h"

namespace praxisync::greenhouse {
namespace {

using connector::Named;

constexpr Milliseconds kKept = std::chrono::hours{1};

std::vector<Named> named(const std::vector<Field>& fields) {
  std::vector<Named> all;
  for (const Field& field : fields) all.push_back({field.id, field.name});
  return all;
}

/// Names that several have are shown once.
Error missing(std::string_view what, std::string_view wanted, std::vector<Named> all) {
  std::ranges::sort(all, {}, &Named::name);
  const auto is_double = [](const Named& a, const Named& b) { return a.name == b.name; };
  all.erase(std::unique(all.begin(), all.end(), is_double), all.end());
  Result<Named> found = connector::find_named(what, wanted, all);
  if (!found) return std::move(found).error();
  return {ErrorKind::Rejected, "there is no " + std::string(what) + " that a route takes"};
}

}  // namespace

void Directory::forget_if_old() {
  const Timestamp now = clock_.now();
  if (since_ && now - *since_ < kKept && now >= *since_) return;
  since_ = now;
  loaded_ = false;
  jobs_.clear();
  stages_.clear();
  reasons_.reset();
  tags_.reset();
  fields_.clear();
  options_.clear();
}

bool Directory::takes_job(const Job& job) const {
  return job.open && std::ranges::any_of(routed_, [&](const StageFilter& route) {
           return route.takes_job(job.id, job.name);
         });
}

Result<void> Directory::load() {
  forget_if_old();
  if (loaded_) return {};
  const Result<std::vector<Job>> jobs = api_.open_jobs();
  if (!jobs) return jobs.error();
  seen_at_ = api_.server_now();
  std::vector<std::string> taken;
  for (const Job& job : *jobs) {
    jobs_.insert_or_assign(job.id, job);
    if (takes_job(job)) taken.push_back(job.id);
  }
  if (Result<void> added = add_stages(taken); !added) return added;
  loaded_ = true;
  return {};
}

Result<void> Directory::learn(const std::set<std::string>& jobs) {
  std::vector<std::string> unknown;
  for (const std::string& id : jobs) {
    if (!jobs_.contains(id)) unknown.push_back(id);
  }
  std::vector<std::string> taken;
  for (std::size_t at = 0; at < unknown.size(); at += kMostIds) {
    const auto block = std::span(unknown).subspan(at, std::min(kMostIds, unknown.size() - at));
    const Result<std::vector<Job>> found = api_.jobs(block);
    if (!found) return found.error();
    for (const std::string& id : block) jobs_[id] = Job{.id = id, .name = {}, .open = false};
    for (const Job& job : *found) {
      jobs_.insert_or_assign(job.id, job);
      if (takes_job(job)) taken.push_back(job.id);
    }
  }
  return add_stages(taken);
}

Result<void> Directory::add_stages(const std::vector<std::string>& jobs) {
  for (std::size_t at = 0; at < jobs.size(); at += kMostIds) {
    const auto block = std::span(jobs).subspan(at, std::min(kMostIds, jobs.size() - at));
    Result<std::vector<Stage>> found = api_.stages(block);
    if (!found) return std::move(found).error();
    for (const std::string& job : block) stages_[job].clear();
    std::ranges::stable_sort(*found, {}, &Stage::order);
    for (Stage& stage : *found) stages_[stage.job].push_back(std::move(stage));
  }
  return {};
}

const Job* Directory::job(std::string_view id) const {
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : &found->second;
}

std::string Directory::stage_of(const ApplicationRow& row) const {
  if (!row.stage.empty()) return row.stage;
  const auto stages = stages_.find(row.job);
  if (stages == stages_.end()) return {};
  const auto found = std::ranges::find(stages->second, row.stage_name, &Stage::name);
  return found == stages->second.end() ? std::string() : found->id;
}

std::string Directory::stage_name_of(const ApplicationRow& row) const {
  if (!row.stage_name.empty()) return row.stage_name;
  const auto stages = stages_.find(row.job);
  if (stages == stages_.end()) return {};
  const auto found = std::ranges::find(stages->second, row.stage, &Stage::id);
  return found == stages->second.end() ? std::string() : found->name;
}

bool Directory::routed(const ApplicationRow& row) const {
  const Job* const its = job(row.job);
  if (its == nullptr || !its->open) return false;
  const std::string id = stage_of(row), name = stage_name_of(row);
  if (id.empty() && name.empty()) return false;
  return std::ranges::any_of(routed_, [&](const StageFilter& route) {
    return route.takes_job(its->id, its->name) && route.takes_stage(id, name);
  });
}

Result<void> Directory::check_routed() const {
  if (!routed_stages().empty() || routed_.empty()) return {};
  std::vector<Named> jobs, stages;
  for (const auto& [id, job] : jobs_) {
    if (job.open) jobs.push_back({id, job.name});
  }
  for (const auto& [job, its] : stages_) {
    for (const Stage& stage : its) stages.push_back({stage.id, stage.name});
  }
  if (stages_.empty()) return missing("open job", routed_.front().job, jobs);
  return missing("stage", routed_.front().stage, stages);
}

std::vector<std::string> Directory::routed_stages() const {
  std::vector<std::string> ids;
  for (const auto& [job, stages] : stages_) {
    for (const Stage& stage : stages) {
      if (routed(
              {.id = {}, .candidate = {}, .job = job, .stage = stage.id, .stage_name = stage.name}))
        ids.push_back(stage.id);
    }
  }
  std::ranges::sort(ids, precedes);
  return ids;
}

std::vector<std::string> Directory::routed_jobs() const {
  std::vector<std::string> ids;
  for (const auto& [id, job] : jobs_) {
    if (takes_job(job)) ids.push_back(id);
  }
  std::ranges::sort(ids, precedes);
  return ids;
}

Result<std::vector<Named>> Directory::stages(const std::string& job) {
  forget_if_old();
  if (!stages_.contains(job)) {
    if (Result<void> added = add_stages({job}); !added) return std::move(added).error();
  }
  std::vector<Named> all;
  for (const Stage& stage : stages_[job]) all.push_back({stage.id, stage.name});
  return all;
}

Result<std::vector<Named>> Directory::reasons() {
  forget_if_old();
  if (!reasons_) {
    Result<std::vector<Named>> all = api_.rejection_reasons();
    if (!all) return all;
    reasons_ = *std::move(all);
  }
  return *reasons_;
}

Result<std::vector<Named>> Directory::tags() {
  forget_if_old();
  if (!tags_) {
    Result<std::vector<Named>> all = api_.tags();
    if (!all) return all;
    tags_ = *std::move(all);
  }
  return *tags_;
}

Result<const std::vector<Field>*> Directory::fields(FieldOwner owner) {
  forget_if_old();
  if (!fields_.contains(owner)) {
    Result<std::vector<Field>> all = api_.fields(owner);
    if (!all) return std::move(all).error();
    fields_[owner] = *std::move(all);
  }
  return &fields_[owner];
}

Result<std::optional<FoundField>> Directory::field(std::string_view wanted) {
  const std::string word = to_lower(trim(wanted));
  for (const FieldOwner owner : {FieldOwner::Application, FieldOwner::Candidate}) {
    const Result<const std::vector<Field>*> all = fields(owner);
    if (!all) return all.error();
    const auto found = std::ranges::find_if(**all, [&](const Field& field) {
      return field.id == wanted || field.key == wanted || to_lower(trim(field.name)) == word;
    });
    if (found != (*all)->end()) return std::optional(FoundField{owner, *found});
  }
  return std::optional<FoundField>{};
}

Result<std::vector<Named>> Directory::field_names() {
  std::vector<Named> all;
  for (const FieldOwner owner : {FieldOwner::Application, FieldOwner::Candidate}) {
    const Result<const std::vector<Field>*> some = fields(owner);
    if (!some) return some.error();
    std::ranges::move(named(**some), std::back_inserter(all));
  }
  return all;
}

Result<std::vector<FieldOption>> Directory::options(const std::vector<std::string>& fields) {
  std::vector<std::string> unknown;
  for (const std::string& id : fields) {
    if (!options_.contains(id)) unknown.push_back(id);
  }
  for (std::size_t at = 0; at < unknown.size(); at += kMostIds) {
    const auto block = std::span(unknown).subspan(at, std::min(kMostIds, unknown.size() - at));
    const Result<std::vector<FieldOption>> found = api_.options(block);
    if (!found) return found.error();
    for (const std::string& id : block) options_[id].clear();
    for (const FieldOption& option : *found) options_[option.field].push_back(option);
  }
  std::vector<FieldOption> all;
  for (const std::string& id : fields)
    all.insert(all.end(), options_[id].begin(), options_[id].end());
  return all;
}

}  // namespace praxisync::greenhouse
