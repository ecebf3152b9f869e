/// Names one invitation: by its token, or by the candidate's address, since tables mask tokens.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/by_hand.h"

namespace praxisync::cli {

PositionalSpec invite_positional();
/// --assessment, which tells several invitations of one address apart.
OptionSpec invite_assessment_option();

/// The token that the first argument names. An address is looked for in the list of invitations
/// (one read for 100). Otherwise the exit code, and why was said.
std::variant<InviteToken, int> find_invite(ByHand& hand);

}  // namespace praxisync::cli
