#include "connectors/lever/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "connector/names.h"
#include "domain/text.h"

namespace praxisync::lever {
namespace {

constexpr std::size_t kLongestNote = 10'000;

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

Written left_alone(std::string remark) { return {Written::How::LeftAlone, std::move(remark)}; }

Written gone() { return left_alone("the application is gone from the ATS"); }

Result<Written> written(const Result<Answer>& answer, std::string remark = {}) {
  if (!answer) return answer.error();
  if (*answer == Answer::Gone) return gone();
  return Written{Written::How::Done, std::move(remark)};
}

}  // namespace

Result<Written> Writer::write(const WriteBack& action) {
  const std::string& id = action.application.text();
  switch (action.kind) {
    case ActionKind::Note: {
      const std::string text =
          connector::note_text(action, connector::NoteStyle::Plain, kLongestNote);
      return written(api_.add_note(id, text));
    }
    case ActionKind::Tag:
      return written(api_.add_tag(id, action.value));
    case ActionKind::Field:
      return written(api_.add_tag(id, connector::as_kind(action, ActionKind::Tag).value),
                     "as a tag: Lever has no fields of an opportunity");
    case ActionKind::Link:
      return written(api_.add_link(id, action.value));
    case ActionKind::Move:
      return move(action);
    case ActionKind::Reject:
      return reject(action);
  }
  return Error{ErrorKind::Rejected, "Lever cannot do this"};
}

// Lever moves from wherever the opportunity is: so it is read right before.
Result<Written> Writer::move(const WriteBack& action) {
  const Result<Stage> target = directory_.stage_called(action.value);
  if (!target) return target.error();
  const Result<std::optional<Opportunity>> now = api_.opportunity(action.application.text());
  if (!now) return now.error();
  if (!*now) return gone();
  if ((*now)->stage == target->id) return Written{};
  if ((*now)->archived) return left_alone("it is archived");
  const Result<std::optional<Written>> decision = decided(action, **now);
  if (!decision) return decision.error();
  if (*decision) return **decision;
  return written(api_.move(action.application.text(), target->id));
}

Result<Written> Writer::reject(const WriteBack& action) {
  const Result<Reason> reason = directory_.rejection_called(action.value);
  if (!reason) return reason.error();
  const Result<std::optional<Opportunity>> now = api_.opportunity(action.application.text());
  if (!now) return now.error();
  if (!*now) return gone();
  if ((*now)->archived) {
    const Result<const Reason*> given = directory_.reasons().find((*now)->archive_reason);
    if (!given) return given.error();
    if (*given != nullptr && (*given)->hired) return left_alone("it is archived as hired");
    return Written{};
  }
  const Result<std::optional<Written>> decision = decided(action, **now);
  if (!decision) return decision.error();
  if (*decision) return **decision;
  return written(api_.archive(action.application.text(), reason->id));
}

Result<std::optional<Written>> Writer::decided(const WriteBack& action, const Opportunity& now) {
  if (now.anonymised) return std::optional(left_alone("the person was anonymised"));
  if (!action.expected_stage_id.empty() && now.stage == action.expected_stage_id)
    return std::optional<Written>();
  const Result<const Stage*> stage = directory_.stages().find(now.stage);
  if (!stage) return stage.error();
  const std::string name = *stage == nullptr ? "" : (*stage)->name;
  const bool expected = action.expected_stage_id.empty() && !name.empty() &&
                        to_lower(trim(name)) == to_lower(trim(action.expected_stage));
  if (expected) return std::optional<Written>();
  return std::optional(
      left_alone(fmt::format("it is in the stage \"{}\", no longer in \"{}\"", printable(name, 80),
                             printable(action.expected_stage, 80))));
}

Result<bool> Writer::landed(const WriteBack& action) {
  if (action.kind == ActionKind::Note) return note_landed(action);
  const Result<std::optional<Opportunity>> now = api_.opportunity(action.application.text());
  if (!now) return now.error();
  if (!*now) return false;
  switch (action.kind) {
    case ActionKind::Note:
      break;
    case ActionKind::Tag:
      return contains((*now)->tags, action.value);
    case ActionKind::Field:
      return contains((*now)->tags, connector::as_kind(action, ActionKind::Tag).value);
    case ActionKind::Link:
      return contains((*now)->links, action.value);
    case ActionKind::Move: {
      const Result<Stage> target = directory_.stage_called(action.value);
      if (!target) return target.error();
      return (*now)->stage == target->id;
    }
    case ActionKind::Reject: {
      const Result<Reason> reason = directory_.rejection_called(action.value);
      if (!reason) return reason.error();
      return (*now)->archived && (*now)->archive_reason == reason->id;
    }
  }
  return false;
}

/// No note of the opportunity holds the marker only where all pages were read.
Result<bool> Writer::note_landed(const WriteBack& action) {
  const auto notes = all_pages<std::string>(
      [&](const std::string& offset) { return api_.notes(action.application.text(), offset); });
  if (!notes) return Error(notes.error()).during("list notes");
  return std::ranges::any_of(*notes, [&](const std::string& text) {
    return text.find(action.marker) != std::string::npos;
  });
}

}  // namespace praxisync::lever
