#include "connectors/lever/source.h"

#include <algorithm>
#include <set>
#include <utility>

#include "connector/names.h"
#include "http/url.h"

namespace praxisync::lever {
namespace {

using connector::Named;
using connector::Pass;

/// More ids than these make a URL too long, or are no longer a few jobs: then all are listed and
/// looked at here. So they are where the ids are longer than Lever's are today.
constexpr std::size_t kMostStages = 60, kMostPostings = 20, kLongestIds = 2400;
/// Of the deleted no longer span may be asked for ('Deleted opportunities').
constexpr Milliseconds kDeletedSpan = std::chrono::hours{24} * 30;

bool is_glob(const std::string& pattern) {
  return pattern.find_first_of("*?") != std::string::npos;
}

/// Whether it is in a stage at all, where somebody could be invited from.
bool is_open(const Opportunity& row) {
  return !row.archived && !row.anonymised && !row.posting.empty();
}

bool fit(const std::vector<std::string>& ids, std::size_t most) {
  std::size_t length = 0;
  for (const std::string& id : ids) length += http::encode_query_value(id).size();
  return ids.size() <= most && length <= kLongestIds;
}

template <typename Row, typename Takes>
std::vector<std::string> ids_of(const std::vector<Row>& rows,
                                const std::vector<StageFilter>& routed, Takes&& takes) {
  std::vector<std::string> ids;
  for (const Row& row : rows) {
    if (std::ranges::any_of(routed, [&](const StageFilter& filter) { return takes(filter, row); }))
      ids.push_back(row.id);
  }
  return ids;
}

}  // namespace

Source::Source(Api& api, Directory& directory, const connector::World& world,
               connector::PassPolicy policy)
    : api_(api),
      directory_(directory),
      clock_(world.clock),
      routed_(world.routed),
      policy_(std::move(policy)) {}

Result<ApplicationPage> Source::pull(const Cursor& after) {
  if (routed_.empty()) {
    ApplicationPage nobody;
    nobody.next = after;
    return nobody;
  }
  Pass pass = connector::pass_after(after, policy_, clock_.now());
  const Result<OpportunityFilter> filter = filter_of(pass);
  if (!filter) return filter.error();
  Result<OpportunityPage> listed = api_.opportunities(*filter, pass.page);
  if (!listed && listed.error().kind == ErrorKind::Rejected && !pass.at_start()) {
    pass = connector::restarted(std::move(pass));  // Lever no longer knows that page
    listed = api_.opportunities(*filter, pass.page);
  }
  if (!listed) return std::move(listed).error().during("list opportunities");
  return page_of(pass, *listed);
}

Result<OpportunityFilter> Source::filter_of(const Pass& pass) {
  if (pass.kind == Pass::Kind::News) return OpportunityFilter{.changed_since = pass.since};
  return routed_filter();
}

/// The ids that the routes' names stand for. Where there is nothing of such a name a list of nobody
/// would mean that all have left: that is an error instead.
Result<OpportunityFilter> Source::routed_filter() {
  OpportunityFilter filter;
  const Result<const std::vector<Stage>*> stages = directory_.stages().all();
  if (!stages) return stages.error();
  filter.stages = ids_of(**stages, routed_, [](const StageFilter& routed, const Stage& stage) {
    return routed.takes_stage(stage.id, stage.name);
  });
  if (filter.stages.empty())
    return connector::find_named("stage", routed_.front().stage, **stages).error();
  if (filter.stages.size() == (*stages)->size() || !fit(filter.stages, kMostStages))
    filter.stages.clear();

  if (std::ranges::any_of(routed_, is_glob, &StageFilter::job)) return filter;
  const Result<const std::vector<Posting>*> postings = directory_.postings().all();
  if (!postings) return postings.error();
  filter.postings =
      ids_of(**postings, routed_, [](const StageFilter& routed, const Posting& posting) {
        return routed.takes_job(posting.id, posting.name);
      });
  if (filter.postings.empty()) {
    std::vector<Named> jobs;
    for (const Posting& posting : **postings) jobs.push_back({posting.id, posting.name});
    return connector::find_named("job", routed_.front().job, jobs).error();
  }
  if (!fit(filter.postings, kMostPostings)) filter.postings.clear();
  return filter;
}

Result<ApplicationPage> Source::page_of(const Pass& pass, const OpportunityPage& listed) {
  ApplicationPage page;
  page.more = !listed.listing.next.empty();
  page.sweep = pass.shows(page.more);
  page.next = page.more ? connector::cursor_at(pass, listed.listing.next, listed.answered)
                        : connector::cursor_behind(pass, listed.answered);
  page.set_aside = listed.unread;
  if (Result<void> added = add(listed.listing.rows, page); !added) return std::move(added).error();
  Result<void> ended;
  if (page.sweep == Sweep::Ends) ended = add_moved_meanwhile(pass, page);
  if (pass.kind == Pass::Kind::News && !page.more) ended = add_deleted(pass, listed.answered, page);
  if (!ended) return std::move(ended).error();
  if (page.sweep == Sweep::Ends || page.sweep == Sweep::Whole) {
    Result<OpportunityFilter> filter = routed_filter();
    if (!filter) return std::move(filter).error();
    page.swept_stages = std::move(filter->stages);
  }
  page.more = page.more || connector::sweep_follows(pass, policy_, clock_.now());
  return page;
}

/// Each row is an application, where it is in a routed stage, or has left. What is added later is
/// newer than what is there.
Result<void> Source::add(const std::vector<Opportunity>& rows, ApplicationPage& page) {
  std::set<std::string> newer;
  for (const Opportunity& row : rows) newer.insert(row.id);
  const auto is_older = [&](const auto& one) { return newer.contains(one.id.text()); };
  std::erase_if(page.applications, is_older);
  std::erase_if(page.left, is_older);
  for (const Opportunity& row : rows) {
    Result<Application> application = application_of(row);
    if (!application) return std::move(application).error();
    const bool routed =
        is_open(row) && std::ranges::any_of(routed_, [&](const StageFilter& filter) {
          return filter.takes(*application);
        });
    if (routed) {
      page.applications.push_back(*std::move(application));
    } else {
      Departure departure{application->id, application->stage};
      if (is_open(row)) {
        departure.job_id = application->job_id;
        departure.stage_id = application->stage_id;
      }
      page.left.push_back(std::move(departure));
    }
  }
  return {};
}

/// Lists seem to be ordered by stage: who was moved from a stage that was still to be read to one
/// that had been read already is on no page. They are asked for once more before anybody's absence
/// means anything.
Result<void> Source::add_moved_meanwhile(const Pass& pass, ApplicationPage& page) {
  // What had changed by the millisecond in which the first page was answered, that page shows.
  const OpportunityFilter changed{.changed_since = pass.began + Milliseconds{1}};
  const auto rows =
      all_pages<Opportunity>([&](const std::string& offset) -> Result<Listing<Opportunity>> {
        Result<OpportunityPage> listed = api_.opportunities(changed, offset);
        if (!listed) return std::move(listed).error();
        page.set_aside.insert(page.set_aside.end(), listed->unread.begin(), listed->unread.end());
        return std::move(listed->listing);
      });
  if (!rows) return Error(rows.error()).during("list who moved during the sweep");
  return add(*rows, page);
}

Result<void> Source::add_deleted(const Pass& pass, Timestamp now, ApplicationPage& page) {
  if (!sees_deleted_) return {};
  const Timestamp from = std::max(pass.since, now - kDeletedSpan);
  const auto ids = all_pages<std::string>(
      [&](const std::string& offset) { return api_.deleted(from, now, offset); });
  if (!ids) {
    // A key that may not ask for them: the next sweep shows who is no longer there.
    sees_deleted_ = ids.error().kind != ErrorKind::Unauthorized || api_.key_is_refused();
    if (!sees_deleted_) return {};
    return Error(ids.error()).during("list deleted opportunities");
  }
  for (const std::string& id : *ids) page.left.push_back({ApplicationId(id)});
  return {};
}

Result<Application> Source::application_of(const Opportunity& row) {
  Application application{.id = ApplicationId(row.id),
                          .candidate = CandidateId(row.contact),
                          .email = row.email,
                          .name = row.name,
                          .job = {},
                          .job_id = row.posting,
                          .stage = {},
                          .stage_id = row.stage,
                          .updated_at = row.updated_at};
  if (!row.may_be_contacted) application.hold = "no consent to be contacted";
  if (!row.stage.empty()) {
    const Result<const Stage*> stage = directory_.stages().find(row.stage);
    if (!stage) return Error(stage.error()).during("list stages");
    if (*stage != nullptr) application.stage = (*stage)->name;
  }
  if (!row.posting.empty()) {
    const Result<const Posting*> posting = directory_.postings().find(row.posting);
    if (!posting) return Error(posting.error()).during("list postings");
    if (*posting != nullptr) application.job = (*posting)->name;
  }
  return application;
}

}  // namespace praxisync::lever
