#include "simulation/plain_ats.h"

#include <fmt/format.h>

#include <algorithm>

namespace praxisync::simulation {

using sandbox::ats::ApplicationStatus;
using sandbox::ats::Candidacy;

namespace {

constexpr Milliseconds kOverlap = std::chrono::minutes{1};

Act act_of(AtsFault::How how) {
  switch (how) {
    case AtsFault::How::Drop:
      return Act::AtsDrop;
    case AtsFault::How::DropAfter:
      return Act::AtsDropAfter;
    case AtsFault::How::Late:
      return Act::AtsLate;
    case AtsFault::How::Throttle:
      return Act::AtsThrottle;
    case AtsFault::How::Junk:
      return Act::AtsJunk;
    case AtsFault::How::Refuse:
      return Act::AtsRefuse;
  }
  return Act::AtsDrop;
}

std::string text_of(const WriteBack& note) { return note.value + "\n" + note.marker; }

Written left_alone(std::string remark) { return {Written::How::LeftAlone, std::move(remark)}; }

Result<Written> change_stage(Ats& ats, const Candidacy& application, const WriteBack& action) {
  const auto* stage = ats.world.stage(application.stage);
  const bool stays =
      application.status == ApplicationStatus::Active && stage->name == action.expected_stage;
  if (!stays) return left_alone("somebody decided before");
  if (action.kind == ActionKind::Reject) {
    ats.world.write_reject(action.application.text(), ats.reason);
    return Written{};
  }
  const std::string to = ats.world.stage_id(application.job, action.value);
  if (to.empty()) return Error{ErrorKind::Rejected, "there is no such stage"};
  ats.world.write_move(action.application.text(), to);
  return Written{};
}

}  // namespace

connector::Capabilities plain_capabilities() {
  return {.actions = {ActionKind::Note, ActionKind::Tag, ActionKind::Move, ActionKind::Reject},
          .settle_after = std::chrono::minutes{10}};
}

Result<Written> apply_write(Ats& ats, const WriteBack& action) {
  const std::string id = action.application.text();
  const Candidacy* application = ats.world.application(id);
  if (application == nullptr) return left_alone("the application is gone");
  switch (action.kind) {
    case ActionKind::Note:
      ats.world.write_note({.application = id, .text = text_of(action)});
      return Written{};
    case ActionKind::Tag:
      ats.world.write_tag("", application->person, action.value);
      return Written{};
    case ActionKind::Move:
    case ActionKind::Reject:
      return change_stage(ats, *application, action);
    case ActionKind::Field:
    case ActionKind::Link:
      break;
  }
  return Error{ErrorKind::Rejected, "there is no room for that"};
}

PlainConnector::PlainConnector(Ats& ats, const Universe& universe, std::function<void()> door,
                               std::function<void(Act)> struck)
    : ats_(ats), universe_(universe), door_(std::move(door)), struck_(std::move(struck)) {}

std::optional<AtsFault> PlainConnector::strike() {
  for (AtsFault& fault : ats_.faults) {
    if (fault.times == 0) continue;
    if (fault.skip-- > 0) continue;
    --fault.times;
    struck_(act_of(fault.how));
    return fault;
  }
  return std::nullopt;
}

Cursor PlainConnector::cursor(std::string_view text) const {
  return Cursor(fmt::format("{}/{}", ats_.generation, text));
}

void PlainConnector::put(ApplicationPage& page, const Candidacy& application) const {
  const auto* stage = ats_.world.stage(application.stage);
  if (!ats_.in_routed_stage(application)) {
    page.left.push_back({ApplicationId(application.id), stage->name});
    return;
  }
  const auto* person = ats_.world.person(application.person);
  const auto* job = ats_.world.job(application.job);
  page.applications.push_back({.id = ApplicationId(application.id),
                               .candidate = CandidateId(person->id),
                               .email = person->emails.empty() ? "" : person->emails.front(),
                               .name = person->name(),
                               .job = job->name,
                               .job_id = job->id,
                               .stage = stage->name,
                               .stage_id = stage->id,
                               .updated_at = std::max(application.updated, person->updated)});
}

ApplicationPage PlainConnector::sweep(std::size_t place, long long began) {
  const std::vector<std::string>& all = ats_.applications;
  const auto size = static_cast<std::size_t>(std::max(1, universe_.schedule().knob("ats_page")));
  const std::size_t end = std::min(place + size, all.size());
  ApplicationPage page;
  for (std::size_t i = place; i < end; ++i) {
    const Candidacy* application = ats_.world.application(all[i]);
    if (application != nullptr && ats_.in_routed_stage(*application)) put(page, *application);
  }
  page.more = end < all.size();
  page.sweep = place == 0 ? (page.more ? Sweep::Starts : Sweep::Whole)
                          : (page.more ? Sweep::Continues : Sweep::Ends);
  const bool tells_news = universe_.schedule().knob("incremental") != 0;
  if (page.more) {
    page.next = cursor(fmt::format("s{}@{}", end, began));
  } else if (tells_news) {
    page.next = cursor(fmt::format("n{}", began));
  }
  return page;
}

ApplicationPage PlainConnector::news(Timestamp since) {
  ApplicationPage page;
  for (const Candidacy* application : ats_.world.applications()) {
    const auto* person = ats_.world.person(application->person);
    if (std::max(application->updated, person->updated) >= since - kOverlap)
      put(page, *application);
  }
  for (const auto& deletion : ats_.world.deletions()) {
    if (deletion.at >= since - kOverlap)
      page.left.push_back({ApplicationId(deletion.application), ""});
  }
  page.next = cursor(fmt::format("n{}", ats_.world.now().time_since_epoch().count()));
  return page;
}

ApplicationPage PlainConnector::page(const Cursor& after) {
  const std::string ours = fmt::format("{}/", ats_.generation);
  const long long now = ats_.world.now().time_since_epoch().count();
  if (!after.text().starts_with(ours)) return sweep(0, now);  // expired, or none yet
  const std::string at = after.text().substr(ours.size());
  const long long number = std::stoll(at.substr(1));
  if (at.front() == 's')
    return sweep(static_cast<std::size_t>(number), std::stoll(at.substr(at.find('@') + 1)));
  return news(Timestamp{Milliseconds{number}});
}

Result<ApplicationPage> PlainConnector::pull(const Cursor& after) {
  door_();
  if (ats_.down) {
    struck_(Act::AtsDown);
    return Error{ErrorKind::Transient, "HTTP 503"};
  }
  if (ats_.empty) {
    struck_(Act::AtsEmpty);
    ApplicationPage nobody;
    nobody.sweep = Sweep::Whole;
    return nobody;
  }
  if (const auto fault = strike()) {
    using enum AtsFault::How;
    if (fault->how == Throttle) return Error{ErrorKind::Throttled, "HTTP 429"};
    if (fault->how == Junk) return Error{ErrorKind::Malformed, "no JSON"};
    if (fault->how == Refuse) return Error{ErrorKind::Unauthorized, "HTTP 401"};
    return Error{ErrorKind::Transient, "the connection ended"};
  }
  ApplicationPage found = page(after);
  door_();
  return found;
}

Result<Written> PlainConnector::write(const WriteBack& action) {
  door_();
  if (ats_.down) return Error{ErrorKind::Transient, "HTTP 503"};
  const auto fault = strike();
  using enum AtsFault::How;
  if (fault && fault->how == Drop) return Error{ErrorKind::OutcomeUnknown, "the connection ended"};
  if (fault && fault->how == Throttle) return Error{ErrorKind::Throttled, "HTTP 429"};
  if (fault && fault->how == Refuse) return Error{ErrorKind::Unauthorized, "HTTP 401"};
  if (fault && fault->how == Late) {
    ats_.on_their_way.push_back({ats_.world.now() + fault->delay, action});
    door_();
    return Error{ErrorKind::OutcomeUnknown, "no answer in time"};
  }
  Result<Written> written = apply_write(ats_, action);
  door_();
  if (fault && fault->how == Junk) return Error{ErrorKind::Malformed, "no JSON"};
  if (fault) return Error{ErrorKind::OutcomeUnknown, "the connection ended"};
  return written;
}

Result<bool> PlainConnector::landed(const WriteBack& action) {
  door_();
  if (ats_.down) return Error{ErrorKind::Transient, "HTTP 503"};
  if (const auto fault = strike()) return Error{ErrorKind::Transient, "the connection ended"};
  const Candidacy* application = ats_.world.application(action.application.text());
  if (application == nullptr) return false;
  switch (action.kind) {
    case ActionKind::Note:
      return std::ranges::any_of(ats_.world.notes(), [&](const sandbox::ats::Note& note) {
        return note.application == application->id && note.text == text_of(action);
      });
    case ActionKind::Tag: {
      const auto& tags = ats_.world.person(application->person)->tags;
      return std::ranges::find(tags, action.value) != tags.end();
    }
    case ActionKind::Move:
      return ats_.world.stage(application->stage)->name == action.value;
    case ActionKind::Reject:
      return application->status == ApplicationStatus::Rejected;
    case ActionKind::Field:
    case ActionKind::Link:
      break;
  }
  return false;
}

}  // namespace praxisync::simulation
