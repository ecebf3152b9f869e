#include <fmt/format.h>

#include <algorithm>

#include "cli/input_bytes.h"
#include "cli/list_output.h"
#include "cli/secret_file.h"
#include "cli/terminal_text.h"
#include "domain/text.h"
#include "domain/webhook_signature.h"
#include "json/reader.h"

namespace praxisync::cli {
namespace {

using assess::PageToken;
using assess::Webhook;

constexpr std::size_t kBodyLimit = 16 * 1024 * 1024;
constexpr std::size_t kSecretLimit = 4096;

/// Source 002, 'Event Types & Payloads'.
const std::vector<std::string>& known_events() {
  static const std::vector<std::string> events{
      "assessment.started",  "assessment.completed", "candidate.passed", "candidate.failed",
      "candidate.violation", "invitation.expired",   "webhook.test"};
  return events;
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ", "));
}

int list_webhooks(ByHand& hand) {
  const ListView<Webhook> view{
      {{"id"}, {"url"}, {"active"}, {"events"}},
      [](const Webhook& row) -> std::vector<std::string> {
        return {row.id.text(), row.url, cell(row.is_active), joined(row.event_types)};
      }};
  return print_list(hand, view,
                    [&](const PageToken& page) { return hand.api().list_webhooks(page); });
}

/// The answer without its secret, where that went to a file.
std::string without_secret(const assess::Raw& raw) {
  Result<json::Value> document = json::Value::parse(raw.reveal());
  auto* object = document ? document->get<json::Value::Object>() : nullptr;
  if (object == nullptr) return "{}";
  for (std::size_t i = object->keys.size(); i-- > 0;) {
    if (object->keys[i] != "signing_secret") continue;
    object->keys.erase(object->keys.begin() + static_cast<std::ptrdiff_t>(i));
    object->values.erase(object->values.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return document->compact();
}

int print_created(ByHand& hand, const assess::CreatedWebhook& made, SecretFile* file) {
  if (file != nullptr) {
    if (const Result<void> written = file->write(made.signing_secret.reveal()); !written) {
      // It is given once: better on the screen than lost.
      print_error(hand.app, written.error());
      file = nullptr;
    }
  }
  if (hand.form == Form::Json) {
    hand.app.out << (file != nullptr ? without_secret(made.raw) : made.raw.reveal()) << "\n";
  } else {
    Fields fields;
    fields.add("webhook", made.id.text());
    fields.add("secret", file != nullptr ? "in " + hand.options.get("secret-file")
                                         : made.signing_secret.reveal());
    hand.app.out << fields.render();
    if (file == nullptr) hand.app.err << "the secret is shown this once: keep it now\n";
  }
  return file == nullptr && hand.options.has("secret-file") ? kFailed : kDone;
}

int create_webhook(ByHand& hand) {
  const std::string url = hand.options.get("url");
  if (!url.starts_with("https://"))
    return hand.usage("--url is needed, and the Assess API delivers to https:// only");
  const std::vector<std::string> events = hand.options.all("event");
  if (events.empty())
    return hand.usage("--event is needed, once or more; there are " + joined(known_events()));
  for (const std::string& event : events) {
    // One that we do not know may be newer than we are; a misspelt one would never come.
    const bool known = std::ranges::find(known_events(), event) != known_events().end();
    const std::string meant = known ? "" : did_you_mean(event, known_events());
    if (!meant.empty())
      return hand.usage(fmt::format("no event {}; did you mean {}?", printable(event, 60), meant));
  }
  std::optional<SecretFile> file;
  if (hand.options.has("secret-file")) {
    Result<SecretFile> made = SecretFile::create(hand.options.get("secret-file"));
    if (!made) return hand.usage("--secret-file: " + made.error().what);
    file.emplace(std::move(*made));
  }
  const auto made = hand.api().create_webhook(
      {.url = url, .event_types = events, .description = hand.options.get("description")});
  if (!made) return hand.fail(made.failure());
  return print_created(hand, *made, file ? &*file : nullptr);
}

int test_webhook(ByHand& hand) {
  const auto done = hand.api().test_webhook(assess::WebhookId(hand.argument(0)));
  if (!done) return hand.fail(done.failure());
  if (!hand.printed_json(done->raw)) {
    Fields fields;
    fields.add("message", cell(done->message));
    fields.add("endpoint's status", cell(done->status_code));
    fields.add("verified", cell(done->is_verified));
    hand.app.out << fields.render();
  }
  const int status = done->status_code.value_or(200);
  // Verified once, an endpoint stays so: the status tells of this delivery.
  return done->is_verified == true && status >= 200 && status <= 299 ? kDone : kFailed;
}

struct NamedSecret {
  std::string name;  ///< of the file or the variable
  WebhookSecret secret;
};

/// Without the one line break that editors leave at a file's end.
std::string without_line_break(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<std::vector<NamedSecret>> secrets_of(const App& app, const ParsedOptions& options) {
  std::vector<NamedSecret> secrets;
  for (const std::string& file : options.all("secret-file")) {
    Result<std::string> text = read_whole(file, kSecretLimit);
    if (!text) return std::move(text).error().during("--secret-file");
    secrets.push_back({file, WebhookSecret(without_line_break(std::move(*text)))});
  }
  for (const std::string& name : options.all("secret-env")) {
    const auto found = app.environment.find(name);
    if (found == app.environment.end())
      return Error{ErrorKind::Rejected, "--secret-env: " + printable(name, 60) + " is not set"};
    secrets.push_back({name, WebhookSecret(found->second)});
  }
  for (const NamedSecret& entry : secrets) {
    if (entry.secret.empty())
      return Error{ErrorKind::Rejected, printable(entry.name, 200) + " holds no secret"};
  }
  if (secrets.empty())
    return Error{ErrorKind::Rejected, "--secret-file FILE or --secret-env NAME is needed"};
  return secrets;
}

/// Needs neither a config nor the network.
int verify(App& app, const ParsedOptions& options) {
  const auto usage = [&](const std::string& what) {
    app.err << "praxisync: " << what << "\n";
    return kUsage;
  };
  const std::string signature(trim(options.get("signature")));
  const bool hex = std::ranges::all_of(signature, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
  if (signature.size() != 64 || !hex)
    return usage("--signature takes the 64 hex digits of the header X-Praxicraft-Signature");
  const Result<std::vector<NamedSecret>> secrets = secrets_of(app, options);
  if (!secrets) return usage(secrets.error().what);
  const std::string source = options.positionals().empty() ? "-" : options.positionals().front();
  const Result<std::string> body = read_whole(source, kBodyLimit);
  if (!body) return usage(body.error().what);

  std::vector<WebhookSecret> keys;
  for (const NamedSecret& entry : *secrets) keys.push_back(entry.secret);
  const std::optional<std::size_t> fits = find_signing_secret(*body, signature, keys);
  if (options.get("output") == "json") {
    const std::string name =
        fits ? json::Value(json::Value::State((*secrets)[*fits].name)).compact() : "null";
    app.out << fmt::format("{{\"fits\":{},\"secret\":{}}}\n", fits.has_value(), name);
  } else if (fits) {
    app.out << "fits the secret of " << one_line((*secrets)[*fits].name) << "\n";
  } else {
    app.out << fmt::format(
        "does not fit: none of {} secrets signed these {} bytes; were they changed on the way, "
        "re-indented or given another line end?\n",
        keys.size(), body->size());
  }
  return fits ? kDone : kFailed;
}

const OptionSpec kEvents{.name = "event",
                         .argument = "EVENT",
                         .help = "to be told of, such as candidate.passed",
                         .occurs = Occurs::Often};

}  // namespace

std::vector<Command> webhooks_commands() {
  return {
      {{.name = "webhooks list",
        .summary = "The endpoints that are told of events",
        .options = list_options(),
        .examples = {{"praxisync webhooks list", "with the events that each gets"}},
        .exit_codes = list_exit_codes()},
       run_by_hand<list_webhooks>},
      {{.name = "webhooks create",
        .summary = "Registers an endpoint; its signing secret is given this once",
        .usage =
            "Not idempotent: twice makes two. Without --secret-file the secret goes to stdout.",
        .options = {{.name = "url", .argument = "URL", .help = "https:// of your endpoint"},
                    kEvents,
                    {.name = "description", .argument = "TEXT", .help = "for your own people"},
                    {.name = "secret-file",
                     .argument = "FILE",
                     .help =
                         "a new file of mode 0600 for the secret, which is then shown nowhere"}},
        .examples = {{"praxisync webhooks create --url https://api.acme.example/hook --event "
                      "candidate.passed --event candidate.failed --secret-file hook.secret",
                      "the secret goes into the file"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<create_webhook>},
      {{.name = "webhooks test",
        .summary = "Has the API send a ping to an endpoint",
        .positionals = {{.name = "ID", .help = "of the webhook"}},
        .examples = {{"praxisync webhooks test 550e8400-e29b-41d4-a716-446655440000",
                      "exit code 0 where it is verified, 1 where it is not"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<test_webhook>},
      {{.name = "webhooks verify",
        .summary = "Checks a delivery's signature, and says which secret made it",
        .usage =
            "The body is taken byte for byte. Secrets come from files or the environment, never "
            "from the\ncommand line; name several while one is being changed. Needs no config "
            "and no network.",
        .options = {{.name = "signature",
                     .argument = "HEX",
                     .help = "what the header X-Praxicraft-Signature holds"},
                    {.name = "secret-file",
                     .argument = "FILE",
                     .help = "holds a signing secret",
                     .occurs = Occurs::Often},
                    {.name = "secret-env",
                     .argument = "NAME",
                     .help = "a variable that holds one",
                     .occurs = Occurs::Often}},
        .positionals = {{.name = "FILE",
                         .help = "the raw body; '-' or nothing: standard input",
                         .presence = Presence::Optional}},
        .examples = {{"praxisync webhooks verify --secret-file new.secret --secret-file old.secret "
                      "--signature \"$SIGNATURE\" body.json",
                      "during a rotation"}},
        .exit_codes = {{kDone, "all done"},
                       {kFailed, "no secret fits"},
                       {kUsage, "usage: a secret, the signature or the body cannot be read"}}},
       verify}};
}

}  // namespace praxisync::cli
