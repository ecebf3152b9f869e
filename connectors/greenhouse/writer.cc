#include "connectors/greenhouse/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "connector/names.h"
#include "domain/text.h"

namespace praxisync::greenhouse {
namespace {

using connector::as_kind;
using connector::Named;

/// How long a note may be, Greenhouse does not say.
constexpr std::size_t kLongestNote = 10'000;
/// What is longer, or an address, is no tag.
constexpr std::size_t kLongestTag = 80;

Written done(std::string remark = {}) { return {Written::How::Done, std::move(remark)}; }
Written left_alone(std::string remark) { return {Written::How::LeftAlone, std::move(remark)}; }
Written gone() { return left_alone("the application is gone from the ATS"); }

bool same_name(std::string_view a, std::string_view b) {
  return to_lower(trim(a)) == to_lower(trim(b));
}

/// Whether two values are the same, however a number, an option or a yes is spelt.
bool same(const std::string& type, const std::string& a, const std::string& b) {
  if (a == b) return true;
  if (type == "single_select") return same_name(a, b);
  if (type == "yes_no") {
    const std::optional<std::string> yes = json_of_text(type, a);
    return yes && yes == json_of_text(type, b);
  }
  if (type != "number") return false;
  const auto number = [](const std::string& text) -> std::optional<double> {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
  };
  return number(a) && number(a) == number(b);
}

/// What is written where a field cannot be: a tag, or a note where that would be no good one.
WriteBack stand_in(const WriteBack& action) {
  WriteBack tag = as_kind(action, ActionKind::Tag);
  const bool fits = tag.value.size() <= kLongestTag && tag.value.find("://") == std::string::npos &&
                    tag.value.find('\n') == std::string::npos;
  return fits ? tag : as_kind(action, ActionKind::Note);
}

bool is_select(const std::string& type) {
  return type == "single_select" || type == "multi_select";
}

}  // namespace

Result<Written> Writer::write(const WriteBack& action) {
  if (!is_id(action.application.text())) return gone();
  switch (action.kind) {
    case ActionKind::Note:
      return note(action);
    case ActionKind::Tag:
      return tag(action);
    case ActionKind::Field:
      return field(action);
    case ActionKind::Link:
      return note(as_kind(action, ActionKind::Note));
    case ActionKind::Move:
      return move(action);
    case ActionKind::Reject:
      return reject(action);
  }
  return Error{ErrorKind::Rejected, "there is no such action"};
}

template <typename Write>
Result<Written> Writer::to_candidate(const WriteBack& action, Write write) {
  std::string candidate = action.candidate.text();
  for (bool again = false;; again = true) {
    const Result<void> written = is_id(candidate)
                                     ? write(candidate)
                                     : Result<void>{Error{ErrorKind::Rejected, "no candidate"}};
    if (written) return done();
    if (written.error().kind != ErrorKind::Rejected || again) return written.error();
    // Merged people's applications are the winner's: Harvest v3 'gotchas'.
    const Result<std::optional<ApplicationRow>> row = api_.application(action.application.text());
    if (!row) return row.error();
    if (!*row) return gone();
    if ((*row)->candidate == candidate) return written.error();
    candidate = (*row)->candidate;
  }
}

Result<Written> Writer::note(const WriteBack& action) {
  // It may be shown as HTML.
  const std::string text =
      connector::note_text(action, connector::NoteStyle::NoMarkup, kLongestNote);
  return to_candidate(action, [&](const std::string& candidate) {
    return api_.add_note(candidate, action.application.text(), text);
  });
}

Result<std::string> Writer::tag_id(const std::string& name) {
  const Result<std::vector<Named>> tags = directory_.tags();
  if (!tags) return tags.error();
  const auto id_in = [&](const std::vector<Named>& all) {
    // The exact name before one that differs in case.
    auto found = std::ranges::find_if(
        all, [&](const Named& tag) { return tag.name == name || tag.id == name; });
    if (found == all.end())
      found =
          std::ranges::find_if(all, [&](const Named& tag) { return same_name(tag.name, name); });
    return found == all.end() ? std::string() : found->id;
  };
  if (std::string id = id_in(*tags); !id.empty()) return id;
  Result<std::string> made = api_.create_tag(name);
  directory_.forget_tags();
  if (made || made.error().kind != ErrorKind::Rejected) return made;
  // Somebody else made it meanwhile.
  const Result<std::vector<Named>> now = directory_.tags();
  if (!now) return now.error();
  std::string id = id_in(*now);
  return id.empty() ? made : Result<std::string>{std::move(id)};
}

Result<Written> Writer::tag(const WriteBack& action) {
  const Result<std::string> id = tag_id(action.value);
  if (!id) return id.error();
  // What a second application of a tag does, nobody says: Harvest v3 'add tag'.
  return to_candidate(action, [&](const std::string& candidate) -> Result<void> {
    const Result<bool> there = api_.has_tag(candidate, *id);
    if (!there) return there.error();
    return *there ? Result<void>{} : api_.apply_tag(candidate, *id);
  });
}

Result<Writer::Plan> Writer::plan(const WriteBack& action) {
  Result<std::optional<FoundField>> found = directory_.field(action.field);
  if (!found) return std::move(found).error();
  Plan plan;
  std::string why = "there is no field \"" + printable(action.field, 80) + "\"";
  if (*found) {
    const Field& its = (*found)->field;
    std::optional<std::string> json = json_of_text(its.type, action.value);
    if (its.type == "single_select") {
      const Result<std::vector<FieldOption>> options = directory_.options({its.id});
      if (!options) return options.error();
      for (const FieldOption& option : *options) {
        if (same_name(option.name, action.value)) json = option.id;
      }
    }
    if (json) return Plan{*std::move(found), *std::move(json), {}};
    why = fmt::format("the field \"{}\" is a {}, which takes no such value",
                      printable(its.name, 80), printable(its.type, 40));
  }
  plan.why = std::move(why);
  return plan;
}

Result<Written> Writer::write_instead(const WriteBack& action, const std::string& why) {
  const WriteBack instead = stand_in(action);
  Result<Written> written = instead.kind == ActionKind::Tag ? tag(instead) : note(instead);
  if (written && written->remark.empty())
    written->remark = fmt::format("as a {}: {}", to_string(instead.kind), why);
  return written;
}

Result<std::optional<Writer::Holder>> Writer::holder(const WriteBack& action, FieldOwner owner) {
  Result<std::optional<ApplicationRow>> row = api_.application(action.application.text());
  if (!row) return std::move(row).error();
  if (!*row) return std::optional<Holder>{};
  if (owner == FieldOwner::Application)
    return std::optional(Holder{(*row)->id, std::move((*row)->fields)});
  Result<std::optional<CandidateRow>> person = api_.candidate((*row)->candidate);
  if (!person) return std::move(person).error();
  if (!*person) return std::optional<Holder>{};
  return std::optional(Holder{(*person)->id, std::move((*person)->fields)});
}

/// Whether fields that are not sent keep their values is unknown, so all are sent. Options go by
/// their ids, where reading gives their names: Harvest v3 'set custom field'.
Result<std::string> Writer::merged(const Holder& holder, const FoundField& found,
                                   const std::string& json) {
  std::map<std::string, std::string> values;
  for (const auto& [key, value] : holder.fields) {
    if (value.json == "null") continue;
    values[key] = value.json;
    if (!is_select(value.type) || key == found.field.key) continue;
    const Result<std::optional<FoundField>> select = directory_.field(key);
    if (!select) return select.error();
    if (!*select) continue;
    const Result<std::vector<FieldOption>> options = directory_.options({(*select)->field.id});
    if (!options) return options.error();
    std::vector<std::string> ids;
    const std::vector<std::string> names = texts_of(value);
    for (const std::string& name : names) {
      const auto option = std::ranges::find(*options, name, &FieldOption::name);
      if (option != options->end()) ids.push_back(option->id);
    }
    if (ids.empty() || ids.size() != names.size()) continue;
    values[key] = value.type == "single_select" ? ids.front() : json_of_ids(ids);
  }
  values[found.field.key] = json;
  return fields_body(values);
}

Result<Written> Writer::field(const WriteBack& action) {
  Result<Plan> how = plan(action);
  if (!how) return std::move(how).error();
  if (!how->field) return write_instead(action, how->why);
  const FoundField& found = *how->field;
  const Result<std::optional<Holder>> held = holder(action, found.owner);
  if (!held) return held.error();
  if (!*held) return gone();
  const auto value = (*held)->fields.find(found.field.key);
  const std::string now = value == (*held)->fields.end() ? "" : value->second.text;
  if (same(found.field.type, now, action.value)) return done();
  if (!now.empty() && !same(found.field.type, now, action.previous)) {
    return left_alone(
        fmt::format("the field \"{}\" was edited in the ATS", printable(found.field.name, 80)));
  }
  const Result<std::string> body = merged(**held, found, how->json);
  if (!body) return body.error();
  const Result<void> written = api_.set_fields(found.owner, (*held)->id, *body);
  if (written) return done();
  if (written.error().kind != ErrorKind::Rejected) return written.error();
  return write_instead(action, "Greenhouse refuses the fields: " + written.error().what);
}

std::string Writer::taken(const WriteBack& action, const ApplicationRow& row) const {
  if (row.prospect) return "it is a prospect's now";
  if (row.status != "in_process") {
    return fmt::format("the application is {}", printable(row.status, 40));
  }
  const std::string stage = directory_.stage_of(row);
  const bool there = !stage.empty() && !action.expected_stage_id.empty()
                         ? stage == action.expected_stage_id
                         : same_name(directory_.stage_name_of(row), action.expected_stage);
  if (there) return {};
  return fmt::format("it is in the stage \"{}\" by now",
                     printable(directory_.stage_name_of(row), 80));
}

Result<std::string> Writer::target_stage(const WriteBack& action, const ApplicationRow& row) {
  const Result<std::vector<Named>> stages = directory_.stages(row.job);
  if (!stages) return stages.error();
  Result<Named> target = connector::find_named("stage", action.value, *stages);
  if (!target) return std::move(target).error();
  return std::move(target->id);
}

Result<Written> Writer::move(const WriteBack& action) {
  for (bool again = false;; again = true) {
    const Result<std::optional<ApplicationRow>> found = api_.application(action.application.text());
    if (!found) return found.error();
    if (!*found) return gone();
    const ApplicationRow& row = **found;
    if (!row.in_process()) return left_alone(taken(action, row));
    const Result<std::string> target = target_stage(action, row);
    const std::string stage = directory_.stage_of(row);
    if (target && stage == *target) return done();
    if (std::string why = taken(action, row); !why.empty()) return left_alone(std::move(why));
    if (!target) return target.error();

    Result<void> moved = Error{ErrorKind::Rejected, "the stage that it is in has no id"};
    if (from_ != From::Row && !stage.empty()) {
      moved = api_.move(row.id, stage, *target);
      if (moved) from_ = From::Stage;
    }
    const bool refused = !moved && moved.error().kind == ErrorKind::Rejected;
    if (refused && from_ != From::Stage && !row.stage_row.empty()) {
      moved = api_.move(row.id, row.stage_row, *target);
      if (moved) from_ = From::Row;
    }
    if (moved) return done();
    // Refused where it has just been moved: then a second look says so.
    if (moved.error().kind != ErrorKind::Rejected || again) return moved.error();
  }
}

Result<Written> Writer::reject(const WriteBack& action) {
  for (bool again = false;; again = true) {
    const Result<std::optional<ApplicationRow>> row = api_.application(action.application.text());
    if (!row) return row.error();
    if (!*row) return gone();
    if ((*row)->status == "rejected") return done();
    if (std::string why = taken(action, **row); !why.empty()) return left_alone(std::move(why));
    const Result<std::vector<Named>> reasons = directory_.reasons();
    if (!reasons) return reasons.error();
    const Result<Named> reason = connector::find_named("rejection reason", action.value, *reasons);
    if (!reason) return reason.error();
    const Result<void> rejected = api_.reject((*row)->id, reason->id);
    if (rejected) return done();
    if (rejected.error().kind != ErrorKind::Rejected || again) return rejected.error();
  }
}

Result<bool> Writer::landed(const WriteBack& action) {
  const std::string& id = action.application.text();
  if (!is_id(id)) return false;
  if (action.kind == ActionKind::Note || action.kind == ActionKind::Link) {
    const Result<std::vector<std::string>> notes = api_.notes(id);
    if (!notes) return notes.error();
    return std::ranges::any_of(*notes, [&](const std::string& text) {
      return text.find(action.marker) != std::string::npos;
    });
  }
  if (action.kind == ActionKind::Tag) {
    directory_.forget_tags();  // it may be the one that was made
    const Result<std::vector<Named>> tags = directory_.tags();
    if (!tags) return tags.error();
    for (const Named& tag : *tags) {
      if ((!same_name(tag.name, action.value) && tag.id != action.value) ||
          !is_id(action.candidate.text()))
        continue;
      const Result<bool> there = api_.has_tag(action.candidate.text(), tag.id);
      if (!there || *there) return there;
    }
    return false;
  }
  if (action.kind == ActionKind::Field) {
    const Result<Plan> how = plan(action);
    if (!how) return how.error();
    if (!how->field) return landed(stand_in(action));
    const Result<std::optional<Holder>> held = holder(action, how->field->owner);
    if (!held) return held.error();
    if (!*held) return false;
    const auto value = (*held)->fields.find(how->field->field.key);
    const bool there = value != (*held)->fields.end() &&
                       same(how->field->field.type, value->second.text, action.value);
    return there ? Result<bool>{true} : landed(stand_in(action));
  }
  const Result<std::optional<ApplicationRow>> row = api_.application(id);
  if (!row) return row.error();
  if (!*row) return false;
  if (action.kind == ActionKind::Reject) return (*row)->status == "rejected";
  if ((*row)->job.empty()) return false;
  const Result<std::string> target = target_stage(action, **row);
  if (!target) return target.error();
  return directory_.stage_of(**row) == *target;
}

}  // namespace praxisync::greenhouse
