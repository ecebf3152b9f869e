/// A route sends the applications of one connector, job and stage to one assessment or pipeline,
/// and says what happens then.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/application.h"
#include "domain/ids.h"
#include "domain/write_back.h"

namespace praxisync {

/// Where a screening is sent: either way the text of the slug.
enum class TargetKind { Assessment, Pipeline };

std::string_view to_string(TargetKind kind);
std::optional<TargetKind> parse_target_kind(std::string_view text);

struct Target {
  TargetKind kind = TargetKind::Assessment;
  std::string slug;
  friend auto operator<=>(const Target&, const Target&) = default;
};

/// Which applications a route is for: a job and a stage, each an id, a name or a glob.
struct StageFilter {
  std::string job, stage;

  bool takes_job(std::string_view id, std::string_view name) const;
  bool takes_stage(std::string_view id, std::string_view name) const;
  bool takes(const Application& application) const;
  friend auto operator<=>(const StageFilter&, const StageFilter&) = default;
};

enum class SendEmail { No, Yes };
enum class CancelWhenLeft { No, Yes };

/// One action of a policy, its text a template (see template.h).
struct PolicyAction {
  ActionKind kind = ActionKind::Note;
  std::string text;
  std::string field{};
  friend bool operator==(const PolicyAction&, const PolicyAction&) = default;
};

struct Policy {
  std::vector<PolicyAction> actions;
  int reinvite = 0;  ///< only on_expired: how many further rounds
  friend bool operator==(const Policy&, const Policy&) = default;
};

struct Route {
  RouteName name;
  ConnectorName connector;
  std::string job;    ///< an id, a name or a glob; "*" for every job
  std::string stage;  ///< likewise
  Target target;
  SendEmail send_email = SendEmail::No;
  int priority = 0;  ///< when quota or requests are scarce, the higher goes first
  int share = 0;     ///< percent of what there is then, kept for this route
  std::string role;  ///< a template over the application: "{job}"
  std::optional<Milliseconds> remind_after{};
  int max_reminders = 1;
  CancelWhenLeft cancel_when_left = CancelWhenLeft::No;
  Policy on_passed, on_failed, on_expired, on_cancelled, on_withdrawn;

  const Policy& on(Verdict verdict) const;
  /// Whether the application is one of this route's: its connector is not compared.
  bool takes(const Application& application) const { return filter().takes(application); }
  StageFilter filter() const { return {job, stage}; }
};

}  // namespace praxisync
