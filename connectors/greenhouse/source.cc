#include "connectors/greenhouse/source.h"

#include <algorithm>
#include <map>
#include <utility>

#include "connector/names.h"
#include "http/url.h"

namespace praxisync::greenhouse {
namespace {

using connector::Pass;

constexpr int kMostRestarts = 3;

constexpr const char* kMayNotEmail = "the ATS says not to e-mail this person";
constexpr const char* kNotShown =
    "the ATS does not show this person: private to others, or not there any more";

}  // namespace

/// Where a page stands: in which block of stages or jobs, and at which of its pages. A block is
/// known by its last id and begins behind that of the block before, so that it is found again when
/// stages came or went meanwhile.
struct Source::Place {
  InProcess::By by = InProcess::By::Stage;
  std::string behind{};  ///< the last id of the block before; empty: the first block
  std::string last{};    ///< the last id of this block; with a cursor
  std::string cursor{};  ///< empty: the block's first page

  static Place parse(const std::string& text) {
    const auto part = [&](std::string_view name) {
      return http::query_parameter(text, name).value_or("");
    };
    return {part("by") == "job" ? InProcess::By::Job : InProcess::By::Stage, part("behind"),
            part("last"), part("cursor")};
  }
  std::string text() const {
    return std::string("?by=") + (by == InProcess::By::Job ? "job" : "stage") +
           "&behind=" + http::encode_query_value(behind) +
           "&last=" + http::encode_query_value(last) +
           "&cursor=" + http::encode_query_value(cursor);
  }
};

std::vector<std::string> Source::ids_by(InProcess::By by) const {
  return by == InProcess::By::Stage ? directory_.routed_stages() : directory_.routed_jobs();
}

Result<ApplicationPage> Source::pull(const Cursor& after) {
  if (Result<void> loaded = directory_.load(); !loaded) return std::move(loaded).error();
  if (Result<void> routed = directory_.check_routed(); !routed) return std::move(routed).error();
  Pass pass = connector::pass_after(after, policy_, clock_.now());
  if (pass.at_start()) restarts_ = 0;
  return pull(pass);
}

Result<ApplicationPage> Source::pull(const Pass& pass) {
  Place place = Place::parse(pass.page);
  if (place.by == InProcess::By::Job) by_ = InProcess::By::Job;
  Result<ApplicationList> rows = list(pass, place);
  if (!rows && rows.error().kind == ErrorKind::Rejected && !pass.at_start()) {
    // How long a cursor is good, nobody says: Harvest v3 'pagination'.
    if (++restarts_ > kMostRestarts) {
      restarts_ = 0;
      return Error{ErrorKind::Malformed, "the cursor of the next page is refused every time"}
          .during("list applications");
    }
    return pull(connector::restarted(pass));
  }
  if (!rows) return std::move(rows).error();

  const Timestamp answered = rows->answered;
  if (!rows->next.empty()) {
    place.cursor = rows->next;
  } else {
    place = {place.by, place.last, {}, {}};
  }
  const std::vector<std::string> ids =
      pass.kind == Pass::Kind::Sweep ? ids_by(place.by) : std::vector<std::string>{};
  const bool more = !place.cursor.empty() || (!ids.empty() && precedes(place.behind, ids.back()));
  ApplicationPage page;
  if (Result<void> sorted = sort(*std::move(rows), page); !sorted) return std::move(sorted).error();
  page.more = more || connector::sweep_follows(pass, policy_, clock_.now());
  page.sweep = pass.shows(more);
  if (page.sweep == Sweep::Ends || page.sweep == Sweep::Whole)
    page.swept_stages = directory_.routed_stages();
  page.next = more ? connector::cursor_at(pass, place.text(), answered)
                   : connector::cursor_behind(pass, answered);
  return page;
}

Result<ApplicationList> Source::list(const Pass& pass, Place& place) {
  if (!place.cursor.empty()) return api_.applications_after(place.cursor);
  if (pass.kind == Pass::Kind::News)
    return api_.applications(Changed{pass.since, std::max(pass.since, api_.server_now())});
  for (;;) {
    place.by = by_;
    InProcess filter{by_, {}};
    for (const std::string& id : ids_by(by_)) {
      if (precedes(place.behind, id) && filter.ids.size() < kMostIds) filter.ids.push_back(id);
    }
    if (filter.ids.empty()) return ApplicationList{{}, {}, directory_.loaded_at()};
    place.last = filter.ids.back();
    Result<ApplicationList> rows = api_.applications(filter);
    const bool refused = !rows && rows.error().kind == ErrorKind::Rejected;
    // The filter by stage is not in every document: Harvest v3 'applications'.
    if (!refused || by_ == InProcess::By::Job) return rows;
    by_ = InProcess::By::Job;
    if (!place.behind.empty()) return rows;  // the blocks are others now
  }
}

Result<void> Source::sort(ApplicationList list, ApplicationPage& page) {
  page.set_aside = std::move(list.rows.flawed);
  std::set<std::string> jobs;
  for (const ApplicationRow& row : list.rows.rows) {
    if (row.in_process() && !row.job.empty()) jobs.insert(row.job);
  }
  if (Result<void> learnt = directory_.learn(jobs); !learnt) return learnt;
  std::vector<ApplicationRow> routed;
  for (ApplicationRow& row : list.rows.rows) {
    if (row.in_process() && directory_.routed(row)) {
      routed.push_back(std::move(row));
    } else {
      Departure departure{ApplicationId(row.id), directory_.stage_name_of(row)};
      const Job* const job = directory_.job(row.job);
      if (row.in_process() && job != nullptr && job->open) {
        departure.job_id = row.job;
        departure.stage_id = row.stage;
      }
      page.left.push_back(std::move(departure));
    }
  }
  return add_people(routed, page);
}

Result<void> Source::add_people(const std::vector<ApplicationRow>& rows, ApplicationPage& page) {
  std::set<std::string> wanted;
  for (const ApplicationRow& row : rows) wanted.insert(row.candidate);
  const std::vector<std::string> ids(wanted.begin(), wanted.end());
  std::map<std::string, CandidateRow> people;
  std::map<std::string, std::string> flaws;
  for (std::size_t at = 0; at < ids.size(); at += kMostIds) {
    Result<Rows<CandidateRow>> found =
        api_.candidates(std::span(ids).subspan(at, std::min(kMostIds, ids.size() - at)));
    if (!found) return std::move(found).error();
    for (CandidateRow& row : found->rows) people.insert_or_assign(row.id, std::move(row));
    for (SetAside& flawed : found->flawed) flaws[flawed.record] = std::move(flawed.reason);
  }
  for (const ApplicationRow& row : rows) {
    if (const auto flaw = flaws.find(row.candidate); flaw != flaws.end()) {
      page.set_aside.push_back({row.id, "its candidate: " + flaw->second});
      continue;
    }
    Application application{.id = ApplicationId(row.id),
                            .candidate = CandidateId(row.candidate),
                            .email = {},
                            .name = {},
                            .job = directory_.job(row.job)->name,
                            .job_id = row.job,
                            .stage = directory_.stage_name_of(row),
                            .stage_id = directory_.stage_of(row),
                            .updated_at = row.updated_at};
    const auto person = people.find(row.candidate);
    if (person == people.end()) {
      application.hold = kNotShown;
    } else if (person->second.anonymised()) {
      page.left.push_back({application.id, {}});
      continue;
    } else {
      application.email = person->second.email;
      application.name =
          connector::person_name(person->second.first_name, person->second.last_name);
      if (!person->second.can_email) application.hold = kMayNotEmail;
    }
    page.applications.push_back(std::move(application));
  }
  return {};
}

}  // namespace praxisync::greenhouse
