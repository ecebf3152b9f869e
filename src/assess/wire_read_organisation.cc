#include "assess/wire_resource.h"

namespace praxisync::assess::wire {
namespace {

constexpr int kMaxStatus = 999;

Member member_of(const json::Reader& json) {
  Member member;
  member.name = json.text_or_empty("name");
  member.email = json.text("email");
  member.role = json.text_or_empty("role");
  return member;
}

Stats stats_of(const json::Reader& json) {
  Stats stats;
  stats.total_invites = json.integer("total_invites", 0, kMaxInt);
  stats.total_candidates = json.integer("total_candidates", 0, kMaxInt);
  stats.completed_assessments = json.integer("completed_assessments", 0, kMaxInt);
  stats.passed_candidates = json.integer("passed_candidates", 0, kMaxInt);
  stats.active_assessments = json.integer("active_assessments", 0, kMaxInt);
  stats.pass_rate = json.number("pass_rate", 0, 100);
  stats.average_score_percentage = json.number("average_score_percentage", 0, 100);
  return stats;
}

Webhook webhook_of(const json::Reader& json) {
  Webhook webhook;
  webhook.id = WebhookId(json.id("id"));
  webhook.url = json.text_or_empty("url");
  webhook.is_active = json.flag("is_active");
  webhook.event_types = json.texts("event_types");
  return webhook;
}

}  // namespace

Result<Page<Member>> read_team(const Answer& answer, const PageToken& asked) {
  return read_page<Member>(answer, asked, member_of);
}

Result<Stats> read_stats(const Answer& answer) { return read_resource<Stats>(answer, stats_of); }

Result<Page<Webhook>> read_webhooks(const Answer& answer, const PageToken& asked) {
  return read_page<Webhook>(answer, asked, webhook_of);
}

Result<CreatedWebhook> read_created_webhook(const Answer& answer) {
  return read_resource<CreatedWebhook>(answer, [](const json::Reader& root) {
    CreatedWebhook created;
    created.id = WebhookId(root.id("id"));
    created.signing_secret = WebhookSecret(root.text("signing_secret"));
    return created;
  });
}

Result<WebhookTest> read_webhook_test(const Answer& answer) {
  return read_resource<WebhookTest>(answer, [](const json::Reader& root) {
    WebhookTest test;
    test.message = root.text_or_empty("message");
    test.status_code = root.integer("status_code", 0, kMaxStatus);
    test.is_verified = root.flag("is_verified");
    return test;
  });
}

}  // namespace praxisync::assess::wire
