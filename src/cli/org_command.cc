#include "cli/list_output.h"

namespace praxisync::cli {
namespace {

using assess::Member;
using assess::PageToken;

int show_org(ByHand& hand) {
  const auto found = hand.api().get_organisation();
  if (!found) return hand.fail(found.failure());
  if (hand.printed_json(found->raw)) return kDone;
  const assess::Quota& quota = found->quota;
  Fields fields;
  fields.add("name", found->name);
  fields.add("slug", cell(found->slug));
  fields.add("plan", cell(quota.plan));
  fields.add("invitations a month", quota.limit ? cell(quota.limit) : "no limit");
  fields.add("used", std::to_string(quota.used));
  fields.add("left", quota.remaining ? cell(quota.remaining) : "no limit");
  hand.app.out << fields.render();
  return kDone;
}

int team(ByHand& hand) {
  const ListView<Member> view{{{"name"}, {"email"}, {"role"}},
                              [](const Member& row) -> std::vector<std::string> {
                                return {cell(row.name), row.email, cell(row.role)};
                              }};
  return print_list(hand, view, [&](const PageToken& page) { return hand.api().list_team(page); });
}

int stats(ByHand& hand) {
  const auto found = hand.api().get_stats();
  if (!found) return hand.fail(found.failure());
  if (hand.printed_json(found->raw)) return kDone;
  Fields fields;
  fields.add("invitations", cell(found->total_invites));
  fields.add("candidates who started", cell(found->total_candidates));
  fields.add("completed", cell(found->completed_assessments));
  fields.add("passed", cell(found->passed_candidates));
  fields.add("pass rate %", cell(found->pass_rate));
  fields.add("average score %", cell(found->average_score_percentage));
  fields.add("active assessments", cell(found->active_assessments));
  hand.app.out << fields.render();
  return kDone;
}

}  // namespace

std::vector<Command> org_commands() {
  return {{{.name = "org show",
            .summary = "The key's organisation, its plan and the month's quota",
            .examples = {{"praxisync org show", "how many invitations are left"}},
            .exit_codes = by_hand_exit_codes()},
           run_by_hand<show_org>},
          {{.name = "org team",
            .summary = "The organisation's members and their roles",
            .options = list_options(),
            .examples = {{"praxisync org team --output json", "for a script"}},
            .exit_codes = list_exit_codes()},
           run_by_hand<team>},
          {{.name = "org stats",
            .summary = "Totals, pass rate and average score",
            .examples = {{"praxisync org stats", "of all assessments"}},
            .exit_codes = by_hand_exit_codes()},
           run_by_hand<stats>}};
}

}  // namespace praxisync::cli
