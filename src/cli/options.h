/// The command line as data: what each command takes, read strictly. Help texts, manual pages and
/// the completions of shells are made from the same values. Every Error made here is a usage error,
/// and its text is for the person who typed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace praxisync::cli {

enum class Occurs { Once, Often };
enum class Presence { Required, Optional };

struct OptionSpec {
  std::string name;        ///< without the dashes; two characters at least
  std::string shortcut{};  ///< one character, or empty
  std::string argument{};  ///< what help calls its value; FILE and FOLDER are paths; empty: a flag
  std::string help{};
  std::string fallback{};              ///< the value where it is not given; empty: none
  std::vector<std::string> choices{};  ///< the only values that it takes; empty: any
  Occurs occurs = Occurs::Once;
  /// Why no environment variable stands for it, as a reason to go on "because …" with; empty: one
  /// does.
  std::string typed_only{};
};

struct PositionalSpec {
  std::string name;  ///< as help calls it: "WHO"; FILE and FOLDER are paths
  std::string help{};
  Presence presence = Presence::Required;
  Occurs occurs = Occurs::Once;        ///< Often: the last one only
  std::vector<std::string> choices{};  ///< the only words that it takes; empty: any
};

struct Example {
  std::string command;  ///< "praxisync sync --connector gh"
  std::string meaning;
};

struct ExitMeaning {
  int code;
  std::string meaning;
};

struct CommandSpec {
  std::string name;     ///< one word or two: "sync", "state check"
  std::string summary;  ///< one line
  std::string usage{};  ///< more about it, a paragraph; may be empty
  std::vector<OptionSpec> options{};
  std::vector<PositionalSpec> positionals{};
  std::vector<Example> examples{};
  std::vector<ExitMeaning> exit_codes{};
};

/// Those of every command: --config, --output, --log-level, --log-format, --help, --version.
const std::vector<OptionSpec>& global_options();
/// Those of them that the command has not put an option of its own in the place of.
std::vector<OptionSpec> shared_options(const CommandSpec& command);
/// Its own, then those.
std::vector<OptionSpec> options_of(const CommandSpec& command);

class ParsedOptions {
 public:
  /// Whether it was given, typed or by a variable.
  bool has(std::string_view name) const;
  /// Whether it was given, and by no variable.
  bool typed(std::string_view name) const;
  /// The value as given, else the fallback; empty where there is neither. Of several, the last.
  std::string get(std::string_view name) const;
  /// Every value given, in order.
  std::vector<std::string> all(std::string_view name) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

 private:
  friend class OptionReader;
  friend Result<ParsedOptions> parse(const CommandSpec& command,
                                     const std::vector<std::string>& arguments,
                                     const std::map<std::string, std::string>& environment);
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::map<std::string, std::string, std::less<>> fallbacks_;
  std::vector<std::string> positionals_;
  std::set<std::string, std::less<>> by_variable_;
};

/// Reads what follows the command's name. With --help or --version given, nothing that is missing
/// is an error.
Result<ParsedOptions> parse(const CommandSpec& command, const std::vector<std::string>& arguments);

/// The process's environment, or a part of it.
using Variables = std::map<std::string, std::string>;

/// "PRAXISYNC_MAX_DURATION" for --max-duration. It has no double underscore, which keys of the
/// config have.
std::string variable_of(const OptionSpec& option);

/// What a flag's variable says: true, yes, on and 1, or false, no, off and 0, in any case; nullopt:
/// neither.
std::optional<bool> flag_value(std::string_view text);

/// As parse() above, but a variable stands for each option that is not among the arguments. An
/// empty one is none; that of a flag says true or false; of an option that may be repeated, one
/// value a line.
Result<ParsedOptions> parse(const CommandSpec& command, const std::vector<std::string>& arguments,
                            const Variables& environment);

/// Variables that look like options but change nothing, a line each: misspelt ones, and those of
/// options of this command that are only typed.
std::vector<std::string> idle_variables(const CommandSpec& command,
                                        const std::vector<CommandSpec>& commands,
                                        const Variables& environment);

/// What the whole command line asks for.
struct Invocation {
  const CommandSpec* command = nullptr;  ///< nullptr: the overview, or the version
  std::vector<std::string> arguments;    ///< the command's; options before its name come first
};

/// Finds the command. `arguments` is without the program's own name; "help NAME" is "NAME --help".
Result<Invocation> find_command(const std::vector<CommandSpec>& commands,
                                const std::vector<std::string>& arguments);

/// What help says of it: its line, its choices and its default.
std::string meaning(const OptionSpec& option);
std::string meaning(const PositionalSpec& positional);
/// Help for one command: usage, options, examples, exit codes.
std::string help_text(const CommandSpec& command);
/// Every command with its line.
std::string overview_text(const std::vector<CommandSpec>& commands);

}  // namespace praxisync::cli
