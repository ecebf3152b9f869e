// What webhooks receive. Source 002, 'Event Types & Payloads'.
#include <nlohmann/json.hpp>

#include "domain/random.h"
#include "domain/uuid.h"
#include "sandbox/json_text.h"
#include "sandbox/wire.h"

namespace praxisync::sandbox::wire {
namespace {

using Json = nlohmann::ordered_json;

/// The session of an invitation, made from its token alone: nobody's tokens depend on who started.
std::string session_id(const Invitation& invitation) {
  std::uint64_t seed = 0xcbf29ce484222325U;
  for (const char byte : invitation.token)
    seed = (seed ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  SeededRandom random(seed);
  return make_uuid(random);
}

}  // namespace

/// The documents show candidate.passed alone. Before there is a score, `score` and `passed` have no
/// value, and without a session `session_id` has none.
std::string Writer::event(std::string_view event, const Invitation& invitation) const {
  const Assessment& assessment = world_.assessments[invitation.assessment];
  const bool scored = invitation.status == InvitationStatus::Completed;
  Json data = Json::object();
  const auto put = [&](const char* name, Json value) {
    if (!value.is_null() || options_.optional_fields == OptionalFields::Null)
      data[name] = std::move(value);
  };
  put("session_id", invitation.started_at ? Json(session_id(invitation)) : Json(nullptr));
  put("assessment_id", assessment.id);
  put("assessment_slug", assessment.slug);
  put("candidate_email", invitation.email);
  put("candidate_name", invitation.name ? Json(*invitation.name) : Json(nullptr));
  put("score", scored ? Json(invitation.score) : Json(nullptr));
  put("max_score", assessment.max_score());
  put("passed", scored ? Json(invitation.passed) : Json(nullptr));
  return json_text({{"event", event}, {"created_at", format_timestamp(now_)}, {"data", data}});
}

std::string Writer::test_event() const {
  return json_text({{"event", "webhook.test"},
                    {"created_at", format_timestamp(now_)},
                    {"data", {{"message", "This is a test of your webhook endpoint."}}}});
}

std::string Writer::webhook_test(const Webhook& webhook, std::optional<int> status) const {
  std::string message = "Test failed — endpoint did not respond.";
  if (status) {
    const bool succeeded = *status >= 200 && *status <= 299;
    message = std::string(succeeded ? "Test succeeded" : "Test failed") +
              " — endpoint responded with " + std::to_string(*status) + ".";
  }
  return json_text({{"message", message},
                    {"status_code", status ? Json(*status) : Json(nullptr)},
                    {"is_verified", webhook.verified}});
}

}  // namespace praxisync::sandbox::wire
