/// Which part of a fleet one of several processes takes. Each organisation goes, by its name alone,
/// to the shard that its hash prefers (rendezvous hashing): all processes agree without talking,
/// and one shard more or less moves no organisation but those that it takes or leaves.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace praxisync::cli {

struct Shard {
  int index = 0;  ///< from 0
  int count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;

  bool takes(std::string_view organisation) const;
};

/// The shard that an organisation is in, from 0.
int shard_of(std::string_view organisation, int count);

/// What --shard says: "2/5" is the second of five; "/5" takes JOB_COMPLETION_INDEX (from 0) of
/// five. Without it (empty) both come from JOB_COMPLETION_INDEX and JOB_COMPLETIONS, or it is all
/// of them. Rejected where only the index is known: each process would take everybody.
Result<Shard> parse_shard(std::string_view text,
                          const std::map<std::string, std::string>& environment);

}  // namespace praxisync::cli
