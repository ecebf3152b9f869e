/// The played API's JSON: bodies in, documents out. Reading is as strict as Django REST framework's
/// serializers are; unknown fields are ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/answer.h"
#include "sandbox/lifecycle.h"
#include "sandbox/options.h"
#include "sandbox/paging.h"
#include "sandbox/world.h"

namespace praxisync::sandbox::wire {

struct InviteBody {
  Invitee invitee;
  Mail mail = Mail::No;
};

struct BulkCandidate {
  enum class Fault { None, MissingEmail, IllFormed };
  Fault fault = Fault::None;
  std::string message{};  ///< only IllFormed
  Invitee invitee;        ///< the address as sent, empty where it is no text
};

struct BulkBody {
  std::vector<BulkCandidate> candidates;
  Mail mail = Mail::No;
};

struct CaseBody {
  std::string title, description, question, case_type;
};

struct CasePatch {
  std::optional<std::string> title, question;
};

struct WebhookBody {
  std::string url, description;
  std::vector<std::string> event_types;
};

Parsed<InviteBody> read_invite(std::string_view body);
Parsed<BulkBody> read_bulk(std::string_view body);
Parsed<Invitee> read_enrollment(std::string_view body);
Parsed<CaseBody> read_case(std::string_view body);
Parsed<CasePatch> read_case_patch(std::string_view body);
Parsed<WebhookBody> read_webhook(std::string_view body);

struct Skipped {
  std::optional<std::string> email;
  std::string reason;
};

std::string write_error(const Refusal& refusal);

/// Documents in the shapes that the options ask for.
class Writer {
 public:
  Writer(const World& world, const Options& options, Timestamp now)
      : world_(world), options_(options), now_(now) {}

  std::string assessments(const Slice& slice, const std::vector<Number>& rows) const;
  std::string assessment(const Assessment& assessment) const;
  std::string tasks(const Slice& slice, const Assessment& assessment) const;

  std::string created(const Invitation& invitation, std::string_view message) const;
  std::string bulk(const std::vector<Number>& invited, const std::vector<Skipped>& skipped) const;
  std::string invitation(const Invitation& invitation) const;
  std::string invitations(const Slice& slice) const;
  std::string message(std::string_view text) const;
  std::string results(const Slice& slice, const Assessment& assessment) const;
  std::string result(const Invitation& invitation) const;

  std::string cases(const Slice& slice, const std::vector<Number>& rows) const;
  std::string own_case(const OwnCase& row) const;
  std::string case_title(const OwnCase& row) const;

  std::string pipelines() const;
  std::string pipeline(const Pipeline& pipeline) const;
  std::string enrolled(const Enrollment& enrollment, std::string_view message) const;
  std::string enrollment(const Enrollment& enrollment) const;

  std::string webhooks() const;
  std::string created_webhook(const Webhook& webhook) const;
  /// The answer to a test whose ping was answered with `status`; nullopt: by nobody.
  std::string webhook_test(const Webhook& webhook, std::optional<int> status) const;
  /// What a webhook receives, created now.
  std::string event(std::string_view event, const Invitation& invitation) const;
  std::string test_event() const;

  std::string organisation() const;
  std::string team() const;
  std::string stats() const;

 private:
  const World& world_;
  const Options& options_;
  Timestamp now_;
};

}  // namespace praxisync::sandbox::wire
