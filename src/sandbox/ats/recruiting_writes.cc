// What API clients do.
#include <algorithm>
#include <utility>

#include "sandbox/ats/recruiting.h"

namespace praxisync::sandbox::ats {
namespace {

/// Whether it was not there before.
bool include(std::vector<std::string>& set, const std::string& one) {
  if (std::find(set.begin(), set.end(), one) != set.end()) return false;
  set.push_back(one);
  return true;
}

}  // namespace

void Recruiting::did(Effect::Kind kind, const std::string& application, const std::string& person,
                     std::string text) {
  effects_.push_back({kind, application, person, std::move(text), now()});
}

std::string Recruiting::write_note(Note note) {
  if (note.person.empty()) note.person = application_row(note.application).person;
  note.id = new_id();
  note.created = now();
  did(Effect::Kind::Note, note.application, note.person, note.text);
  notes_.push_back(std::move(note));
  return notes_.back().id;
}

void Recruiting::write_tag(const std::string& application, const std::string& person,
                           const std::string& name) {
  if (tag_named(name) == nullptr) add_tag(name);
  if (!application.empty()) {
    Candidacy& row = application_row(application);
    if (include(row.tags, name)) changed(row);
  } else {
    Person& row = people_.at(person);
    if (include(row.tags, name)) changed(row);
  }
  did(Effect::Kind::Tag, application, person.empty() ? application_row(application).person : person,
      name);
}

std::string Recruiting::write_new_tag(std::string name) {
  did(Effect::Kind::NewTag, {}, {}, name);
  return add_tag(std::move(name));
}

void Recruiting::write_field(const std::string& application, const std::string& field_id,
                             std::string value) {
  did(Effect::Kind::Field, application, application_row(application).person,
      field_id + "=" + value);
  set_field(application, field_id, std::move(value));
}

void Recruiting::write_link(const std::string& application, const std::string& person,
                            std::string link) {
  const std::string& owner = person.empty() ? application_row(application).person : person;
  Person& row = people_.at(owner);
  if (include(row.links, link)) {
    changed(row);
    if (!application.empty()) changed(application_row(application));
  }
  did(Effect::Kind::Link, application, owner, std::move(link));
}

void Recruiting::write_move(const std::string& application, const std::string& stage_id) {
  move(application, stage_id);
  did(Effect::Kind::Move, application, application_row(application).person, stage_id);
}

void Recruiting::write_reject(const std::string& application, const std::string& reason_id) {
  reject(application, reason_id);
  did(Effect::Kind::Reject, application, application_row(application).person, reason_id);
}

}  // namespace praxisync::sandbox::ats
