#include "setup/config_text.h"

#include <fmt/format.h>

#include "domain/text.h"

namespace praxisync::setup {
namespace {

using connector::ConnectorSpec;
using connector::SettingSpec;
using connector::SettingType;

/// As a basic string of TOML.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string written(const SecretPlace& place) {
  return fmt::format("{{ {} = {} }}", place.kind == SecretPlace::Kind::Variable ? "env" : "file",
                     toml_text(place.name));
}

std::string written(const std::map<std::string, std::string>& table) {
  std::string out;
  for (const auto& [key, value] : table)
    out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", key, toml_text(value));
  return "{ " + out + " }";
}

/// What stands in a comment, in one line.
std::string remark(std::string_view text) { return printable(text, 300); }

/// What a setting that was not answered may look like.
std::string blank(const std::string& type, const SettingSpec& setting) {
  const SecretPlace usual{SecretPlace::Kind::Variable, usual_variable(type, setting.name)};
  switch (setting.type) {
    case SettingType::Secret:
      return written(usual);
    case SettingType::Secrets:
      return "[" + written(usual) + "]";
    case SettingType::Integer:
    case SettingType::Boolean:
      return "…";
    case SettingType::Table:
      return fmt::format("{{ {} = \"…\" }}", setting.keys.empty() ? "key" : setting.keys.front());
    case SettingType::Text:
    case SettingType::Duration:
    case SettingType::Path:
      return "\"…\"";
  }
  return {};
}

std::string answered(const Answers& answers, const SettingSpec& setting) {
  if (const auto secret = answers.secrets.find(setting.name); secret != answers.secrets.end())
    return written(secret->second);
  if (const auto table = answers.tables.find(setting.name); table != answers.tables.end())
    return written(table->second);
  const std::string& value = answers.settings.at(setting.name);
  const bool bare = setting.type == SettingType::Integer || setting.type == SettingType::Boolean;
  return bare ? value : toml_text(value);
}

std::string setting_lines(const Answers& answers, const ConnectorSpec& spec) {
  std::string given, others;
  for (const SettingSpec& setting : spec.settings) {
    if (has(answers, setting)) {
      given += fmt::format("# {}.\n{} = {}\n", remark(setting.help), setting.name,
                           answered(answers, setting));
    } else {
      others += fmt::format(
          "# {} = {}\n#     {}{}.\n", setting.name, blank(spec.type, setting), remark(setting.help),
          setting.fallback.empty() ? "" : fmt::format("; default: {}", remark(setting.fallback)));
    }
  }
  if (!others.empty()) others = "# Also:\n" + others;
  return given + others;
}

std::string route_lines(const Answers& answers, const ProposedRoute& route) {
  const bool assessment = route.choice.target.kind == TargetKind::Assessment;
  return fmt::format(
      "\n# {}\n[[route]]\nname = {}\nconnector = {}\njob = {}\nstage = {}\n{} = {}\n{}"
      "on_passed = {{ note = true }}\non_failed = {{ note = true }}\n",
      remark(route.choice.title), toml_text(route.name), toml_text(answers.connector),
      toml_text(route.job), toml_text(route.stage), to_string(route.choice.target.kind),
      toml_text(route.choice.target.slug), assessment ? "send_email = true\n" : "");
}

std::string routes_section(const Answers& answers, const Proposal& proposal) {
  std::string text =
      "\n# Who goes where: whoever is in that stage of that job is invited to the assessment, or "
      "enrolled in\n# the pipeline, and its outcome is written back as a note. `tag`, `field`, "
      "`link` and `move_to` are\n# there too; so are reminders, priorities and patterns such as "
      "\"*Backend*\".\n";
  for (const ProposedRoute& route : proposal.routes) text += route_lines(answers, route);
  if (proposal.routes.empty()) {
    const ProposedRoute example{"backend",
                                "Senior Backend Engineer",
                                "Technical Test",
                                {{TargetKind::Assessment, "its-slug"}, "As its page is called"}};
    text += "# None was found that is certain. One looks like this:\n";
    std::string lines = route_lines(answers, example).substr(1);
    for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1)
      lines.insert(at, "# ");
    text += lines;
  }
  if (proposal.doubts.empty()) return text;
  text += "\n# Jobs without a route, and why none was proposed:\n";
  for (const Doubt& doubt : proposal.doubts)
    text += fmt::format("#   {}: {}\n", remark(doubt.job), remark(doubt.why));
  return text;
}

}  // namespace

std::string config_text(const Answers& answers, const ConnectorSpec& spec,
                        const Proposal& proposal) {
  std::string text =
      "# praxisync's config, begun by 'praxisync init'. 'praxisync doctor' checks it, 'praxisync "
      "plan' shows\n# what would be done, 'praxisync sync' does it. "
      "config/praxisync.example.toml has every key.\n"
      "# Secrets are never written here: each names the variable or the file that holds it.\n\n";
  text += fmt::format("# The Assess API.\n[assess]\nbase_url = {}\napi_key = {}\n",
                      toml_text(answers.base_url), written(answers.api_key));
  text +=
      "\n# What praxisync remembers is in a database beside this file, or where a user's or a "
      "service's state\n# belongs: 'praxisync doctor' says where.\n# [state]\n"
      "# path = \"praxisync.db\"\n"
      "\n# When `praxisync serve` runs. `praxisync sync` does not look at it: it runs at once, and "
      "once.\n# [schedule]\n# every = \"15m\"\n";
  text +=
      fmt::format("\n# Where the candidates come from: {}.\n[[connector]]\nname = {}\ntype = {}\n",
                  remark(spec.summary), toml_text(answers.connector), toml_text(spec.type));
  text += setting_lines(answers, spec);
  text += routes_section(answers, proposal);
  return text +
         "\n# An e-mail cannot be unsent: if one run would contact more people than this, it "
         "contacts nobody until\n# it is confirmed.\n[safety]\nmax_invites_per_run = 500\n";
}

}  // namespace praxisync::setup
