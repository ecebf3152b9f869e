/// What a person must look at, found in the database: for the page of `serve` and for the reports
/// of runs alike. Without personal data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace praxisync::report {

/// Something that a person must mend.
struct Attention {
  enum class Kind { Run, Held, Blocked, Refused, SetAside };
  Kind kind = Kind::Run;
  std::string where, what, mend;
  int count = 1;  ///< people, write-backs, records or times
};
std::string_view to_string(Attention::Kind kind);

/// What a run that is over ended with and failed at, the gravest first, by its kept document.
std::vector<Attention> attention_of(const store::Run& run);

/// Held routes, blocked people, refused write-backs and records set aside, as the database has them
/// now. Fatal where it cannot be read.
Result<std::vector<Attention>> standing_attention(store::Store& store);

/// Of the blocked people and refused write-backs, those that came to be so at `since` or later.
Result<std::vector<Attention>> new_attention(store::Store& store, Timestamp since);

}  // namespace praxisync::report
