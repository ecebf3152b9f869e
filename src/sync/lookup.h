/// Reading the organisation's list of invitations from end to end: the one way to learn tokens and
/// states of many, and to see whether a call of which the answer was lost took effect.
#pragma once

#include <functional>

#include "sync/context.h"

namespace praxisync::sync {

/// A list of more pages than this goes round in circles: a hundred rows each are a million.
inline constexpr int kMostPages = 10'000;

/// What a list of so many rows costs: one read where it is empty.
int pages_of(int rows);

enum class Scan { GoOn, Enough };

/// Gives each page to `page` until it has enough or the list ends. `complete` tells which: only a
/// complete list, without a row that could not be read, shows that something is not in it. Every
/// page is recorded in the store as well.
struct ScanEnd {
  Course course = Course::GoOn;
  bool complete = false;
};
ScanEnd scan_invites(Context& context, assess::Client& client, std::string_view where,
                     const std::function<Scan(const std::vector<assess::Invite>&)>& page);

/// How many rows the list of invitations has, as far as is known: those of the whole organisation
/// when it was last read to the end, and no fewer than ours.
Result<int> rows_in_list(Context& context);

/// Records what a list or a single look says of invitations, and adds up the counts of the run.
Course record_invites(Context& context, const std::vector<assess::Invite>& invites);

/// Adds what was collected to the run's counts.
void add_up(Context& context, const store::CollectCounts& collected);

}  // namespace praxisync::sync
