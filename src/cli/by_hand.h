/// What the commands of the API by hand share: a session, the form of the output, cells for people,
/// and what becomes of an error. Data goes to stdout: a table, the resource's JSON as the API gave
/// it, or for lists a line of JSON each.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assess/client.h"
#include "cli/session.h"

namespace praxisync::cli {

enum class Form { Table, Json, Ndjson };

Form form_of(const ParsedOptions& options);

struct ByHand {
  App& app;
  const ParsedOptions& options;
  Session& session;
  Form form;

  assess::Client& api() { return session.assess_raw(); }
  const std::string& argument(std::size_t place) const { return options.positionals().at(place); }

  // Cells. What is not known is "-".
  std::string time(const std::optional<Timestamp>& at) const;
  /// Its first eight characters, unless --show-secrets was given.
  std::string token(const InviteToken& token) const;

  /// Prints the resource as the API gave it where JSON is wanted; false: print a table.
  bool printed_json(const assess::Raw& raw);
  int usage(const std::string& what);
  /// Prints the error with how to mend it; the exit code.
  int fail(const assess::ApiError& failure);
  int fail(const Error& error);
};

/// 1: what the API refuses; 4: rate limit or quota; 5: credentials.
int exit_code_of(ErrorKind kind);
std::vector<ExitMeaning> by_hand_exit_codes();

std::string cell(const std::optional<int>& number);
std::string cell(const std::optional<double>& number);
std::string cell(const std::optional<bool>& flag);
std::string cell(const std::string& text);

/// "title  Senior Backend Engineer Screen" lines, the values in one column.
class Fields {
 public:
  void add(std::string name, std::string value) {
    rows_.emplace_back(std::move(name), std::move(value));
  }
  std::string render() const;

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

OptionSpec show_secrets_option();

/// Opens the session that `body` works with.
int by_hand(App& app, const ParsedOptions& options, int (*body)(ByHand&));
template <int (*body)(ByHand&)>
int run_by_hand(App& app, const ParsedOptions& options) {
  return by_hand(app, options, body);
}

/// After a 404: "; did you mean senior-backend-screen?" from the organisation's own assessments, or
/// where to look.
std::string assessment_hint(ByHand& hand, const std::string& slug);
/// `fail`, with that hint where the assessment is not found.
int fail_for_assessment(ByHand& hand, const assess::ApiError& failure, const std::string& slug);

}  // namespace praxisync::cli
