#include "cli/confirm.h"
#include "cli/invite_lookup.h"
#include "cli/invites_bulk.h"
#include "cli/list_output.h"
#include "domain/email.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

using assess::Invite;
using assess::PageToken;

int list_invites(ByHand& hand) {
  const ListView<Invite> view{
      {{"invitation"}, {"email"}, {"name"}, {"assessment"}, {"status"}, {"sent"}, {"expires"}},
      [&](const Invite& row) -> std::vector<std::string> {
        return {hand.token(row.token),    row.email,
                cell(row.name),           row.assessment.text(),
                cell(row.status_text),    hand.time(row.sent_at),
                hand.time(row.expires_at)};
      }};
  return print_list(hand, view,
                    [&](const PageToken& page) { return hand.api().list_invites(page); });
}

int show_invite(ByHand& hand) {
  const auto invite = find_invite(hand);
  if (const int* code = std::get_if<int>(&invite)) return *code;
  const auto found = hand.api().get_invite(std::get<InviteToken>(invite));
  if (!found) return hand.fail(found.failure());
  if (hand.printed_json(found->raw)) return kDone;
  Fields fields;
  fields.add("invitation", hand.token(found->token));
  fields.add("email", found->email);
  fields.add("name", cell(found->name));
  fields.add("role", cell(found->role));
  fields.add("assessment", found->assessment.text());
  fields.add("status", cell(found->status_text));
  fields.add("created", hand.time(found->created_at));
  fields.add("expires", hand.time(found->expires_at));
  fields.add("started", hand.time(found->started_at));
  fields.add("completed", hand.time(found->completed_at));
  fields.add("reminded", hand.time(found->reminded_at));
  hand.app.out << fields.render();
  return kDone;
}

int create_invite(ByHand& hand) {
  const AssessmentSlug slug(hand.argument(0));
  const Result<Email> email = Email::parse(hand.options.get("email"));
  if (!email) return hand.usage("--email ADDRESS is needed: " + email.error().what);
  const auto send = hand.options.has("send-email") ? assess::SendInvitationEmail::Yes
                                                   : assess::SendInvitationEmail::No;
  const auto made = hand.api().create_invite(slug,
                                             {.email = email->spelling(),
                                              .name = hand.options.get("name"),
                                              .role = hand.options.get("role")},
                                             send);
  if (!made) return fail_for_assessment(hand, made.failure(), slug.text());
  if (hand.printed_json(made->raw)) return kDone;
  Fields fields;
  fields.add("result", made->creation == assess::Creation::New ? "invited" : "already invited");
  fields.add("invitation", hand.token(made->token));
  if (hand.options.has("show-secrets")) fields.add("link", cell(made->url.reveal()));
  fields.add("expires", hand.time(made->expires_at));
  hand.app.out << fields.render();
  return kDone;
}

int remind_invite(ByHand& hand) {
  const auto invite = find_invite(hand);
  if (const int* code = std::get_if<int>(&invite)) return *code;
  const auto done = hand.api().remind(std::get<InviteToken>(invite));
  if (!done) return hand.fail(done.failure());
  if (!hand.printed_json(done->raw)) hand.app.out << "reminded\n";
  return kDone;
}

int cancel_invite(ByHand& hand) {
  const auto invite = find_invite(hand);
  if (const int* code = std::get_if<int>(&invite)) return *code;
  const auto& token = std::get<InviteToken>(invite);
  const std::string& named = hand.argument(0);
  const std::string who =
      named.find('@') == std::string::npos ? hand.token(token) : printable(named, 100);
  if (const auto code = refused(hand.app, hand.options, "Cancel the invitation of " + who + "?"))
    return *code;
  const auto done = hand.api().cancel(token);
  if (!done) return hand.fail(done.failure());
  hand.app.out << (hand.form == Form::Table ? "cancelled\n" : "{\"cancelled\":true}\n");
  return kDone;
}

const PositionalSpec kInvitedTo{.name = "SLUG", .help = "of the assessment"};
const OptionSpec kSendEmail{.name = "send-email",
                            .help = "have the API mail the invitation; otherwise pass the link on"};
const OptionSpec kOutput{.name = "output",
                         .shortcut = "o",
                         .argument = "FORM",
                         .help = "what stdout gets; ndjson is a line a row, batch by batch",
                         .fallback = "table",
                         .choices = {"table", "json", "ndjson"}};

std::vector<ExitMeaning> bulk_exit_codes() {
  std::vector<ExitMeaning> codes = by_hand_exit_codes();
  codes[3].meaning = "stopped in order (rate limit, quota, signal) with rows left: run it again";
  codes.insert(codes.begin() + 3, {kRecords, "done, but for rows that cannot be used"});
  return codes;
}

Command list_command() {
  return {{.name = "invites list",
           .summary = "Every invitation of the organisation",
           .usage = "Tables show the first eight characters of a token: whoever has all of it can "
                    "take the test.\n--output json and ndjson are the API's own rows, and hold it.",
           .options = list_options({show_secrets_option()}),
           .examples = {{"praxisync invites list", "the first 20"},
                        {"praxisync invites list --all --output ndjson", "all, a line each"}},
           .exit_codes = list_exit_codes()},
          run_by_hand<list_invites>};
}

Command show_command() {
  return {{.name = "invites show",
           .summary = "One invitation with its status and times",
           .usage = "--output json is the API's own resource, and holds the token.",
           .options = {show_secrets_option(), invite_assessment_option()},
           .positionals = {invite_positional()},
           .examples = {{"praxisync invites show ada@example.com", "by address"}},
           .exit_codes = by_hand_exit_codes()},
          run_by_hand<show_invite>};
}

Command create_command() {
  return {{.name = "invites create",
           .summary = "Invites one candidate",
           .usage = "Idempotent: who is invited already keeps that invitation. --output json holds "
                    "token and link.",
           .options = {{.name = "email", .argument = "ADDRESS", .help = "of the candidate"},
                       {.name = "name", .argument = "NAME", .help = "shown in the mail"},
                       {.name = "role", .argument = "ROLE", .help = "shown in the mail"},
                       kSendEmail,
                       show_secrets_option()},
           .positionals = {kInvitedTo},
           .examples = {{"praxisync invites create senior-backend-screen --email ada@example.com "
                         "--send-email",
                         "invites and mails"}},
           .exit_codes = by_hand_exit_codes()},
          run_by_hand<create_invite>};
}

Command bulk_command() {
  return {
      {.name = "invites bulk",
       .summary = "Invites many candidates from CSV or JSON lines",
       .usage = "CSV has a header with email and, if wanted, name and role; JSON lines have the "
                "same keys.\nIn batches of [assess] bulk_size. Stops in order where quota or "
                "rate limit end it; run it\nagain with the same input: who is invited already "
                "is skipped. JSON holds tokens and links.",
       .options = {kSendEmail, show_secrets_option(), kOutput},
       .positionals = {kInvitedTo,
                       {.name = "FILE",
                        .help = "of the people; '-' or nothing: standard input",
                        .presence = Presence::Optional}},
       .examples = {{"praxisync invites bulk senior-backend-screen people.csv --send-email",
                     "invites and mails them"}},
       .exit_codes = bulk_exit_codes()},
      run_by_hand<invite_in_bulk>};
}

Command remind_command() {
  return {{.name = "invites remind",
           .summary = "Mails an invitation once more",
           .usage = "For those that are pending or started.",
           .options = {invite_assessment_option()},
           .positionals = {invite_positional()},
           .examples = {{"praxisync invites remind ada@example.com", "by address"}},
           .exit_codes = by_hand_exit_codes()},
          run_by_hand<remind_invite>};
}

Command cancel_command() {
  return {{.name = "invites cancel",
           .summary = "Deletes a pending invitation for good",
           .options = {invite_assessment_option(), yes_option()},
           .positionals = {invite_positional()},
           .examples = {{"praxisync invites cancel ada@example.com --yes", "in a script"}},
           .exit_codes = by_hand_exit_codes()},
          run_by_hand<cancel_invite>};
}

}  // namespace

std::vector<Command> invites_commands() {
  return {list_command(), show_command(),   create_command(),
          bulk_command(), remind_command(), cancel_command()};
}

}  // namespace praxisync::cli
