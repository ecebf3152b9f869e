/// What the played Assess API knows: plain rows, numbered by their place in their vector and never
/// removed, with indexes beside them. Tests read it as the truth; it is changed by Lifecycle and
/// the endpoints alone. The tokens are plain text here: this is the side that gives them out.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/outcome.h"
#include "domain/time.h"

namespace praxisync::sandbox {

using Number = std::size_t;  ///< a row's place in its vector

enum class AssessmentStatus { Active, Draft, Archived };
enum class InvitationStatus { Pending, Started, Completed, Expired };
enum class EnrollmentStatus { Active, Completed, Rejected };

std::string_view to_string(AssessmentStatus status);
std::optional<AssessmentStatus> parse_assessment_status(std::string_view text);
std::string_view to_string(InvitationStatus status);
std::string_view to_string(EnrollmentStatus status);

struct Member {
  std::string name, email, role;
};

struct Key {
  std::string text;
  std::vector<std::string> scopes;
};

/// A task of an assessment.
struct Task {
  std::string id, title, description;
  std::string type, case_type, difficulty;
  int points = 100;
};

struct Assessment {
  std::string id, slug, title, description;
  AssessmentStatus status = AssessmentStatus::Active;
  std::optional<int> time_limit_minutes;
  int passing_score = 70;
  Timestamp created_at, updated_at;
  std::vector<Task> tasks;
  int invitation_count = 0;  ///< without the cancelled
  std::unordered_map<std::string, Number>
      invited;                    ///< by email key: the newest that is not cancelled
  std::vector<Number> completed;  ///< invitations, in the order of completion

  int max_score() const;
};

struct Invitation {
  Number assessment = 0;
  std::string token, email, email_key;
  std::optional<std::string> name, role;
  InvitationStatus status = InvitationStatus::Pending;
  bool cancelled = false;  ///< deleted as far as the API goes
  Timestamp created_at, expires_at;
  std::optional<Timestamp> sent_at, started_at, completed_at, reminded_at;
  int emails_sent = 0;  ///< at creation and by reminders
  int score = 0;
  double score_percentage = 0;
  bool passed = false;
  Milliseconds time_spent{0};
  Violations violations{};
};

struct Pipeline {
  std::string id, slug, title, description;
  std::vector<Number> stages;  ///< assessments
};

struct HistoryEntry {
  enum class Event { Enrolled, StageCompleted };
  Event event = Event::Enrolled;
  Timestamp at;
  int stage = 0;     ///< only StageCompleted
  double score = 0;  ///< only StageCompleted: per cent
};

struct Enrollment {
  std::string id;
  Number pipeline = 0;
  std::string email, email_key;
  std::optional<std::string> name;
  EnrollmentStatus status = EnrollmentStatus::Active;
  int current_stage = 0;
  std::vector<HistoryEntry> history;
};

/// A task of the organisation's own library.
struct OwnCase {
  std::string id, title, description, question, case_type;
  Timestamp created_at;
  bool deleted = false;
};

struct Webhook {
  std::string id, url, description, signing_secret;
  std::vector<std::string> event_types;
  bool verified = false;  ///< a test ping of it was answered with a 2xx
};

/// One event on its way to one webhook.
struct WebhookDelivery {
  enum class State { Waiting, Delivered, GivenUp };
  Number webhook = 0;
  std::string event;
  Timestamp created_at;         ///< of the event
  std::string body, signature;  ///< as sent, byte for byte
  State state = State::Waiting;
  int attempts = 0;
  Timestamp due;                     ///< the next attempt, or the last one where it is over
  std::optional<int> last_status{};  ///< nullopt: no attempt yet, or nobody answered the last one
};

/// What org/stats/ counts; "ever", so the cancelled ones are in it.
struct Totals {
  int invitations = 0, started = 0, completed = 0, passed = 0;
  double score_percentages = 0;
};

struct World {
  std::string organisation, organisation_slug;
  std::vector<Member> team;
  std::vector<Key> keys;
  std::vector<Assessment> assessments;
  std::vector<Invitation> invitations;
  std::vector<Number> listed;  ///< invitations that are not cancelled, ascending
  std::vector<Pipeline> pipelines;
  std::vector<Enrollment> enrollments;
  std::vector<OwnCase> cases;
  std::vector<Webhook> webhooks;
  std::vector<WebhookDelivery> deliveries;  ///< in the order of their events
  std::map<int, int> invited_in_month;      ///< by month_of(); cancelling gives nothing back
  std::chrono::minutes month_zone{0};       ///< ahead of UTC, where a month begins
  Totals totals;

  std::unordered_map<std::string, Number> assessment_by_slug, invitation_by_token, pipeline_by_slug;
  std::unordered_map<std::string, Number> enrollment_by_id, case_by_id, webhook_by_id;
  std::unordered_map<std::string, std::vector<Number>> invitations_by_email, enrollments_by_email;

  /// The row as it stands there.
  const Webhook& add(Webhook webhook);

  std::optional<Number> find_assessment(const std::string& slug) const;
  std::optional<Number> find_invitation(const std::string& token) const;  ///< never a cancelled one
  std::optional<Number> find_pipeline(const std::string& slug) const;
  std::optional<Number> find_case(const std::string& id) const;  ///< never a deleted one
  int invites_used(Timestamp now) const;                         ///< in the calendar month of `now`
  int month_of(Timestamp at) const;  ///< months since year 0, in the zone of the months
};

std::string_view to_string(WebhookDelivery::State state);

}  // namespace praxisync::sandbox
