/// Both paginations. A cursor names the row that it stands behind, so rows that come or go
/// elsewhere do not move it; a page number counts from the start, so they do.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "sandbox/answer.h"
#include "sandbox/options.h"
#include "sandbox/routing.h"

namespace praxisync::sandbox {

inline constexpr std::size_t kDefaultPageSize = 20;
inline constexpr std::size_t kMaxPageSize = 100;

enum class Order { OldestFirst, NewestFirst };

/// A list by its rows' keys, which rise with their place: key(0) < key(1) < …
struct Listing {
  std::size_t size = 0;
  Order order = Order::OldestFirst;
  std::function<std::uint64_t(std::size_t)> key = [](std::size_t place) { return place; };
};

struct Slice {
  std::vector<std::size_t> places;  ///< into the listing, in the order of the answer
  std::size_t count = 0;            ///< of the whole list
  std::string next{}, previous{};   ///< URLs; empty: null
};

/// `page_size` is 20 where it is missing or no positive number, and 100 at the most. A cursor or
/// page that there is not is answered with 404, as Django REST framework does.
std::variant<Slice, Refusal> slice(const Listing& listing, const Target& target,
                                   const Options& options);

}  // namespace praxisync::sandbox
