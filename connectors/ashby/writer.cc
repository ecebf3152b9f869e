#include "connectors/ashby/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "connector/names.h"
#include "connector/page_error.h"
#include "domain/text.h"

namespace praxisync::ashby {
namespace {

using connector::Named;

// How long a note or a tag may be is not documented: «10. Limits».
constexpr std::size_t kLongestNote = 10'000, kLongestTag = 100;

Written left_alone(std::string why) { return {Written::How::LeftAlone, std::move(why)}; }
Written gone() { return left_alone("the application is gone from the ATS"); }

bool is_in(const Candidacy& candidacy, std::string_view wanted) {
  return candidacy.stage.named.id == wanted || same_name(candidacy.stage.named.name, wanted);
}

/// Why the application is not to be moved any more; nullopt: it is where it is expected.
std::optional<Written> taken(const Candidacy& now, const WriteBack& action) {
  if (now.status != "Active")
    return left_alone(fmt::format("its status is \"{}\" now", printable(now.status, 40)));
  const bool expected = action.expected_stage_id.empty()
                            ? same_name(now.stage.named.name, action.expected_stage)
                            : now.stage.named.id == action.expected_stage_id;
  if (expected) return std::nullopt;
  return left_alone(
      fmt::format("it is in the stage \"{}\" now", printable(now.stage.named.name, 80)));
}

Result<std::optional<Written>> done_where(const Result<Target>& target) {
  if (!target) return target.error();
  return *target == Target::Here ? std::optional(Written{}) : std::nullopt;
}

Result<Written> or_gone(Result<std::optional<Written>> done) {
  if (!done) return std::move(done).error();
  return done->value_or(gone());
}

}  // namespace

Result<Writer::Plan> Writer::plan(const WriteBack& action) {
  if (action.kind == ActionKind::Link)
    return Plan{.action = connector::as_kind(action, ActionKind::Note), .remark = "as a note"};
  if (action.kind != ActionKind::Field) return Plan{.action = action};
  Result<std::optional<Field>> field = directory_.field(action.field);
  if (!field) return std::move(field).error();
  if (*field) return Plan{.action = action, .field = *std::move(field)};
  WriteBack tag = connector::as_kind(action, ActionKind::Tag);
  const bool fits = tag.value.size() <= kLongestTag && tag.value.find('\n') == std::string::npos;
  const std::string why =
      fmt::format(": there is no field \"{}\" that can be written", printable(action.field, 80));
  if (fits) return Plan{.action = std::move(tag), .remark = "as a tag" + why};
  return Plan{.action = connector::as_kind(action, ActionKind::Note), .remark = "as a note" + why};
}

Result<Written> Writer::write(const WriteBack& action) {
  const Result<Plan> planned = plan(action);
  if (!planned) return planned.error();
  const WriteBack& act = planned->action;
  Result<Written> written = [&] {
    if (planned->field) return write_field(act, *planned->field);
    if (act.kind == ActionKind::Tag) return write_tag(act);
    if (act.kind == ActionKind::Move) return move(act);
    if (act.kind == ActionKind::Reject) return reject(act);
    return write_note(act);
  }();
  if (written && written->remark.empty()) written->remark = planned->remark;
  return written;
}

Result<bool> Writer::landed(const WriteBack& action) {
  const Result<Plan> planned = plan(action);
  if (!planned) return planned.error();
  const WriteBack& act = planned->action;
  if (planned->field) return field_landed(act, *planned->field);
  if (act.kind == ActionKind::Tag) return tag_landed(act);
  if (act.kind == ActionKind::Note) return note_landed(act);
  const Result<std::optional<Candidacy>> now = api_.application(act.application.text());
  if (!now) return now.error();
  if (!*now) return false;
  if (act.kind == ActionKind::Reject) return (*now)->status == "Archived";
  return (*now)->status == "Active" && is_in(**now, act.value);
}

template <typename Act>
auto Writer::on_candidate(const WriteBack& action, Act&& act) -> decltype(act(std::string())) {
  auto found = act(action.candidate.text());
  if (!found || *found) return found;
  const Result<std::optional<Candidacy>> now = api_.application(action.application.text());
  if (!now) return now.error();
  if (!*now || (*now)->candidate == action.candidate.text()) return found;
  return act((*now)->candidate);
}

Result<Written> Writer::write_note(const WriteBack& action) {
  const std::string text = connector::note_text(action, connector::NoteStyle::Plain, kLongestNote);
  return or_gone(on_candidate(action, [&](const std::string& candidate) {
    return done_where(api_.create_note(candidate, text));
  }));
}

Result<bool> Writer::note_landed(const WriteBack& action) {
  const auto look = [&](const std::string& candidate) -> Result<std::optional<bool>> {
    std::string cursor;
    for (int pages = 0; pages < kMostPages; ++pages) {
      const Result<std::optional<NotePage>> page = api_.notes(candidate, cursor);
      if (!page) return connector::error_of_page(pages, page.error());
      if (!*page) return std::optional<bool>();
      const bool found = std::ranges::any_of((*page)->texts, [&](const std::string& text) {
        return text.find("[" + action.marker + "]") != std::string::npos;
      });
      if (found || !(*page)->paging.more) return std::optional(found);
      cursor = (*page)->paging.next_cursor;
    }
    return Error{ErrorKind::Malformed, "candidate.listNotes: the list does not end"};
  };
  const Result<std::optional<bool>> found = on_candidate(action, look);
  return found ? Result<bool>(found->value_or(false)) : found.error();
}

Result<Written> Writer::write_tag(const WriteBack& action) {
  const Result<std::string> tag = directory_.tag(action.value);
  if (!tag) return tag.error();
  return or_gone(on_candidate(action, [&](const std::string& candidate) {
    return done_where(api_.add_tag(candidate, *tag));
  }));
}

Result<bool> Writer::tag_landed(const WriteBack& action) {
  const Result<std::optional<Candidate>> now =
      on_candidate(action, [&](const std::string& candidate) { return api_.candidate(candidate); });
  if (!now) return now.error();
  return *now && std::ranges::any_of((*now)->tags, [&](const std::string& title) {
    return same_name(title, action.value);
  });
}

Result<std::optional<Writer::Standing>> Writer::standing(const WriteBack& action,
                                                         const Field& field) {
  const auto among = [&](std::string object, const FieldValues& values) {
    const auto value = values.find(field.named.id);
    if (value == values.end()) return std::optional(Standing{std::move(object), std::nullopt});
    return std::optional(Standing{std::move(object), value->second});
  };
  if (field.object == "Application") {
    const Result<std::optional<Candidacy>> now = api_.application(action.application.text());
    if (!now) return now.error();
    return *now ? among(action.application.text(), (*now)->fields) : std::nullopt;
  }
  return on_candidate(action, [&](const std::string& candidate) -> Result<std::optional<Standing>> {
    const Result<std::optional<Candidate>> now = api_.candidate(candidate);
    if (!now) return now.error();
    return *now ? among(candidate, (*now)->fields) : std::nullopt;
  });
}

Result<Written> Writer::write_field(const WriteBack& action, const Field& field) {
  const Result<FieldValue> value = value_for(field, action.value);
  if (!value) return value.error();
  const Result<std::optional<Standing>> now = standing(action, field);
  if (!now) return now.error();
  if (!*now) return gone();
  const std::optional<FieldValue>& there = (*now)->value;
  if (there == *value) return Written{};
  if (there) {
    const Result<FieldValue> ours = value_for(field, action.previous);
    if (action.previous.empty() || !ours || *there != *ours) {
      return left_alone(
          fmt::format("the field \"{}\" was edited in the ATS", printable(field.named.name, 80)));
    }
  }
  return or_gone(done_where(api_.set_value(field, (*now)->object, *value)));
}

Result<bool> Writer::field_landed(const WriteBack& action, const Field& field) {
  const Result<FieldValue> value = value_for(field, action.value);
  if (!value) return value.error();
  const Result<std::optional<Standing>> now = standing(action, field);
  if (!now) return now.error();
  return *now && (*now)->value == *value;
}

Result<Written> Writer::move(const WriteBack& action) {
  const Result<std::optional<Candidacy>> now = api_.application(action.application.text());
  if (!now) return now.error();
  if (!*now) return gone();
  if ((*now)->status == "Active" && is_in(**now, action.value)) return Written{};
  if (auto left = taken(**now, action)) return *std::move(left);
  const Stage& from = (*now)->stage;
  // The plan is the application's own: a job may have several («4. Jobs, plans, stages»).
  const Result<std::vector<Stage>> stages = directory_.stages(from.plan, from.named.id);
  if (!stages) return stages.error();
  std::vector<Named> open;
  for (const Stage& stage : *stages) {
    if (stage.type != "Archived") open.push_back(stage.named);
  }
  const Result<Named> wanted = connector::find_named("stage", action.value, open);
  if (!wanted) return wanted.error();
  return change_stage(action, from, *std::ranges::find(*stages, *wanted, &Stage::named));
}

Result<Written> Writer::reject(const WriteBack& action) {
  const Result<std::optional<Candidacy>> now = api_.application(action.application.text());
  if (!now) return now.error();
  if (!*now) return gone();
  if ((*now)->status == "Archived") return Written{};
  if (auto left = taken(**now, action)) return *std::move(left);
  const Result<std::vector<Named>> reasons = directory_.reasons();
  if (!reasons) return reasons.error();
  const Result<Named> reason = connector::find_named("archive reason", action.value, *reasons);
  if (!reason) return reason.error();
  const Stage& from = (*now)->stage;
  const Result<std::vector<Stage>> stages = directory_.stages(from.plan, from.named.id);
  if (!stages) return stages.error();
  const auto archive = std::ranges::find(*stages, "Archived", &Stage::type);
  if (archive == stages->end()) {
    return Error{ErrorKind::Rejected,
                 "the application's interview plan has no stage of type Archived"};
  }
  return change_stage(action, from, *archive, reason->id);
}

Result<Written> Writer::change_stage(const WriteBack& action, const Stage& from, const Stage& to,
                                     const std::string& reason) {
  const Result<Target> changed = api_.change_stage(action.application.text(), to.named.id, reason);
  // A stage that is refused may be one of a plan that was changed meanwhile.
  if (!changed && changed.error().kind == ErrorKind::Rejected) directory_.forget(from.plan);
  return or_gone(done_where(changed));
}

}  // namespace praxisync::ashby
