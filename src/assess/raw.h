/// A resource as the API gave it, kept beside the typed one where the caller asked for it: for
/// `--output json`. The engine does not, and pays nothing for it.
#pragma once

#include "domain/secret.h"

namespace praxisync::assess {

/// Whether a client keeps the JSON of what it reads.
enum class Keep { Nothing, Raw };

/// Compact JSON text: the fields in the API's order, those that we do not know included. A Secret,
/// since it may hold a token, an invite URL or a signing secret. Empty with Keep::Nothing.
using Raw = Secret<struct RawTag>;

}  // namespace praxisync::assess
