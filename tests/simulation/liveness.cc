#include "simulation/liveness.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/email.h"

namespace praxisync::simulation {
namespace {

using sandbox::ats::Candidacy;
using sandbox::ats::Note;

int job_of(const Ats& ats, const Candidacy& application) {
  return static_cast<int>(std::ranges::find(ats.jobs, application.job) - ats.jobs.begin());
}

bool contacted(const Universe& universe, const std::string& key, int job) {
  const sandbox::World& books = universe.assess.world();
  if (job == 2) {
    return std::ranges::any_of(books.enrollments, [&](const sandbox::Enrollment& enrollment) {
      return enrollment.email_key == key;
    });
  }
  return std::ranges::any_of(books.invitations, [&](const sandbox::Invitation& invitation) {
    return invitation.email_key == key &&
           books.assessments[invitation.assessment].slug == target_of(job);
  });
}

bool finished(const Universe& universe, const std::string& key, int job) {
  const sandbox::World& books = universe.assess.world();
  if (job == 2) {
    return std::ranges::any_of(books.enrollments, [&](const sandbox::Enrollment& enrollment) {
      return enrollment.email_key == key && enrollment.status != sandbox::EnrollmentStatus::Active;
    });
  }
  return std::ranges::any_of(books.invitations, [&](const sandbox::Invitation& invitation) {
    return invitation.email_key == key && !invitation.cancelled &&
           invitation.status == sandbox::InvitationStatus::Completed &&
           books.assessments[invitation.assessment].slug == target_of(job);
  });
}

/// The address that can be written to; empty: there is none.
std::string usable_address(const Ats& ats, const Candidacy& application) {
  const auto* person = ats.world.person(application.person);
  if (person->emails.empty() || !Email::parse(person->emails.front())) return {};
  return email_key(person->emails.front());
}

std::vector<std::string> notes_of(const Ats& ats, const std::string& application) {
  // Ashby's notes are the person's.
  const std::string& person = ats.world.application(application)->person;
  std::vector<std::string> texts;
  for (const Note& note : ats.world.notes()) {
    const bool its =
        note.application == application || (note.application.empty() && note.person == person);
    if (its) texts.push_back(note.text.substr(0, note.text.find('\n')));
  }
  std::ranges::sort(texts);
  return texts;
}

std::string contacts_of(const Universe& universe, const std::string& key, int job) {
  const sandbox::World& books = universe.assess.world();
  std::string text;
  for (const sandbox::Invitation& invitation : books.invitations) {
    const std::string& slug = books.assessments[invitation.assessment].slug;
    const bool its = job == 2 ? slug == "first" || slug == "deep" : slug == target_of(job);
    if (invitation.email_key == key && its) {
      text += fmt::format("{} {}{}, ", slug, to_string(invitation.status),
                          invitation.cancelled ? " cancelled" : "");
    }
  }
  return text;
}

}  // namespace

void check_liveness(const Universe& universe, store::Store& durable, Violations& found) {
  for (const Universe::Applied& one : universe.applied) {
    const Ats& ats = *universe.atss[one.ats];
    if (ats.gone != Ats::Gone::No) continue;
    const Candidacy* application = ats.world.application(one.application);
    if (application == nullptr || !ats.in_routed_stage(*application)) continue;
    const int job = job_of(ats, *application);
    if (usable_address(ats, *application).empty()) continue;
    const bool asked = std::ranges::any_of(
        one.addresses, [&](const std::string& key) { return contacted(universe, key, job); });
    if (!asked) found.push_back({"L1", application->id + " was never contacted"});
    if (!universe.untouched(one)) continue;
    const bool done = std::ranges::any_of(
        one.addresses, [&](const std::string& key) { return finished(universe, key, job); });
    if (done && notes_of(ats, application->id).empty())
      found.push_back({"L4", "the outcome of " + application->id + " was not written back"});
  }
  const auto backlog = durable.view().backlog();
  if (!backlog || backlog->unsettled > 0)
    found.push_back({"L3", "a lost answer stays unsettled for ever"});
}

void check_history(const Universe& universe, store::Store& durable, Violations& found,
                   Reached& reached) {
  for (const auto& ats : universe.atss) {
    for (const std::string& id : ats->applications) {
      const auto stories = durable.view().explain(id);
      if (!stories) {
        found.push_back({"S16", stories.error().what});
        return;
      }
      for (const store::Story& story : *stories) {
        for (const store::HistoryEntry& entry : story.history) {
          const auto from = parse_state(entry.from), to = parse_state(entry.to);
          const bool legal = to && (entry.from.empty() || (from && may_step(*from, *to)));
          if (!legal) found.push_back({"S16", entry.from + " -> " + entry.to + " is not allowed"});
          ++reached["edge " + (entry.from.empty() ? "new" : entry.from) + " -> " + entry.to];
        }
        for (const store::WriteBackEntry& write : story.write_backs)
          ++reached["write-back " + write.kind + " " + write.state];
      }
    }
  }
}

std::map<std::size_t, std::string> ends_of(const Universe& universe) {
  std::map<std::size_t, std::string> ends;
  for (std::size_t who = 0; who < universe.applied.size(); ++who) {
    const Universe::Applied& one = universe.applied[who];
    const Ats& ats = *universe.atss[one.ats];
    if (!universe.untouched(one) || ats.gone != Ats::Gone::No) continue;
    const Candidacy* application = ats.world.application(one.application);
    if (application == nullptr) continue;
    std::string text;
    for (const std::string& key : one.addresses)
      text += contacts_of(universe, key, job_of(ats, *application));
    for (const std::string& note : notes_of(ats, application->id)) text += "note " + note + ", ";
    auto tags = ats.world.person(application->person)->tags;
    tags.insert(tags.end(), application->tags.begin(), application->tags.end());
    std::ranges::sort(tags);
    for (const std::string& tag : tags) text += tag + ", ";
    // Some ATSs put whoever is rejected into a stage of its own.
    const bool active = application->status == sandbox::ats::ApplicationStatus::Active;
    text += active ? ats.world.stage(application->stage)->name : "rejected";
    ends[who] = text;
  }
  return ends;
}

}  // namespace praxisync::simulation
