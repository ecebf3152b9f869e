/// The one place where invitations and enrollments change: created, started, finished, expired,
/// reminded, cancelled; the queue of what candidates will do; and where webhook events come from.
/// Events are applied in the order of their time, each with its own time, before anything else
/// happens at `now`.
#pragma once

#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "domain/random.h"
#include "sandbox/deliveries.h"
#include "sandbox/options.h"
#include "sandbox/world.h"

namespace praxisync::sandbox {

enum class Mail { No, Yes };

struct Invitee {
  std::string email;
  std::optional<std::string> name{}, role{};
};

class Lifecycle {
 public:
  static constexpr Milliseconds kValidity = std::chrono::days{7};

  Lifecycle(World& world, const Options& options)
      : world_(world), options_(options), deliveries_(world, options), random_(options.seed) {}

  /// Applies all that is due up to `now`.
  void catch_up(Timestamp now);

  /// The invitation that a second one of the same person would return; nullopt: it would be a new
  /// one.
  std::optional<Number> standing_invitation(Number assessment, const std::string& email_key) const;
  Number invite(Number assessment, const Invitee& invitee, Mail mail, Timestamp at);

  // Each expects an invitation in a state from which the step is allowed.
  void start(Number invitation, Timestamp at);
  /// Of `violations` and of those seen during the session the more count.
  void finish(Number invitation, double score_percentage, Violations violations, Timestamp at);
  void violate(Number invitation, Violations more, Timestamp at);
  void expire(Number invitation, Timestamp at);
  void remind(Number invitation, Timestamp at);
  void cancel(Number invitation);

  /// Enrolls and enters the first stage: its invitation is created and mailed, unless the person
  /// has one.
  Number enroll(Number pipeline, const Invitee& invitee, Timestamp at);

  /// A version 4 UUID out of the seed.
  std::string uuid();

  Deliveries& deliveries() { return deliveries_; }

 private:
  enum class What { Start, Violate, Finish, Expire };
  struct Event {
    Timestamp at;
    std::uint64_t order;
    Number invitation;
    What what;
  };
  struct Later {
    bool operator()(const Event& a, const Event& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };

  void schedule(What what, Number invitation, Timestamp at);
  void apply(const Event& event);
  CandidatePlan plan(const Invitation& invitation) const;
  void enter_stage(Number enrollment, Timestamp at);
  void settle_stage(Number enrollment, Number invitation, Timestamp at);

  World& world_;
  const Options& options_;
  Deliveries deliveries_;
  SeededRandom random_;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  std::uint64_t scheduled_ = 0;
};

}  // namespace praxisync::sandbox
