/// One function an endpoint: a checked call in, an answer or a refusal out. Whether the key may,
/// the limits, sizes and types were looked at before, in AssessSandbox.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sandbox/answer.h"
#include "sandbox/lifecycle.h"
#include "sandbox/options.h"
#include "sandbox/routing.h"
#include "sandbox/wire.h"
#include "sandbox/world.h"

namespace praxisync::sandbox {

struct Call {
  World& world;
  Lifecycle& lifecycle;
  const Options& options;
  Timestamp now;
  const Target& target;
  const std::string& argument;  ///< the slug, token or id of the path
  std::string_view body;

  wire::Writer write() const { return {world, options, now}; }
};

using Outcome = std::variant<Answer, Refusal>;

namespace endpoints {

Outcome list_assessments(const Call& call);
Outcome get_assessment(const Call& call);
Outcome list_tasks(const Call& call);
Outcome list_results(const Call& call);

Outcome create_invite(const Call& call);
Outcome bulk_invite(const Call& call);
Outcome list_invites(const Call& call);
Outcome get_invite(const Call& call);
Outcome remind(const Call& call);
Outcome cancel_invite(const Call& call);
Outcome get_result(const Call& call);

Outcome list_cases(const Call& call);
Outcome create_case(const Call& call);
Outcome get_case(const Call& call);
Outcome patch_case(const Call& call);
Outcome delete_case(const Call& call);

Outcome list_pipelines(const Call& call);
Outcome get_pipeline(const Call& call);
Outcome enroll(const Call& call);
Outcome get_enrollment(const Call& call);

Outcome list_webhooks(const Call& call);
Outcome create_webhook(const Call& call);
Outcome test_webhook(const Call& call);

Outcome get_organisation(const Call& call);
Outcome list_team(const Call& call);
Outcome get_stats(const Call& call);

}  // namespace endpoints

// What several endpoints refuse alike.
Refusal quota_exceeded();
Refusal not_active();
/// Invitations left in this month; nullopt: without limit.
std::optional<int> invites_remaining(const Call& call);

}  // namespace praxisync::sandbox
