/// The tokens that ask for a list's next page. Only those that were issued are taken, for the same
/// list with the same filters, and for as long as they live. They look as if they were encoded
/// already, as the real ones do: a client that decodes or does not encode them shows.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "sandbox/ats/lever/call.h"

namespace praxisync::sandbox::ats::lever {

/// A place in the order of a list: by stage, time and id.
struct Place {
  std::size_t rank = 0;
  Timestamp at{};
  std::string id{};
  friend auto operator<=>(const Place&, const Place&) = default;
};

class Offsets {
 public:
  /// The token of the page behind `place` of the list that was asked for.
  std::string issue(const Call& call, const Place& place, Timestamp now);
  /// The place that the call's `offset` stands for; nullopt: it is refused.
  std::optional<Place> find(const Call& call, Timestamp now, Milliseconds life) const;

 private:
  struct Issued {
    Place place;
    Timestamp at;
  };
  std::map<std::pair<std::string, std::string>, Issued> issued_;  ///< by filters and token
};

}  // namespace praxisync::sandbox::ats::lever
