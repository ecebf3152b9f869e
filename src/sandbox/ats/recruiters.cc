#include "sandbox/ats/recruiters.h"

#include <utility>

#include "domain/check.h"

namespace praxisync::sandbox::ats {
namespace {

constexpr std::string_view kBackend = "senior-backend-screen", kAnalyst = "data-analyst-screen",
                           kGraduate = "grad-2025";
constexpr int kMovedIn = 5, kMovedOn = 2;

}  // namespace

Recruiters::Recruiters(Recruiting& world, std::vector<Due> due, std::uint64_t seed)
    : world_(world), due_(std::move(due)), random_(seed), began_(world.now()) {}

const std::vector<Recruiters::Task>& Recruiters::tasks() {
  using std::chrono::hours;
  static const std::vector<Task> all{
      {hours{20}, &Recruiters::move_in},      {hours{22}, &Recruiters::rename_one},
      {hours{44}, &Recruiters::move_on},      {hours{45}, &Recruiters::reject_one},
      {hours{46}, &Recruiters::change_email}, {hours{68}, &Recruiters::merge_two},
      {hours{70}, &Recruiters::rename_stage}, {hours{92}, &Recruiters::anonymise_one},
      {hours{94}, &Recruiters::remove_one}};
  return all;
}

std::vector<std::string> Recruiters::work_until(Timestamp now) {
  std::vector<std::string> done;
  for (; next_ < tasks().size() && began_ + tasks()[next_].after <= now; ++next_)
    done.push_back((this->*tasks()[next_].act)());
  return done;
}

Due& Recruiters::pick(std::string_view target) {
  std::vector<Due*> untouched;
  for (Due& due : due_) {
    if (due.target == target && !touched_.contains(due.application)) untouched.push_back(&due);
  }
  PRAXISYNC_CHECK(!untouched.empty(), "the demo has more people than its recruiters touch");
  Due& picked = *untouched[random_.below(untouched.size())];
  touched_.insert(picked.application);
  return picked;
}

std::string Recruiters::person_of(const Due& due) const {
  return world_.application(due.application)->person;
}

std::string Recruiters::job_of(const Due& due) const {
  return world_.application(due.application)->job;
}

std::string Recruiters::move_in() {
  const std::string job = job_of(due_.front());
  const std::string from = world_.stage_id(job, "Phone Screen");
  const std::string to = world_.stage_id(job, "Technical Test");
  std::vector<const Candidacy*> waiting;
  for (const Candidacy* application : world_.applications()) {
    if (application->job == job && application->stage == from) waiting.push_back(application);
  }
  for (int i = 0; i < kMovedIn; ++i) {
    const auto place = static_cast<std::ptrdiff_t>(random_.below(waiting.size()));
    const Candidacy& application = *waiting[static_cast<std::size_t>(place)];
    waiting.erase(waiting.begin() + place);
    world_.move(application.id, to);
    touched_.insert(application.id);
    due_.push_back({.application = application.id,
                    .target = std::string(kBackend),
                    .people = {application.person},
                    .addresses = world_.person(application.person)->emails});
  }
  return std::to_string(kMovedIn) + " moved into Technical Test";
}

std::string Recruiters::rename_one() {
  const Due& due = pick(kAnalyst);
  const Person& person = *world_.person(person_of(due));
  world_.rename(person.id, person.first_name, person.last_name + "-Meyer");
  return "1 renamed";
}

std::string Recruiters::move_on() {
  for (int i = 0; i < kMovedOn; ++i) {
    Due& due = pick(kBackend);
    due.taken = world_.now();
    world_.move(due.application, world_.stage_id(job_of(due), "Offer"));
  }
  return std::to_string(kMovedOn) + " moved on to Offer";
}

std::string Recruiters::reject_one() {
  Due& due = pick(kBackend);
  due.taken = world_.now();
  world_.reject(due.application, world_.reasons().front().id);
  return "1 rejected";
}

std::string Recruiters::change_email() {
  Due& due = pick(kAnalyst);
  const std::string address = "new." + due.addresses.front();
  world_.change_emails(person_of(due), {address});
  due.addresses.push_back(address);
  return "1 e-mail changed";
}

std::string Recruiters::merge_two() {
  Due& winner = pick(kBackend);
  Due& loser = pick(kGraduate);
  const std::string stays = person_of(winner);
  world_.merge(stays, person_of(loser));
  loser.people.push_back(stays);
  loser.addresses.push_back(winner.addresses.front());
  winner.addresses.push_back(loser.addresses.front());
  return "2 merged";
}

std::string Recruiters::rename_stage() {
  world_.rename_stage(world_.stage_id(job_of(due_.front()), "Phone Screen"), "Recruiter Call");
  return "the stage Phone Screen renamed";
}

std::string Recruiters::anonymise_one() {
  Due& due = pick(kBackend);
  due.taken = world_.now();
  world_.anonymise(person_of(due));
  return "1 anonymised";
}

std::string Recruiters::remove_one() {
  Due& due = pick(kGraduate);
  due.taken = world_.now();
  world_.remove_person(person_of(due));
  return "1 deleted";
}

}  // namespace praxisync::sandbox::ats
