// Saved plans: only what this database signed is followed, and exactly as it was signed. With 'r'
// first the rest is a file; else its lines are the texts of a plan that is signed and read again.
#include "fuzz/fuzz.h"
#include "report/plan_file_document.h"

namespace praxisync::fuzz {
namespace {

using sync::PlanFile;

const store::Identity& ours() {
  static const store::Identity identity{"db-0123456789abcdef", store::PlanKey("plan-key-canary")};
  return identity;
}

/// The one plan that this database ever signed; corpus/plan_file/signed holds its text.
PlanFile signed_plan() {
  PlanFile plan;
  plan.praxisync = "0.1.0";
  plan.made_at = *parse_timestamp("2026-11-21T08:15:00Z");
  plan.database = ours().database;
  plan.config = "c0ffee";
  plan.organisation = "acme";
  plan.actions.contacts = {{.connector = ConnectorName("gh"),
                            .application = ApplicationId("A-1"),
                            .route = RouteName("backend"),
                            .target = {TargetKind::Assessment, "senior-backend"},
                            .round = 1,
                            .email = "ada@example.org",
                            .stage = "Test"}};
  plan.actions.writes = {{.connector = ConnectorName("gh"),
                          .application = ApplicationId("A-2"),
                          .route = RouteName("backend"),
                          .kind = ActionKind::Move,
                          .field = "",
                          .value = "Interview",
                          .outcome = Verdict::Passed,
                          .marker = "px:abcdefghij23"}};
  return plan;
}

void check_file(std::string_view text) {
  const Result<PlanFile> read = report::read_plan_file(text, ours());
  if (!read) {
    PRAXISYNC_CHECK(read.error().kind == ErrorKind::Rejected, "a bad plan is Rejected");
    PRAXISYNC_CHECK(read.error().what.find("canary") == std::string::npos, "without the key");
    return check_shown(read.error().what, 300);
  }
  PRAXISYNC_CHECK(*read == signed_plan(), "nothing that was not signed is followed");
}

void check_round(Pieces pieces) {
  PlanFile plan = signed_plan();
  sync::ChosenContact& contact = plan.actions.contacts.front();
  contact.application = ApplicationId(std::string(pieces.line()));
  contact.email = pieces.line();
  contact.stage = pieces.line();
  contact.round = static_cast<int>(pieces.below(256));
  plan.actions.writes.front().value = pieces.rest();
  const Result<std::string> text = report::plan_file_document(plan, ours().plan_key);
  PRAXISYNC_CHECK(text.has_value(), "a small plan can be saved");
  PRAXISYNC_CHECK(report::begins_a_plan_file(*text), "and is known again");
  const Result<PlanFile> read = report::read_plan_file(*text, ours());
  PRAXISYNC_CHECK(read.has_value(), "what was signed is read");
  const bool text_only = is_utf8(contact.application.text()) && is_utf8(contact.email) &&
                         is_utf8(contact.stage) && is_utf8(plan.actions.writes.front().value);
  PRAXISYNC_CHECK(!text_only || *read == plan, "as it was");
  const store::Identity other{ours().database, store::PlanKey("another-key")};
  const store::Identity elsewhere{"db-another", ours().plan_key};
  const bool by_key = contact.round % 2 == 0;
  PRAXISYNC_CHECK(!report::read_plan_file(*text, by_key ? other : elsewhere),
                  "but neither with another key nor for another database");
}

}  // namespace

void run(std::string_view input) {
  static_cast<void>(report::begins_a_plan_file(input));
  if (input.starts_with('r')) return check_file(input.substr(1));
  check_round(Pieces(input));
}

}  // namespace praxisync::fuzz
