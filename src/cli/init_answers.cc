#include "cli/init_answers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/completion_words.h"
#include "connectors/all.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

using connector::ConnectorSpec;
using connector::SettingSpec;
using connector::SettingType;
using setup::Answers;

const std::vector<ConnectorSpec>& known_specs() {
  static const std::vector<ConnectorSpec> all = all_connectors();
  return all;
}

std::vector<std::string> known_types() {
  std::vector<std::string> types;
  for (const ConnectorSpec& spec : known_specs()) types.push_back(spec.type);
  return types;
}

/// What an error about an option begins with.
Error of_option(Error error, std::string_view option) {
  return std::move(error).during(fmt::format("--{}", option));
}

Result<void> take_type(Answers& answers, const std::string& text) {
  const std::vector<std::string> types = known_types();
  if (std::ranges::find(types, text) == types.end())
    return Error{ErrorKind::Rejected, fmt::format("it is one of {}", fmt::join(types, ", "))};
  answers.type = text;
  return {};
}

Result<void> ask_type(Answers& answers, Questions& questions) {
  std::string question = "Where do the candidates come from?\n";
  for (const ConnectorSpec& spec : known_specs())
    question += fmt::format("  {:<12} {}\n", spec.type, spec.summary);
  return questions.ask(question + "Kind", "file",
                       [&](const std::string& text) { return take_type(answers, text); });
}

bool is_secret_setting(const SettingSpec& setting) {
  return setting.type == SettingType::Secret || setting.type == SettingType::Secrets;
}

Result<void> fill_setting(Answers& answers, const SettingSpec& setting, Questions& questions) {
  const std::string usual =
      is_secret_setting(setting) ? setup::usual_variable(answers.type, setting.name) : "";
  if (questions.open()) {
    const std::string question =
        is_secret_setting(setting)
            ? fmt::format("{} ({}): which variable or file holds it?", setting.name, setting.help)
            : fmt::format("{} ({})", setting.name, setting.help);
    return questions.ask(question, usual, [&](const std::string& text) {
      return setup::take(answers, setting, text);
    });
  }
  if (!usual.empty()) return setup::take(answers, setting, usual);
  return Error{ErrorKind::Rejected,
               fmt::format("{0} is needed ({1}): --set {0}=VALUE", setting.name, setting.help)};
}

Result<void> fill_key(Answers& answers, const ParsedOptions& options, Questions& questions) {
  const auto take_key = [&](const std::string& text) -> Result<void> {
    Result<setup::SecretPlace> place = setup::parse_secret_place(text);
    if (!place) return std::move(place).error();
    answers.api_key = *std::move(place);
    return {};
  };
  if (options.has("api-key")) {
    if (Result<void> taken = take_key(options.get("api-key")); !taken)
      return of_option(std::move(taken).error(), "api-key");
    return {};
  }
  if (!questions.open()) return {};
  return questions.ask("The key of the Assess API: which variable or file holds it?",
                       answers.api_key.name, take_key);
}

std::string in_shell(const std::string& text) {
  const bool plain = !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
           std::string_view("_-./:=,").find(c) != std::string_view::npos;
  });
  if (plain) return text;
  return quoted(text, "'\\''");
}

}  // namespace

const ConnectorSpec& spec_of_type(const std::string& type) {
  const auto found = std::ranges::find(known_specs(), type, &ConnectorSpec::type);
  PRAXISYNC_CHECK(found != known_specs().end(), "only types that are known are taken");
  return *found;
}

std::vector<OptionSpec> init_answer_options() {
  const Answers usual;
  return {{.name = "ats",
           .argument = "TYPE",
           .help = "where the candidates come from",
           .choices = known_types()},
          {.name = "set",
           .argument = "NAME=VALUE",
           .help = "one of its settings ('praxisync connectors TYPE' lists them): path=export.csv, "
                   "columns.email=Mail; of a secret, where it is: client_id=env:NAME or file:PATH",
           .occurs = Occurs::Often},
          {.name = "stage",
           .argument = "STAGE",
           .help = "where tests are taken, for jobs that have more than one stage like that",
           .occurs = Occurs::Often},
          {.name = "name",
           .argument = "NAME",
           .help = "what the config calls it",
           .fallback = usual.connector},
          {.name = "api-key",
           .argument = "PLACE",
           .help = fmt::format("where the key of the Assess API is: env:NAME or file:PATH; else {}",
                               setup::to_string(usual.api_key))},
          {.name = "base-url",
           .argument = "URL",
           .help = "of the Assess API",
           .fallback = usual.base_url}};
}

Result<Answers> gather_answers(const ParsedOptions& options, Questions& questions) {
  Answers answers;
  answers.base_url = options.get("base-url");
  answers.connector = options.get("name");
  answers.type = options.get("ats");
  answers.stages = options.all("stage");
  if (answers.type.empty() && !questions.open()) {
    return Error{ErrorKind::Rejected, fmt::format("--ats is needed where nobody can be asked: {}",
                                                  fmt::join(known_types(), ", "))};
  }
  if (answers.type.empty()) {
    if (Result<void> told = ask_type(answers, questions); !told) return std::move(told).error();
  }
  const ConnectorSpec& spec = spec_of_type(answers.type);
  for (const std::string& text : options.all("set")) {
    if (Result<void> taken = setup::take(answers, spec, text); !taken)
      return of_option(std::move(taken).error(), "set");
  }
  for (const SettingSpec& setting : spec.settings) {
    if (setting.need != connector::Need::Required || setup::has(answers, setting)) continue;
    if (Result<void> told = fill_setting(answers, setting, questions); !told)
      return std::move(told).error();
  }
  if (Result<void> told = fill_key(answers, options, questions); !told)
    return std::move(told).error();
  return answers;
}

void place_paths(Answers& answers, const ConnectorSpec& spec, const std::filesystem::path& config) {
  std::error_code failed;
  const auto here = std::filesystem::current_path(failed);
  const auto there = std::filesystem::absolute(config, failed).lexically_normal().parent_path();
  if (failed || here == there) return;
  const auto write_out = [&](std::string& path) {
    path = (here / path).lexically_normal().string();
  };
  for (const SettingSpec& setting : spec.settings) {
    const auto value = answers.settings.find(setting.name);
    if (setting.type == SettingType::Path && value != answers.settings.end())
      write_out(value->second);
    const auto secret = answers.secrets.find(setting.name);
    if (secret != answers.secrets.end() && secret->second.kind == setup::SecretPlace::Kind::File)
      write_out(secret->second.name);
  }
  if (answers.api_key.kind == setup::SecretPlace::Kind::File) write_out(answers.api_key.name);
}

std::string same_again(const Answers& answers, const std::string& config) {
  const Answers usual;
  std::string line = "praxisync init --no-input --ats " + answers.type;
  for (const auto& [name, value] : answers.settings)
    line += " --set " + in_shell(name + "=" + value);
  for (const auto& [table, entries] : answers.tables) {
    for (const auto& [key, value] : entries)
      line += " --set " + in_shell(table + "." + key + "=" + value);
  }
  for (const auto& [name, place] : answers.secrets)
    line += " --set " + in_shell(name + "=" + setup::to_string(place));
  for (const std::string& stage : answers.stages) line += " --stage " + in_shell(stage);
  if (answers.connector != usual.connector) line += " --name " + in_shell(answers.connector);
  if (answers.api_key != usual.api_key)
    line += " --api-key " + in_shell(setup::to_string(answers.api_key));
  if (answers.base_url != usual.base_url) line += " --base-url " + in_shell(answers.base_url);
  return line + " --config " + in_shell(config);
}

}  // namespace praxisync::cli
