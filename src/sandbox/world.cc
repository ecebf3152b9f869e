#include "sandbox/world.h"

#include <utility>

namespace praxisync::sandbox {
namespace {

std::optional<Number> look_up(const std::unordered_map<std::string, Number>& index,
                              const std::string& key) {
  const auto found = index.find(key);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::string_view to_string(AssessmentStatus status) {
  switch (status) {
    case AssessmentStatus::Active:
      return "active";
    case AssessmentStatus::Draft:
      return "draft";
    case AssessmentStatus::Archived:
      return "archived";
  }
  return "unknown";
}

std::optional<AssessmentStatus> parse_assessment_status(std::string_view text) {
  for (const AssessmentStatus status :
       {AssessmentStatus::Active, AssessmentStatus::Draft, AssessmentStatus::Archived}) {
    if (to_string(status) == text) return status;
  }
  return std::nullopt;
}

std::string_view to_string(InvitationStatus status) {
  switch (status) {
    case InvitationStatus::Pending:
      return "pending";
    case InvitationStatus::Started:
      return "started";
    case InvitationStatus::Completed:
      return "completed";
    case InvitationStatus::Expired:
      return "expired";
  }
  return "unknown";
}

std::string_view to_string(EnrollmentStatus status) {
  switch (status) {
    case EnrollmentStatus::Active:
      return "active";
    case EnrollmentStatus::Completed:
      return "completed";
    case EnrollmentStatus::Rejected:
      return "rejected";
  }
  return "unknown";
}

std::string_view to_string(WebhookDelivery::State state) {
  switch (state) {
    case WebhookDelivery::State::Waiting:
      return "waiting";
    case WebhookDelivery::State::Delivered:
      return "delivered";
    case WebhookDelivery::State::GivenUp:
      return "given_up";
  }
  return "unknown";
}

int Assessment::max_score() const {
  int sum = 0;
  for (const Task& task : tasks) sum += task.points;
  return sum;
}

const Webhook& World::add(Webhook webhook) {
  webhook_by_id[webhook.id] = webhooks.size();
  webhooks.push_back(std::move(webhook));
  return webhooks.back();
}

std::optional<Number> World::find_assessment(const std::string& slug) const {
  return look_up(assessment_by_slug, slug);
}

std::optional<Number> World::find_invitation(const std::string& token) const {
  const std::optional<Number> number = look_up(invitation_by_token, token);
  if (number && invitations[*number].cancelled) return std::nullopt;
  return number;
}

std::optional<Number> World::find_pipeline(const std::string& slug) const {
  return look_up(pipeline_by_slug, slug);
}

std::optional<Number> World::find_case(const std::string& id) const {
  const std::optional<Number> number = look_up(case_by_id, id);
  if (number && cases[*number].deleted) return std::nullopt;
  return number;
}

int World::invites_used(Timestamp now) const {
  const auto found = invited_in_month.find(month_of(now));
  return found == invited_in_month.end() ? 0 : found->second;
}

int World::month_of(Timestamp at) const {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at + month_zone)};
  return static_cast<int>(date.year()) * 12 +
         static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

}  // namespace praxisync::sandbox
