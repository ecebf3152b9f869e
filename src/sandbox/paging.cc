#include "sandbox/paging.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ranges>

#include "http/base64.h"
#include "http/url.h"

namespace praxisync::sandbox {
namespace {

enum class Direction { Forward, Back };

struct CursorPosition {
  Direction direction;
  std::uint64_t key;
};

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::string> unbase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t block = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kBase64.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    block = (block << 6 | static_cast<std::uint32_t>(digit)) & 0xffffffU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(block >> bits & 0xffU);
  }
  return out;
}

/// The list that a cursor belongs to is in it: another list's cursor is an invalid one.
std::string list_mark(const Target& target) {
  std::uint32_t hash = 2166136261U;
  for (const char c : target.path) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return std::to_string(hash);
}

std::string encode(const CursorPosition& position, const Target& target) {
  const std::string_view direction = position.direction == Direction::Back ? "r=1&" : "";
  return http::base64(std::string(direction) + "l=" + list_mark(target) +
                      "&p=" + std::to_string(position.key));
}

std::optional<CursorPosition> decode(std::string_view cursor, const Target& target) {
  const std::optional<std::string> text = unbase64(cursor);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  const Direction direction = rest.starts_with("r=1&") ? Direction::Back : Direction::Forward;
  if (direction == Direction::Back) rest.remove_prefix(4);
  const std::string head = "l=" + list_mark(target) + "&p=";
  if (!rest.starts_with(head)) return std::nullopt;
  const auto key = number_of(rest.substr(head.size()));
  if (!key) return std::nullopt;
  return CursorPosition{direction, *key};
}

/// The same list with another `name`: an empty value leaves it out.
std::string url_with(const Target& target, const Options& options, std::string_view name,
                     std::string_view value) {
  std::string query;
  const auto add = [&](std::string_view key, std::string_view text) {
    query += (query.empty() ? "?" : "&") + http::encode_query_value(key) + "=" +
             http::encode_query_value(text);
  };
  if (!value.empty()) add(name, value);
  for (const auto& [key, text] : target.query) {
    if (key != "cursor" && key != "page") add(key, text);
  }
  return options.next_host + target.path + query;
}

/// How many places have a key below (`Bound::Below`) or up to `key`.
enum class Bound { Below, UpTo };
std::size_t count_keys(const Listing& listing, std::uint64_t key, Bound bound) {
  const auto places = std::views::iota(std::size_t{0}, listing.size);
  const auto end = std::ranges::partition_point(places, [&](std::size_t place) {
    const std::uint64_t have = listing.key(place);
    return bound == Bound::Below ? have < key : have <= key;
  });
  return end == places.end() ? listing.size : *end;
}

std::size_t page_size_of(const Target& target) {
  const auto text = target.parameter("page_size");
  const auto size = text ? number_of(*text) : std::nullopt;
  if (!size || *size == 0) return kDefaultPageSize;
  return std::min<std::size_t>(*size, kMaxPageSize);
}

/// `rank` counts from the first row of the answer's order.
std::size_t place_of(const Listing& listing, std::size_t rank) {
  return listing.order == Order::OldestFirst ? rank : listing.size - 1 - rank;
}

Slice cut(const Listing& listing, std::size_t begin, std::size_t end) {
  Slice slice;
  slice.count = listing.size;
  for (std::size_t rank = begin; rank < end; ++rank)
    slice.places.push_back(place_of(listing, rank));
  return slice;
}

std::variant<Slice, Refusal> slice_by_cursor(const Listing& listing, const Target& target,
                                             const Options& options) {
  const std::size_t size = page_size_of(target);
  std::size_t begin = 0;
  std::size_t end = std::min(size, listing.size);
  if (const auto text = target.parameter("cursor"); text && !text->empty()) {
    const auto position = decode(*text, target);
    if (!position) return Refusal{404, "NOT_FOUND", "Invalid cursor"};
    const bool newest_first = listing.order == Order::NewestFirst;
    const std::size_t below = count_keys(listing, position->key, Bound::Below);
    const std::size_t up_to = count_keys(listing, position->key, Bound::UpTo);
    if (position->direction == Direction::Forward) {
      begin = newest_first ? listing.size - below : up_to;
      end = std::min(begin + size, listing.size);
    } else {
      end = newest_first ? listing.size - up_to : below;
      begin = end - std::min(end, size);
    }
  }

  Slice result = cut(listing, begin, end);
  const auto link = [&](Direction direction, std::size_t rank) {
    const CursorPosition position{direction, listing.key(place_of(listing, rank))};
    return url_with(target, options, "cursor", encode(position, target));
  };
  if (end > begin && end < listing.size) result.next = link(Direction::Forward, end - 1);
  if (end > begin && begin > 0) result.previous = link(Direction::Back, begin);
  return result;
}

std::variant<Slice, Refusal> slice_by_page(const Listing& listing, const Target& target,
                                           const Options& options) {
  const std::size_t size = page_size_of(target);
  const auto page = number_of(target.parameter("page").value_or("1"));
  const std::size_t pages = std::max<std::size_t>((listing.size + size - 1) / size, 1);
  if (!page || *page == 0 || *page > pages) return Refusal{404, "NOT_FOUND", "Invalid page."};

  const std::size_t begin = (*page - 1) * size;
  Slice result = cut(listing, begin, std::min(begin + size, listing.size));
  if (*page < pages) result.next = url_with(target, options, "page", std::to_string(*page + 1));
  if (*page > 1) {
    result.previous =
        url_with(target, options, "page", *page == 2 ? "" : std::to_string(*page - 1));
  }
  return result;
}

}  // namespace

std::variant<Slice, Refusal> slice(const Listing& listing, const Target& target,
                                   const Options& options) {
  return options.pagination == Pagination::Cursor ? slice_by_cursor(listing, target, options)
                                                  : slice_by_page(listing, target, options);
}

}  // namespace praxisync::sandbox
