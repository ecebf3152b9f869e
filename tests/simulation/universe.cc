#include "simulation/universe.h"

#include <algorithm>
#include <cctype>

#include "domain/email.h"
#include "sandbox/ats/hiring.h"
#include "sandbox/ats/peers.h"

namespace praxisync::simulation {
namespace {

constexpr const char* kJobNames[kJobs] = {"Backend Engineer", "Data Engineer", "Graduate"};
constexpr const char* kStageNames[kStages] = {"Applied", "Technical Test", "Onsite", "Offer"};

sandbox::Options options_of(const Schedule& schedule) {
  sandbox::Options options;
  options.seed = schedule.seed;
  options.keys = {{kFirstKey, sandbox::all_scopes()}, {kSecondKey, sandbox::all_scopes()}};
  options.invite_limit = schedule.knob("quota") > 0 ? schedule.knob("quota") : 100'000;
  options.reads_per_hour = schedule.knob("reads_per_hour");
  options.writes_per_hour = schedule.knob("writes_per_hour");
  options.bulk_limit = schedule.knob("bulk_limit");
  if (schedule.knob("by_page") != 0) options.pagination = sandbox::Pagination::Page;
  if (schedule.knob("old_documents") != 0) options.documents = sandbox::Documents::Old;
  options.enroll_again = static_cast<sandbox::EnrollAgain>(schedule.knob("enroll_again"));
  if (schedule.knob("renews_expired") != 0)
    options.expired_invitation = sandbox::ExpiredInvitation::Renewed;
  sandbox::CandidateBehaviour candidates;
  // What somebody does must not depend on when a reminder came.
  candidates.start_when_reminded = 0;
  if (schedule.knob("eager") != 0) candidates.start_after_max = std::chrono::hours{8};
  options.candidates = candidates;
  return options;
}

Route route_of(const Schedule& schedule, const Ats& ats, int job) {
  Route route;
  route.name = RouteName(ats.name + "-" + target_of(job));
  route.connector = ConnectorName(ats.name);
  route.job = kJobNames[job];
  route.stage = kStageNames[kRouted];
  route.target = {job == 2 ? TargetKind::Pipeline : TargetKind::Assessment, target_of(job)};
  route.send_email = SendEmail::Yes;
  route.role = "{job}";
  const PolicyAction note{ActionKind::Note, "{verdict}, {score} %"};
  route.on_passed.actions = {note, {ActionKind::Tag, "assessment-passed"}};
  route.on_failed.actions = {note, {ActionKind::Tag, "assessment-failed"}};
  route.on_expired.actions = {{ActionKind::Note, "{verdict}"}};
  route.on_cancelled.actions = {{ActionKind::Note, "{verdict}"}};
  if (schedule.knob("moves") != 0) {
    route.on_passed.actions.push_back({ActionKind::Move, kStageNames[kRouted + 1]});
    route.on_failed.actions.push_back({ActionKind::Reject, "Not now"});
  }
  route.on_expired.reinvite = schedule.knob("reinvite");
  if (schedule.knob("remind") != 0) route.remind_after = std::chrono::hours{30};
  if (schedule.knob("cancel_when_left") != 0) route.cancel_when_left = CancelWhenLeft::Yes;
  return route;
}

void fill(sandbox::AssessSandbox& assess) {
  assess.add_assessment("backend", "Backend Screen");
  assess.add_assessment("data", "Data Screen");
  assess.add_assessment("first", "Initial Screen");
  assess.add_assessment("deep", "Deep Dive");
  assess.add_pipeline("grad", "Graduates", {"first", "deep"});
}

}  // namespace

std::string address_of(int number) {
  if (number == kNoAddress) return "";
  if (number == kBadAddress) return "nobody";
  std::string text = "p" + std::to_string(number % 1000) + "@example.com";
  if (number >= 1000)
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

const char* target_of(int job) {
  constexpr const char* kTargets[kJobs] = {"backend", "data", "grad"};
  return kTargets[job];
}

const char* first_assessment_of(int job) { return job == 2 ? "first" : target_of(job); }

std::string_view type_of(AtsKind kind) {
  constexpr std::string_view kTypes[] = {"plain", "greenhouse", "lever", "ashby"};
  return kTypes[static_cast<std::size_t>(kind)];
}

Ats::Ats(const Clock& clock, int number, AtsKind its_kind)
    : name("ats" + std::to_string(number)),
      kind(its_kind),
      peer(sandbox::ats::make_peer(type_of(its_kind), clock)),
      plain(peer != nullptr ? std::nullopt
                            : std::optional<sandbox::ats::Recruiting>(
                                  std::in_place, clock,
                                  number % 2 == 0 ? sandbox::ats::IdStyle::Numbers
                                                  : sandbox::ats::IdStyle::Uuids,
                                  static_cast<std::uint64_t>(number + 1))),
      world(peer != nullptr ? peer->world() : *plain) {
  const sandbox::ats::PlanShape shape = sandbox::ats::plan_shape(type_of(kind));
  std::vector<std::string> stages{std::begin(kStageNames), std::end(kStageNames)};
  if (shape == sandbox::ats::PlanShape::Shared) stages.emplace_back("Archived");
  std::string plan;
  for (const char* job : kJobNames) {
    // A Greenhouse job has stages of its own, that are called alike.
    if (plan.empty() || kind == AtsKind::Greenhouse) plan = world.add_plan("Hiring", stages);
    if (shape == sandbox::ats::PlanShape::Shared) world.make_archive(plan, "Archived");
    jobs.push_back(world.add_job(job, plan));
  }
  reason = world.add_reason("Not now");
  if (kind == AtsKind::Lever) world.add_reason("Hired", true);
  world.add_tag("assessment-passed");
  if (kind == AtsKind::Plain) world.add_tag("assessment-failed");
}

const std::string& Ats::stage_id(const sandbox::ats::Candidacy& application, int stage) const {
  const auto* plan = world.plan(world.job(application.job)->plan);
  return plan->stages[static_cast<std::size_t>(stage)].id;
}

bool Ats::in_routed_stage(const sandbox::ats::Candidacy& application) const {
  return application.status == sandbox::ats::ApplicationStatus::Active &&
         application.stage == stage_id(application, kRouted);
}

Universe::Universe(const Schedule& schedule)
    : assess(clock, options_of(schedule)), schedule_(schedule), began_(clock.now()) {
  fill(assess);
  if (schedule_.knob("webhooks") != 0) {
    assess.add_webhook(std::string(kHooks) + "assess", kAssessHookSecret,
                       {"assessment.started", "assessment.completed", "candidate.passed",
                        "candidate.failed", "invitation.expired"});
  }
  for (int i = 0; i < std::clamp(schedule_.knob("sources"), 1, 3); ++i) add_ats(i);
  for (Applicant& person : schedule_.people) {
    person.ats = std::clamp(person.ats, 0, static_cast<int>(atss.size()) - 1);
    person.job = std::clamp(person.job, 0, kJobs - 1);
  }
  for (const Applicant& person : schedule_.people)
    applied.push_back({.ats = static_cast<std::size_t>(person.ats)});
}

sandbox::AssessSandbox& Universe::foreign() {
  if (!foreign_) {
    sandbox::Options options;
    options.organisation = "Globex";
    options.organisation_slug = "globex";
    options.keys = {{kForeignKey, sandbox::all_scopes()}};
    fill(foreign_.emplace(clock, std::move(options)));
  }
  return *foreign_;
}

void Universe::add_ats(int number) {
  const int kind = schedule_.knob("kind" + std::to_string(number));
  atss.push_back(
      std::make_unique<Ats>(clock, number, static_cast<AtsKind>(std::clamp(kind, 0, 3))));
  Ats& ats = *atss.back();
  if (schedule_.knob("never_heals") == number + 1)
    ats.gone = schedule_.knob("revoked") != 0 ? Ats::Gone::Revoked : Ats::Gone::Failing;
  for (int job = 0; job < kJobs; ++job) routes.push_back(route_of(schedule_, ats, job));
}

void Universe::touch(std::size_t who) {
  const auto* person = ats_of(who).world.person(applied[who].person);
  if (person == nullptr) return;
  touched_people_.insert(ats_of(who).name + person->id);
  for (const std::string& email : person->emails) {
    touched_.insert(email_key(email));
    for (Applied& one : applied) {
      const bool theirs = one.ats == applied[who].ats && one.person == person->id;
      if (theirs) one.addresses.insert(email_key(email));
    }
  }
}

bool Universe::untouched(const Applied& one) const {
  return !one.person.empty() && !touched_people_.contains(atss[one.ats]->name + one.person) &&
         std::ranges::none_of(one.addresses,
                              [&](const std::string& key) { return touched_.contains(key); });
}

void Universe::apply(std::size_t who) {
  if (!applied[who].person.empty()) return;
  const Applicant& person = schedule_.people[who];
  Ats& ats = ats_of(who);
  const std::string address = address_of(person.address);
  applied[who].person = ats.world.add_person(
      "Pat", "Number" + std::to_string(who),
      address.empty() ? std::vector<std::string>{} : std::vector<std::string>{address});
  applied[who].application = ats.world.apply(
      applied[who].person, ats.jobs[static_cast<std::size_t>(person.job)], kStageNames[kRouted]);
  ats.applications.push_back(applied[who].application);
  if (!address.empty()) applied[who].addresses.insert(email_key(address));
}

void Universe::merge(std::size_t winner, std::size_t loser) {
  const Applied& stays = applied[winner];
  const Applied& goes = applied[loser];
  Ats& ats = ats_of(winner);
  const bool two =
      &ats == &ats_of(loser) && stays.person != goes.person &&
      ats.world.person(stays.person) != nullptr && ats.world.person(goes.person) != nullptr &&
      !ats.world.person(stays.person)->anonymised && !ats.world.person(goes.person)->anonymised;
  if (!two) return;
  touch(winner);
  touch(loser);
  const std::string gone = goes.person;
  ats.world.merge(stays.person, gone);
  std::set<std::string> addresses = stays.addresses;
  addresses.insert(goes.addresses.begin(), goes.addresses.end());
  for (Applied& one : applied) {
    if (one.ats != stays.ats) continue;
    if (one.person == gone) one.person = stays.person;
    if (one.person == stays.person) one.addresses = addresses;
  }
}

const Ats* Universe::act(const Step& step) {
  if (applied.empty()) return nullptr;
  const std::size_t who = static_cast<std::size_t>(std::abs(step.first)) % applied.size();
  if (step.act == Act::Apply) {
    apply(who);
  } else {
    change(who, step);
  }
  return applied[who].person.empty() ? nullptr : &ats_of(who);
}

void Universe::change(std::size_t who, const Step& step) {
  const Applied& one = applied[who];
  Ats& ats = ats_of(who);
  const auto* person = ats.world.person(one.person);
  if (person == nullptr) return;
  if (step.act == Act::Merge)
    return merge(who, static_cast<std::size_t>(std::abs(step.second)) % applied.size());
  touch(who);
  const auto* application = ats.world.application(one.application);
  const bool active =
      application != nullptr && application->status == sandbox::ats::ApplicationStatus::Active;
  switch (step.act) {
    case Act::Move:
      if (active)
        ats.world.move(one.application,
                       ats.stage_id(*application, std::abs(step.second) % kStages));
      return;
    case Act::Reject:
      if (active) ats.world.reject(one.application, ats.reason);
      return;
    case Act::Reactivate:
      if (application != nullptr && !active) ats.world.reactivate(one.application);
      return;
    case Act::Hire:
      if (active) ats.world.hire(one.application);
      return;
    case Act::Rename:
      return ats.world.rename(one.person, "Sam", "Renamed");
    case Act::Readdress: {
      if (person->anonymised) return;
      const std::string address = address_of(step.second);
      ats.world.change_emails(one.person, address.empty() ? std::vector<std::string>{}
                                                          : std::vector<std::string>{address});
      return touch(who);
    }
    case Act::Anonymise:
      return ats.world.anonymise(one.person);
    case Act::Remove:
      return ats.world.remove_person(one.person);
    case Act::Untag:
      return ats.world.remove_tag(one.person, "assessment-passed");
    default:
      return;
  }
}

}  // namespace praxisync::simulation
