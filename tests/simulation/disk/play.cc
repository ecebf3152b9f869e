#include "simulation/disk/play.h"

#include <algorithm>
#include <set>

#include "domain/email.h"

namespace praxisync::testing_support {
namespace {

constexpr int kMostRuns = 6;

}  // namespace

Play::Play(const Scenario& scenario)
    : scenario_(scenario), world_(std::make_unique<World>(scenario.options)) {
  gate_ = std::make_unique<IntentGate>(world_->transport, disk_, world_->database());
  world_->wire = gate_.get();
  world_->vfs = disk_.name();
  world_->ats.at_write = [this](const WriteBack& action) { gate_->pass(action); };
  world_->doors.at_crash = [this] { disk_.kill(); };
}

void Play::go_on() {
  for (; act_ < scenario_.acts.size(); ++act_) {
    if (!acted_) scenario_.acts[act_](*world_, plan_);
    acted_ = true;
    run_until_settled();
    acted_ = false;
  }
  // Whoever was held up by a crash still has this long.
  world_->advance(std::chrono::hours{1});
  run_until_settled();
}

/// A run that failed or has to wait for a lost answer is followed by another, as in every schedule.
void Play::run_until_settled() {
  for (int run = 0; run < kMostRuns; ++run) {
    if (before_run) before_run();
    const sync::RunReport report = plan_ ? world_->apply(*plan_) : world_->run();
    if (after_run) after_run(report);
    endings_.push_back(report.ending);
    if (report.ending != sync::Ending::Failed && report.ending != sync::Ending::Unsettled) return;
    world_->advance(std::chrono::minutes{11});
  }
}

void Play::restart() {
  disk_.heal();
  disk_.restart();
  world_->doors.never_crash();
}

Ended Play::ended() const {
  Ended lines;
  const auto count = [&](const char* what, const auto& counts) {
    for (const auto& [of, times] : counts)
      lines.push_back(std::string(what) + " " + of + " x" + std::to_string(times));
  };
  count("invited", world_->invitations());
  count("enrolled", world_->enrollments());
  for (const std::string& line : world_->outcomes()) lines.push_back("wrote " + line);
  std::set<std::string> people;
  for (const Application& application : world_->ats.applications)
    people.insert(email_key(application.email));
  for (const std::string& person : people) {
    lines.push_back("mails to " + person + " x" +
                    std::to_string(world_->assess.emails_sent_to(person)));
  }
  for (const sandbox::Invitation& invitation : world_->assess.world().invitations) {
    if (invitation.cancelled) lines.push_back("cancelled " + invitation.email_key);
  }
  return lines;
}

std::string Play::differs_from(const Ended& calm) const {
  const Ended own = ended();
  std::string text;
  for (const std::string& line : own) {
    if (std::ranges::count(own, line) != std::ranges::count(calm, line)) text += " now: " + line;
  }
  for (const std::string& line : calm) {
    if (std::ranges::find(own, line) == own.end()) text += " missing: " + line;
  }
  return text;
}

}  // namespace praxisync::testing_support
