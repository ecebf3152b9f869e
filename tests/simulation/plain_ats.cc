#include "simulation/plain_ats.h"

#include <fmt/format.h>

#include <algorithm>

namespace praxisync::simulation {

using sandbox::ats::ApplicationStatus;
using sandbox::ats::Candidacy;

namespace {

using How = AtsFault::How;

constexpr Milliseconds kOverlap = std::chrono::minutes{1};

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

PlainConnector::PlainConnector(Ats& ats, const Universe& universe, const AtsWatch& watch)
    : ats_(ats), universe_(universe), watch_(watch) {}

std::optional<AtsFault> PlainConnector::met(Call call) {
  const auto fault = strike(ats_.faults, [&](const AtsFault& armed) {
    // It has no page to lead elsewhere, and a write knows no cursor.
    if (armed.how == How::Astray || (armed.how == How::Forget && call == Call::Write)) return true;
    return armed.of_writes && call == Call::Read;
  });
  if (fault) watch_.struck(act_of(fault->how));
  if (fault && fault->how == How::Forget) ++ats_.generation;
  return fault;
}

std::optional<Error> PlainConnector::out_of_order() const {
  if (ats_.gone == Ats::Gone::Revoked) return Error{ErrorKind::Unauthorized, "HTTP 401"};
  if (!ats_.down && ats_.gone == Ats::Gone::No) return std::nullopt;
  watch_.struck(Act::AtsDown);
  return Error{ErrorKind::Transient, "HTTP 503"};
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
  watch_.door();
  if (const auto error = out_of_order()) return *error;
  if (ats_.empty) {
    watch_.struck(Act::AtsEmpty);
    ApplicationPage nobody;
    nobody.sweep = Sweep::Whole;
    return nobody;
  }
  const auto fault = met(Call::Read);
  if (fault && fault->how != How::Forget) {
    if (fault->how == How::Throttle) return Error{ErrorKind::Throttled, "HTTP 429"};
    if (fault->how == How::Junk || fault->how == How::Redirect)
      return Error{ErrorKind::Malformed, "no JSON"};
    if (fault->how == How::Refuse) return Error{ErrorKind::Unauthorized, "HTTP 401"};
    return Error{ErrorKind::Transient, "the connection ended"};
  }
  ApplicationPage found = page(after);
  watch_.door();
  return found;
}

Result<Written> PlainConnector::write(const WriteBack& action) {
  watch_.door();
  if (const auto error = out_of_order()) return *error;
  const auto fault = met(Call::Write);
  if (fault && (fault->how == How::Drop || fault->how == How::Error))
    return Error{ErrorKind::OutcomeUnknown, "the connection ended"};
  if (fault && fault->how == How::Redirect) return Error{ErrorKind::Malformed, "HTTP 307"};
  if (fault && fault->how == How::Throttle) return Error{ErrorKind::Throttled, "HTTP 429"};
  if (fault && fault->how == How::Refuse) return Error{ErrorKind::Unauthorized, "HTTP 401"};
  if (fault && fault->how == How::Late) {
    ats_.on_their_way.push_back({ats_.world.now() + fault->delay, [&ats = ats_, action] {
                                   const Result<Written> written = apply_write(ats, action);
                                   return action.marker +
                                          (written ? "" : ": " + written.error().what);
                                 }});
    watch_.door();
    return Error{ErrorKind::OutcomeUnknown, "no answer in time"};
  }
  Result<Written> written = apply_write(ats_, action);
  watch_.door();
  if (fault && fault->how == How::Junk) return Error{ErrorKind::Malformed, "no JSON"};
  if (fault) return Error{ErrorKind::OutcomeUnknown, "the connection ended"};
  return written;
}

Result<bool> PlainConnector::landed(const WriteBack& action) {
  watch_.door();
  if (const auto error = out_of_order()) return *error;
  if (const auto fault = met(Call::Read); fault && fault->how != How::Forget)
    return Error{ErrorKind::Transient, "the connection ended"};
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
