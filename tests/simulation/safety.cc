#include "simulation/safety.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/email.h"
#include "simulation/ats_wire.h"

namespace praxisync::simulation {
namespace {

constexpr int kMostRequests = 400;  ///< of one run over a dozen people
constexpr std::string_view kApi = "https://praxicraft.com/api/v1/public/";

using sandbox::ats::Effect;

/// The path below the API's root, without its query.
std::string_view path_of(const http::Request& request) {
  std::string_view url = request.url;
  if (url.starts_with(kApi)) url.remove_prefix(kApi.size());
  return url.substr(0, url.find('?'));
}

/// Every "email" of a body, as keys. Enough of JSON for what praxisync itself writes.
std::vector<std::string> emails_in(std::string_view body) {
  constexpr std::string_view kField = "\"email\":\"";
  std::vector<std::string> keys;
  for (std::size_t at = body.find(kField); at != std::string_view::npos;
       at = body.find(kField, at)) {
    at += kField.size();
    keys.push_back(email_key(body.substr(at, body.find('"', at) - at)));
  }
  return keys;
}

/// "backend" of assessments/backend/invites/.
std::string second_part(std::string_view path) {
  const std::size_t from = path.find('/') + 1;
  return std::string(path.substr(from, path.find('/', from) - from));
}

bool contacts(const http::Request& request) {
  const std::string_view path = path_of(request);
  const bool adds = path.find("/invite") != std::string_view::npos ||
                    path.find("/bulk") != std::string_view::npos ||
                    path.find("/enroll") != std::string_view::npos;
  return request.method == http::Method::Post && adds && !emails_in(request.body).empty();
}

}  // namespace

Safety::Safety(const Universe& universe, const Excuses& excuses, Violations& found)
    : universe_(universe), excuses_(excuses), found_(found) {
  effects_seen_.resize(universe.atss.size());
  // A call that lands late, and a look at when the last reminder went out by a clock that was set.
  constexpr Act kRepeats[] = {Act::Late,  Act::SetClock,     Act::Second,
                              Act::Twice, Act::LoseDatabase, Act::RestoreBackup};
  counts_reminders_ = std::ranges::none_of(universe.schedule().steps, [&](const Step& step) {
    return std::ranges::find(kRepeats, step.act) != std::end(kRepeats);
  });
  calm_ = std::ranges::none_of(universe.schedule().steps,
                               [](const Step& step) { return is_fault(step.act); });
}

void Safety::violated(std::string invariant, std::string what) {
  if (found_.size() < 20) found_.push_back({std::move(invariant), std::move(what)});
}

void Safety::run_begins(int most_contacts) {
  asked_.clear();
  ended_.clear();
  read_.clear();
  closed_until_[0] = closed_until_[1] = std::nullopt;
  quota_refused_ = overtaken_ = false;
  key_refusals_ = 0;
  requests_ = 0;
  told_.clear();
  began_at_.clear();
  contacted_.clear();
  most_contacts_ = most_contacts;
  stood_in_routed_stage_.clear();
  for (const auto& ats : universe_.atss) {
    for (const auto* application : ats->world.applications())
      stood_in_routed_stage_[ats->name + application->id] = ats->in_routed_stage(*application);
  }
}

void Safety::hints_are_followed(const sync::Scope& scope) {
  for (const ConnectorName& connector : scope.connectors) {
    if (!ended_.contains(connector.text()))
      violated("S14", "a hint is taken back, and nobody has read " + connector.text());
  }
}

bool Safety::wanted(const std::string& key, const std::string& target, Address address) const {
  for (std::size_t i = 0; i < universe_.atss.size(); ++i) {
    const Ats& ats = *universe_.atss[i];
    for (const auto* application : ats.world.applications()) {
      if (!ats.in_routed_stage(*application)) continue;
      const auto job = std::ranges::find(ats.jobs, application->job) - ats.jobs.begin();
      if (target_of(static_cast<int>(job)) != target) continue;
      const auto* person = ats.world.person(application->person);
      if (!person->emails.empty() && email_key(person->emails.front()) == key) return true;
      if (address == Address::Todays) continue;
      // Whoever was contacted at an address is bound to it, whatever it is today.
      const bool theirs = std::ranges::any_of(universe_.applied, [&](const Universe::Applied& one) {
        return one.ats == i && one.application == application->id && one.addresses.contains(key);
      });
      if (theirs) return true;
    }
  }
  return false;
}

bool Safety::holds(const std::string& key, const std::string& assessment) const {
  const sandbox::World& books = universe_.assess.world();
  const auto slug = books.find_assessment(assessment);
  return slug && books.assessments[*slug].invited.contains(key);
}

void Safety::check_contact(const http::Request& request, store::Store& durable) {
  const std::string target = second_part(path_of(request));
  const auto intents = durable.intents().open_intents();
  for (const std::string& key : emails_in(request.body)) {
    if (holds(key, target)) continue;
    if (quota_refused_) violated("S9", "a contact after the quota was refused");
    const bool intended =
        intents && std::ranges::any_of(*intents, [&](const store::Intent& intent) {
          return intent.target == target &&
                 std::ranges::any_of(intent.engagements, [&](const Engagement& engagement) {
                   return email_key(engagement.email) == key;
                 });
        });
    if (!intended) violated("S2", key + " is contacted without a stored intent for " + target);
    if (all_read() && !wanted(key, target, Address::Any))
      violated("S5", key + " is contacted for " + target + " and stands in no stage of it");
    contacted_.insert(target + "|" + key);
  }
  if (static_cast<int>(contacted_.size()) > most_contacts_)
    violated("S20", fmt::format("more than {} people contacted in a run", most_contacts_));
}

/// A reminder is an e-mail too.
void Safety::check_reminder(const http::Request& request) {
  const sandbox::World& books = universe_.assess.world();
  const auto found = books.find_invitation(second_part(path_of(request)));
  if (!found) return;
  const sandbox::Invitation& invitation = books.invitations[*found];
  const std::string& target = books.assessments[invitation.assessment].slug;
  if (all_read() && !wanted(invitation.email_key, target, Address::Any))
    violated("S5", invitation.email_key + " is reminded and stands in no stage of " + target);
}

void Safety::check_cancellation(const http::Request& request) {
  const std::string token = second_part(path_of(request));
  const auto found = universe_.assess.world().find_invitation(token);
  if (!found) return;
  const sandbox::World& books = universe_.assess.world();
  const sandbox::Invitation& invitation = books.invitations[*found];
  const std::string& target = books.assessments[invitation.assessment].slug;
  // An address that was somebody else's before a merge may rightly lose their invitation.
  const bool untouched = !universe_.touched().contains(invitation.email_key);
  if (untouched && all_read() && wanted(invitation.email_key, target, Address::Todays))
    violated("S15", invitation.email_key + " stands in the stage and is cancelled");
}

void Safety::request(const http::Request& request, store::Store& durable) {
  for (const auto& ats : universe_.atss) {
    for (const std::string& secret : credentials_of(ats->kind)) {
      if (carries(request, secret))
        violated("S11", "a credential of an ATS goes to the Assess API");
    }
  }
  if (!request.url.starts_with(kApi)) violated("S11", "a request to somewhere else");
  if (++requests_ == kMostRequests) violated("S10", "the run makes requests without end");
  if (overtaken_) violated("S17", "a request after another instance has taken over");
  if (key_refusals_ > 1) violated("S10", "a request after the key was refused twice");
  const auto& closed = closed_until_[request.method == http::Method::Get ? 0 : 1];
  if (closed && universe_.clock.now() < *closed)
    violated("S8", "a request before Retry-After was over");
  requests_at_[request.method == http::Method::Get ? 0 : 1].push_back(universe_.clock.now());
  if (contacts(request)) check_contact(request, durable);
  if (path_of(request).ends_with("/remind/")) check_reminder(request);
  if (request.method == http::Method::Delete) check_cancellation(request);
}

void Safety::told(const Ats& ats, const Cursor& after, const ApplicationPage& page) {
  began_at_.emplace(ats.name, after);
  Told& told = told_.emplace_back(ats.name, page.next);
  for (const Application& application : page.applications) {
    const bool routed = std::ranges::any_of(universe_.routes, [&](const Route& route) {
      return route.connector.text() == ats.name && route.job == application.job &&
             route.stage == application.stage;
    });
    if (routed) told.routed.push_back(application.id);
  }
}

/// Whom a page told of is in the database before the cursor passes that page.
void Safety::check_cursors(store::Store& durable) {
  if (excuses_.database_lost) kept_.clear();
  const auto checkpoints = durable.view().checkpoints();
  if (!checkpoints) return violated("S16", "the checkpoints cannot be read");
  for (const store::StreamCheckpoint& stream : *checkpoints) {
    const auto passed = std::find_if(told_.rbegin(), told_.rend(), [&](const Told& page) {
      // A pull may end where it began, and then its cursor tells nothing.
      return stream.stream == "pull:" + page.ats && stream.checkpoint.cursor == page.next &&
             page.next != began_at_.at(page.ats);
    });
    for (auto page = passed; page != told_.rend(); ++page) {
      if (page->ats != passed->ats) continue;
      for (const ApplicationId& id : page->routed) {
        if (!kept_.insert({page->ats, id.text()}).second) continue;
        const auto stories = durable.view().explain(id.text());
        const bool there = stories && std::ranges::any_of(*stories, [&](const auto& story) {
                             return story.connector.text() == page->ats && story.application == id;
                           });
        if (!there) violated("S4", "the cursor of " + page->ats + " has passed " + id.text());
      }
    }
  }
}

/// Safety is not bought by stalling: whoever stops for the hour's limits has used them up.
void Safety::check_budget(const sync::RunReport& report) {
  if (!calm_ || report.ending != sync::Ending::Throttled) return;
  const auto used = [&](int which, double limit) {
    std::deque<Timestamp>& times = requests_at_[which];
    while (!times.empty() && times.front() + std::chrono::hours{1} <= universe_.clock.now())
      times.pop_front();
    return static_cast<double>(times.size()) >= 0.98 * limit;
  };
  const Schedule& schedule = universe_.schedule();
  if (!used(0, schedule.knob("reads_per_hour") - 10) && !used(1, schedule.knob("writes_per_hour")))
    violated("L8", "a run stops for the hour's limits, and has not used them up");
}

void Safety::answered(const http::Request& request, const Result<http::Response>& reply) {
  if (!reply) return;
  if (reply->status == 401) ++key_refusals_;
  if (reply->status == 429) {
    const std::string_view after = http::header(reply->headers, "Retry-After");
    const bool seconds = !after.empty() && after.find_first_not_of("0123456789") == after.npos;
    if (seconds) {
      closed_until_[request.method == http::Method::Get ? 0 : 1] =
          universe_.clock.now() + std::chrono::seconds{std::stoi(std::string(after))};
    }
  }
  if (contacts(request) && reply->body.find("QUOTA") != std::string::npos) quota_refused_ = true;
}

void Safety::write(const Ats& ats, const WriteBack& action, store::Store& durable) {
  const auto pending = durable.write_backs().pending(ConnectorName(ats.name), WriteBackKey{0}, 500);
  const bool intended =
      pending && std::ranges::any_of(*pending, [&](const store::PendingWrite& write) {
        return write.action.marker == action.marker && write.state == store::WriteState::Sending;
      });
  if (!intended) violated("S2", "a write-back without a stored intent");
  if (overtaken_) violated("S17", "a write-back after another instance has taken over");
  const auto moves = [](ActionKind kind) {
    return kind == ActionKind::Move || kind == ActionKind::Reject;
  };
  const bool too_early = moves(action.kind) && pending &&
                         std::ranges::any_of(*pending, [&](const store::PendingWrite& write) {
                           return write.action.application == action.application &&
                                  write.action.route == action.route && !moves(write.action.kind);
                         });
  if (too_early) violated("S6", "somebody is moved before what is to be noted stands there");
}

void Safety::check_reminders() {
  if (!counts_reminders_) return;
  constexpr int kMost = 2;  // the invitation's own e-mail, and Route::max_reminders
  for (const sandbox::Invitation& invitation : universe_.assess.world().invitations) {
    if (invitation.emails_sent > kMost)
      violated("S1", invitation.email_key + " is reminded more often than the route allows");
  }
}

void Safety::check_effects() {
  for (std::size_t i = 0; i < universe_.atss.size(); ++i) {
    const Ats& ats = *universe_.atss[i];
    const auto& effects = ats.world.effects();
    for (std::size_t place = effects_seen_[i]; place < effects.size(); ++place) {
      const Effect& effect = effects[place];
      if (effect.kind == Effect::Kind::Note) {
        const int times = ++notes_[ats.name + effect.application + effect.text];
        // An anonymised person's notes are deleted: nothing tells that ours stood there.
        const auto* person = ats.world.person(effect.person);
        const bool deleted = person == nullptr || person->anonymised;
        // Under another address it is another person to a database that knows of none before.
        const bool unknown =
            excuses_.database_lost && std::ranges::any_of(universe_.applied, [&](const auto& one) {
              return one.application == effect.application && one.addresses.size() > 1;
            });
        // Only that database knew that an enrollment, or an invitation that the API sends anew, has
        // run out, or which one was cancelled: it may be so again.
        const auto all = ats.world.applications();
        const bool enrolled = std::ranges::any_of(all, [&](const auto* application) {
          return application->person == effect.person && application->job == ats.jobs.back();
        });
        const bool asked_again = enrolled || universe_.schedule().knob("renews_expired") != 0;
        const bool again =
            excuses_.database_lost && (effect.text.starts_with("cancelled") ||
                                       (asked_again && effect.text.starts_with("expired")));
        if (times > 1 && !excuses_.restored && !deleted && !unknown && !again)
          violated("S3", "a note stands there twice: " + effect.text);
      }
      const bool moves = effect.kind == Effect::Kind::Move || effect.kind == Effect::Kind::Reject;
      // Lever and Ashby move from wherever somebody is: what arrives late meets what is there then.
      if (!moves || ats.late_effects.contains(place)) continue;
      const auto stood = stood_in_routed_stage_.find(ats.name + effect.application);
      if (stood != stood_in_routed_stage_.end() && !stood->second)
        violated("S6", "somebody was moved out of a stage where a person had put them");
    }
    effects_seen_[i] = effects.size();
  }
}

void Safety::check_texts(const sync::RunReport& report) {
  const auto check = [&](const std::string& text) {
    if (text.find("ct_live_") != std::string::npos) violated("S12", "a key in a report: " + text);
    for (const auto& ats : universe_.atss) {
      for (const std::string& secret : credentials_of(ats->kind)) {
        if (text.find(secret) != std::string::npos)
          violated("S12", "a credential of an ATS in a report: " + text);
      }
    }
    if (text.find("example.com") != std::string::npos)
      violated("S13", "an address in a report: " + text);
    for (const auto& invitation : universe_.assess.world().invitations) {
      if (text.find(invitation.token) != std::string::npos)
        violated("S12", "a token in a report: " + text);
    }
  };
  for (const sync::Problem& problem : report.problems) check(problem.what);
}

void Safety::run_ended(const sync::RunReport* report, store::Store& durable) {
  check_effects();
  check_reminders();
  check_cursors(durable);
  if (universe_.foreign_writes() > 0)
    violated("S11", "a write goes to the organisation of a key that is not the database's");
  if (overtaken_ && report != nullptr && report->ending != sync::Ending::Failed)
    violated("S17", "a run ends in order although another instance has taken over");
  const sandbox::World& books = universe_.assess.world();
  std::map<std::pair<std::string, sandbox::Number>, int> live;
  for (const sandbox::Invitation& invitation : books.invitations) {
    const bool counts =
        !invitation.cancelled && invitation.status != sandbox::InvitationStatus::Expired;
    if (counts && ++live[{invitation.email_key, invitation.assessment}] > 1)
      violated("S1", invitation.email_key + " holds two invitations to one assessment");
  }
  std::map<std::pair<std::string, sandbox::Number>, int> enrolled;
  for (const sandbox::Enrollment& enrollment : books.enrollments) {
    const int times = ++enrolled[{enrollment.email_key, enrollment.pipeline}];
    if (times > 1 && !excuses_.database_lost)
      violated("S1", enrollment.email_key + " is enrolled twice in one pipeline");
  }
  const bool shares_limits = excuses_.others || excuses_.twice || excuses_.database_lost;
  if (!shares_limits && universe_.assess.requests().throttled > 0)
    violated("S8", "the hour's limit was exceeded");
  if (report == nullptr) return;
  check_texts(*report);
  check_budget(*report);
  if (sync::exit_code(report->ending) != 0) return;
  const auto backlog = durable.view().backlog();
  const bool all_done = backlog && backlog->queued == 0 && backlog->unsettled == 0 &&
                        backlog->to_write == 0 && report->evidence.unread().empty();
  // What a report names, it does not hide.
  const bool named = report->ending == sync::Ending::Done && !report->problems.empty();
  if (!all_done && !named) violated("S18", "a run says that all is done, and it is not");
}

}  // namespace praxisync::simulation
