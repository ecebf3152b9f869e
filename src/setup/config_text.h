/// The config that `init` writes: what was answered, with a comment for each key, the routes that
/// were proposed, and what else could be set. The same answers give the same text.
#pragma once

#include <string>

#include "setup/answers.h"
#include "setup/proposal.h"

namespace praxisync::setup {

std::string config_text(const Answers& answers, const connector::ConnectorSpec& spec,
                        const Proposal& proposal);

}  // namespace praxisync::setup
