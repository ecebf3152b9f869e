/// What `init` must know, whether it was typed at a question or given by options: checked against
/// the connector's own description of its settings. Secrets are named by where they are, never by
/// what they are, and no error here repeats a text that may be one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connector/spec.h"
#include "domain/result.h"

namespace praxisync::setup {

/// Where a secret is read from.
struct SecretPlace {
  enum class Kind { Variable, File } kind = Kind::Variable;
  std::string name;  ///< of the variable, or the file's path
  friend bool operator==(const SecretPlace&, const SecretPlace&) = default;
};

/// "env:NAME" or "file:PATH"; also NAME alone, in capitals, and a path that begins with '/' or '.'.
/// Rejected otherwise.
Result<SecretPlace> parse_secret_place(std::string_view text);
/// "env:NAME" or "file:PATH".
std::string to_string(const SecretPlace& place);

/// "GREENHOUSE_CLIENT_ID": the variable that is usual for a setting of that type.
std::string usual_variable(std::string_view type, std::string_view setting);

struct Answers {
  std::string base_url = "https://praxicraft.com";  ///< of the Assess API
  SecretPlace api_key{SecretPlace::Kind::Variable, "PRAXICRAFT_API_KEY"};
  std::string connector = "ats";  ///< its name
  std::string type;
  std::map<std::string, std::string> settings{};                       ///< as they are written
  std::map<std::string, std::map<std::string, std::string>> tables{};  ///< name, key, value
  std::map<std::string, SecretPlace> secrets{};
  std::vector<std::string> stages{};  ///< where tests are taken, as far as it was said
};

/// Whether the answers have that setting.
bool has(const Answers& answers, const connector::SettingSpec& setting);

/// Takes one setting's text. Rejected where it cannot be that setting's value.
Result<void> take(Answers& answers, const connector::SettingSpec& setting, std::string_view text);

/// The same for "NAME=VALUE", or "TABLE.KEY=VALUE", as an option gives it. Rejected where the type
/// has no such setting.
Result<void> take(Answers& answers, const connector::ConnectorSpec& spec, std::string_view text);

}  // namespace praxisync::setup
