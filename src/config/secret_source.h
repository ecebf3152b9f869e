/// Reads secrets from where the config names them. Used by the readers of this folder alone.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "config/config.h"
#include "config/document.h"

namespace praxisync::config {

/// What values may refer to outside the document.
struct Surroundings {
  const Environment& environment;
  std::filesystem::path folder;  ///< of the config file; absolute
  Secrets secrets = Secrets::Needed;
};

/// The secret that `{ env = "NAME" }`, `{ file = "/path" }` or `{ credential = "name" }` names, or
/// that an override gives. Where NAME is not set but NAME_FILE is, that names its file. A credential
/// is a file in $CREDENTIALS_DIRECTORY, where systemd puts what LoadCredential= loads. One line break
/// at a file's end is not part of it. No finding repeats a value, or a name that may be one.
std::optional<ApiKey> read_secret(const Entry& entry, const Surroundings& surroundings,
                                  Findings& findings);

/// A list of those, for secrets that sign: several hold at a time. One may also stand alone. An
/// override is a list as the file would have it, or one secret.
std::vector<ApiKey> read_secrets(const Entry& entry, const Surroundings& surroundings,
                                 Findings& findings);

/// `text` against the config file's folder; nullopt, with a finding, where it cannot be a path.
std::optional<std::filesystem::path> read_path(const Entry& entry, const Surroundings& surroundings,
                                               std::string_view example, Findings& findings);

}  // namespace praxisync::config
