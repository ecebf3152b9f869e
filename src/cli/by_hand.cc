#include "cli/by_hand.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/relative_time.h"
#include "cli/terminal_text.h"
#include "domain/outcome.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::size_t kTokenShown = 8;

std::string mend(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Unauthorized:
      return "see the key and its scopes under Developer > API Keys of the Assess dashboard, and "
             "[assess] api_key of the config; 'praxisync doctor' checks both";
    case ErrorKind::Throttled:
      return error.retry_at ? fmt::format("try again from {}", format_timestamp(*error.retry_at))
                            : "try again later: the limits are for a rolling hour";
    case ErrorKind::Exhausted:
      return "what is left: 'praxisync org show'";
    case ErrorKind::OutcomeUnknown:
      return "it may have taken effect: look before doing it again";
    default:
      return "";
  }
}

}  // namespace

Form form_of(const ParsedOptions& options) {
  const std::string form = options.get("output");
  return form == "json" ? Form::Json : form == "ndjson" ? Form::Ndjson : Form::Table;
}

std::string ByHand::time(const std::optional<Timestamp>& at) const {
  if (!at) return "-";
  return app.out_terminal.tty ? relative_time(*at, session.clock().now()) : format_timestamp(*at);
}

std::string ByHand::token(const InviteToken& token) const {
  const std::string& text = token.reveal();
  if (text.empty()) return "-";
  if (options.has("show-secrets")) return text;
  return text.substr(0, text.size() > kTokenShown ? kTokenShown : 0) + "…";
}

bool ByHand::printed_json(const assess::Raw& raw) {
  if (form == Form::Table) return false;
  app.out << raw.reveal() << "\n";
  return true;
}

int ByHand::usage(const std::string& what) {
  app.err << "praxisync: " << what << "\n";
  return kUsage;
}

int ByHand::fail(const Error& error) {
  session.progress().clear();
  print_error(app, error);
  if (const std::string how = mend(error); !how.empty()) app.err << "  -> " << how << "\n";
  return exit_code_of(error.kind);
}

int ByHand::fail(const assess::ApiError& failure) { return fail(failure.error); }

int exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Unauthorized:
      return kUnauthorized;
    case ErrorKind::Throttled:
    case ErrorKind::Exhausted:
      return kStopped;
    default:
      return kFailed;
  }
}

std::vector<ExitMeaning> by_hand_exit_codes() {
  return {{kDone, "all done"},
          {kFailed, "refused by the API, not found, or an unexpected failure"},
          {kUsage, "usage or configuration"},
          {kStopped, "rate limit, quota or signal: try again later"},
          {kUnauthorized, "credentials refused, or a scope of the key is missing"}};
}

std::string cell(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "-";
}
std::string cell(const std::optional<double>& number) {
  return number ? format_score(*number) : "-";
}
std::string cell(const std::optional<bool>& flag) { return !flag ? "-" : *flag ? "yes" : "no"; }
std::string cell(const std::string& text) { return text.empty() ? "-" : text; }

std::string Fields::render() const {
  std::size_t width = 0;
  for (const auto& [name, value] : rows_) width = std::max(width, name.size());
  std::string out;
  for (const auto& [name, value] : rows_)
    out += fmt::format("{:<{}}  {}\n", name, width, one_line(value));
  return out;
}

OptionSpec show_secrets_option() {
  return {.name = "show-secrets",
          .help = "whole invite tokens and links in tables; JSON has them in any case",
          .typed_only = "what is secret is shown when it is asked for"};
}

int by_hand(App& app, const ParsedOptions& options, int (*body)(ByHand&)) {
  const std::unique_ptr<Session> session = Session::open(app, options);
  if (!session) return kUsage;
  // Whoever may ask the API need not be able to open the database.
  if (const Result<void> kept = session->keep_ledger(); !kept) {
    app.err << "warning: these requests are not counted in the ledger: " << kept.error().what
            << "\n";
  }
  ByHand hand{app, options, *session, form_of(options)};
  return body(hand);
}

std::string assessment_hint(ByHand& hand, const std::string& slug) {
  std::vector<std::string> known;
  for (const char* status : {"active", "draft", "archived"}) {
    const auto page = hand.session.assess().list_assessments({}, status);
    if (!page) return "";
    for (const assess::Assessment& row : page->rows) known.push_back(row.slug.text());
    const std::string meant = did_you_mean(slug, known);
    if (!meant.empty()) return "did you mean " + meant + "?";
  }
  return "'praxisync assessments list' names those that are active";
}

int fail_for_assessment(ByHand& hand, const assess::ApiError& failure, const std::string& slug) {
  const int code = hand.fail(failure);
  if (failure.refusal != assess::Refusal::NotFound) return code;
  if (const std::string hint = assessment_hint(hand, slug); !hint.empty())
    hand.app.err << "  -> " << hint << "\n";
  return code;
}

}  // namespace praxisync::cli
