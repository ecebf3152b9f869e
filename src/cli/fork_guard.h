/// Keeps `sync` from running for somebody else's change: a pull request from a fork brings a config
/// and an export that nobody here has looked at, and a CI that hands secrets to it would send
/// invitations to whomever they name.
#pragma once

#include <functional>
#include <string>

#include "config/config.h"
#include "domain/result.h"

namespace praxisync::cli {

/// The text of a file, `limit` bytes of it at most; an Error where it cannot be read or is longer.
using ReadFile = std::function<Result<std::string>(const std::string& path, std::size_t limit)>;

/// Rejected, saying why and what to do, where the environment is that of GitHub Actions or GitLab
/// CI and the pipeline runs for a fork, or where it runs for a pull request and it cannot be told
/// for whose.
Result<void> check_not_for_a_fork(const config::Environment& environment, const ReadFile& read);

}  // namespace praxisync::cli
