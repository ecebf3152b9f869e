#include "cli/options.h"

#define CXXOPTS_NO_REGEX
#include <fmt/format.h>

#include <algorithm>
#include <cxxopts.hpp>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::size_t kShown = 60;

Error usage_error(std::string what) { return {ErrorKind::Rejected, std::move(what)}; }

/// What the person typed, safe to show and short.
std::string shown(std::string_view text) { return printable(text, kShown); }

std::string meant(std::string_view word, const std::vector<std::string>& known,
                  std::string_view dashes) {
  const std::string nearest = did_you_mean(word, known);
  return nearest.empty() ? "" : fmt::format("; did you mean {}{}?", dashes, nearest);
}

bool is_option(std::string_view argument) { return argument.size() > 1 && argument.front() == '-'; }

}  // namespace

const std::vector<OptionSpec>& global_options() {
  static const std::vector<OptionSpec> options{
      {.name = "config",
       .shortcut = "c",
       .argument = "FILE",
       .help = "the config; else praxisync.toml here, in ~/.config/praxisync or /etc/praxisync"},
      {.name = "output",
       .shortcut = "o",
       .argument = "FORM",
       .help = "what stdout gets",
       .fallback = "table",
       .choices = {"table", "json"}},
      {.name = "log-level",
       .argument = "LEVEL",
       .help = "the least that is logged to stderr",
       .fallback = "info",
       .choices = {"debug", "info", "warn", "error"}},
      {.name = "log-format",
       .argument = "FORM",
       .help = "how log lines look",
       .fallback = "text",
       .choices = {"text", "json"}},
      {.name = "help",
       .shortcut = "h",
       .help = "show this and end",
       .typed_only = "it is a question"},
      {.name = "version", .help = "show the version and end", .typed_only = "it is a question"},
  };
  return options;
}

std::vector<OptionSpec> shared_options(const CommandSpec& command) {
  std::vector<OptionSpec> shared;
  std::ranges::copy_if(global_options(), std::back_inserter(shared), [&](const OptionSpec& option) {
    return std::ranges::find(command.options, option.name, &OptionSpec::name) ==
           command.options.end();
  });
  return shared;
}

std::vector<OptionSpec> options_of(const CommandSpec& command) {
  std::vector<OptionSpec> options = command.options;
  std::ranges::copy(shared_options(command), std::back_inserter(options));
  return options;
}

bool ParsedOptions::has(std::string_view name) const { return given_.find(name) != given_.end(); }

bool ParsedOptions::typed(std::string_view name) const {
  return has(name) && by_variable_.find(name) == by_variable_.end();
}

std::string ParsedOptions::get(std::string_view name) const {
  const auto found = given_.find(name);
  if (found != given_.end()) return found->second.back();
  const auto fallback = fallbacks_.find(name);
  return fallback == fallbacks_.end() ? "" : fallback->second;
}

std::vector<std::string> ParsedOptions::all(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::vector<std::string>{} : found->second;
}

/// Runs cxxopts over one command's arguments and checks what it does not.
class OptionReader {
 public:
  OptionReader(const CommandSpec& command, const std::vector<std::string>& arguments)
      : command_(command), arguments_(arguments), options_(options_of(command)) {}

  Result<ParsedOptions> read() {
    for (const OptionSpec& option : options_) {
      if (!option.fallback.empty()) parsed_.fallbacks_[option.name] = option.fallback;
    }
    if (auto done = run_cxxopts(); !done) return std::move(done).error();
    for (const auto& [name, values] : parsed_.given_) {
      if (auto fine = check(spec(name), values); !fine) return std::move(fine).error();
    }
    if (parsed_.has("help") || parsed_.has("version")) return std::move(parsed_);
    if (auto fine = check_positionals(); !fine) return std::move(fine).error();
    return std::move(parsed_);
  }

 private:
  std::string help_command() const {
    return command_.name.empty() ? "praxisync --help" : "praxisync " + command_.name + " --help";
  }

  const OptionSpec& spec(const std::string& name) const {
    const auto found = std::ranges::find(options_, name, &OptionSpec::name);
    PRAXISYNC_CHECK(found != options_.end(), "only known options are parsed");
    return *found;
  }

  /// The only place where cxxopts' exceptions end.
  Result<void> run_cxxopts() {
    std::vector<const char*> argv{"praxisync"};
    for (const std::string& argument : arguments_) argv.push_back(argument.c_str());
    try {
      cxxopts::Options reader("praxisync");
      for (const OptionSpec& option : options_) {
        const std::string names =
            option.shortcut.empty() ? option.name : option.shortcut + "," + option.name;
        // Flags are text with an implicit value too: then `--flag=x` is seen here and refused.
        auto value = cxxopts::value<std::string>();
        if (option.argument.empty()) value->implicit_value("");
        reader.add_options()(names, option.help, value);
      }
      const auto result = reader.parse(static_cast<int>(argv.size()), argv.data());
      for (const auto& pair : result.arguments())
        parsed_.given_[pair.key()].push_back(pair.value());
      parsed_.positionals_ = result.unmatched();
      return {};
    } catch (const cxxopts::exceptions::no_such_option& error) {
      return unknown_option(error.what());
    } catch (const cxxopts::exceptions::missing_argument& error) {
      return missing_value(name_in(error.what()));
    } catch (const cxxopts::exceptions::option_requires_argument& error) {
      return missing_value(name_in(error.what()));
    } catch (const cxxopts::exceptions::invalid_option_syntax& error) {
      return usage_error(
          fmt::format("{} is not an option; what begins with '-' and is none follows "
                      "after --",
                      shown(name_in(error.what()))));
    } catch (const cxxopts::exceptions::exception&) {
      return usage_error("the options cannot be read");
    }
  }

  /// cxxopts puts names between ‘ and ’.
  static std::string name_in(std::string_view text) {
    const std::string_view open = "\xE2\x80\x98", close = "\xE2\x80\x99";
    const auto from = text.find(open);
    const auto to = text.rfind(close);
    if (from == std::string_view::npos || to == std::string_view::npos) return "?";
    return std::string(text.substr(from + open.size(), to - from - open.size()));
  }

  Error unknown_option(std::string_view what) const {
    const std::string name = name_in(what);
    std::vector<std::string> known;
    for (const OptionSpec& option : options_) known.push_back(option.name);
    const std::string dashes = name.size() == 1 ? "-" : "--";
    std::string hint = name.size() == 1 ? "" : meant(name, known, "--");
    if (hint.empty()) hint = "; see " + help_command();
    return usage_error(fmt::format("unknown option {}{}{}", dashes, shown(name), hint));
  }

  Error missing_value(const std::string& name) const {
    const auto found = std::ranges::find_if(options_, [&](const OptionSpec& option) {
      return option.name == name || option.shortcut == name;
    });
    if (found == options_.end()) return usage_error("an option lacks its value");
    return usage_error(fmt::format("--{0} needs a value: --{0} {1}", found->name, found->argument));
  }

  Result<void> check(const OptionSpec& option, const std::vector<std::string>& values) const {
    if (values.size() > 1 && option.occurs == Occurs::Once && !option.argument.empty()) {
      return usage_error(fmt::format("--{} is given twice", option.name));
    }
    for (const std::string& value : values) {
      if (option.argument.empty() && !value.empty()) {
        return usage_error(fmt::format("--{} takes no value", option.name));
      }
      if (option.argument.empty()) continue;
      if (value.empty() || (is_option(value) && !given_with_equals(option, value))) {
        return missing_value(option.name);
      }
      if (!option.choices.empty() &&
          std::ranges::find(option.choices, value) == option.choices.end()) {
        return usage_error(fmt::format("--{} cannot be {}; it is one of {}", option.name,
                                       shown(value), fmt::join(option.choices, ", ")));
      }
    }
    return {};
  }

  /// `--name=-5` means it; in `--name -5` the value was forgotten.
  bool given_with_equals(const OptionSpec& option, const std::string& value) const {
    return std::ranges::find(arguments_, "--" + option.name + "=" + value) != arguments_.end();
  }

  Result<void> check_positionals() const {
    const auto& wanted = command_.positionals;
    const auto& given = parsed_.positionals_;
    for (std::size_t i = given.size(); i < wanted.size(); ++i) {
      if (wanted[i].presence == Presence::Required) {
        return usage_error(fmt::format("{} is missing; see {}", wanted[i].name, help_command()));
      }
    }
    for (std::size_t i = 0; i < std::min(given.size(), wanted.size()); ++i) {
      const auto& choices = wanted[i].choices;
      if (!choices.empty() && std::ranges::find(choices, given[i]) == choices.end()) {
        return usage_error(fmt::format("{} cannot be {}; it is one of {}", wanted[i].name,
                                       shown(given[i]), fmt::join(choices, ", ")));
      }
    }
    const bool open_end = !wanted.empty() && wanted.back().occurs == Occurs::Often;
    if (given.size() > wanted.size() && !open_end) {
      return usage_error(fmt::format("{} is one argument too many; see {}",
                                     shown(given[wanted.size()]), help_command()));
    }
    return {};
  }

  const CommandSpec& command_;
  const std::vector<std::string>& arguments_;
  std::vector<OptionSpec> options_;
  ParsedOptions parsed_;
};

Result<ParsedOptions> parse(const CommandSpec& command, const std::vector<std::string>& arguments) {
  return OptionReader(command, arguments).read();
}

}  // namespace praxisync::cli
