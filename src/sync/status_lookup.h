#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Two ways to learn the state of `unsure` invitations, of which `without_token` can be had singly
/// only by a write. Both in reads: a write counts for five, as the limits are 500 reads and 100
/// writes an hour.
struct LookupPrice {
  int by_list = 0;
  int singly = 0;
};
LookupPrice price_lookup(int unsure, int without_token, int invitations_in_list);

/// Learns the state of those whose results do not tell it: invited by somebody else before us, or
/// past their expiry. By the list or singly, whichever is cheaper.
Course look_up_statuses(Context& context);

}  // namespace praxisync::sync
