/// How a resource, the rows of one and a page of a list are read out of an answer, whatever they
/// are. Used by the wire_read*.cc files alone: each brings a `read(const json::Reader&) -> T`.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assess/wire.h"
#include "json/reader.h"

namespace praxisync::assess::wire {

inline constexpr int kMaxInt = std::numeric_limits<int>::max();

/// A success that carries an error is none (nor is anything that is not an object).
Result<json::Value> parse_resource(std::string_view body);

/// Whether an answer is about what was asked for: ids compare without case and outer space.
bool same_id(std::string_view a, std::string_view b);

/// The page's `next`, checked to lead on; nullopt on the last page.
std::optional<PageToken> read_next(const json::Reader& root, const PageToken& asked,
                                   std::vector<std::string>& bad_rows);

/// Sets `resource.raw` where the type has one and the caller wants it.
template <typename T>
void keep_raw(T& resource, const json::Value& json, Keep keep) {
  if constexpr (requires { resource.raw; }) {
    if (keep == Keep::Raw) resource.raw = Raw(json.compact());
  }
}

template <typename T, typename Read>
Result<T> read_resource(const Answer& answer, Read read) {
  Result<json::Value> root = parse_resource(answer.body);
  if (!root) return std::move(root).error();
  json::Fault fault;
  T value = read(json::Reader(*root, "", fault));
  if (fault) return fault.error();
  keep_raw(value, *root, answer.keep);
  return value;
}

/// Each row on its own: one that cannot be read is set aside with its reason.
template <typename Row, typename Read>
void read_rows(const json::Reader& parent, std::string_view key, Keep keep, Read read,
               std::vector<Row>& rows, std::vector<std::string>& bad_rows) {
  for (const auto& [value, path] : parent.array(key)) {
    json::Fault fault;
    Row row = read(json::Reader(*value, path, fault));
    if (fault) {
      bad_rows.push_back(fault.what());
    } else {
      keep_raw(row, *value, keep);
      rows.push_back(std::move(row));
    }
  }
}

/// Rows without which the whole says nothing: a bad one is a fault of the whole.
template <typename Row, typename Read>
std::vector<Row> read_all(const json::Reader& parent, std::string_view key, Read read) {
  std::vector<Row> rows;
  for (const auto& [value, path] : parent.array(key)) {
    rows.push_back(read(json::Reader(*value, path, parent.fault())));
  }
  return rows;
}

/// The part that all lists share; `count` is not needed, and not all of them give it.
template <typename Row, typename Read>
Page<Row> page_of(const json::Reader& root, const PageToken& asked, Keep keep, Read read) {
  Page<Row> page;
  root.require({"results"});
  read_rows(root, "results", keep, read, page.rows, page.bad_rows);
  page.next = read_next(root, asked, page.bad_rows);
  page.cut_off = !page.next && !root.text_or_empty("next").empty();
  return page;
}

template <typename Row, typename Read>
Result<Page<Row>> read_page(const Answer& answer, const PageToken& asked, Read read) {
  return read_resource<Page<Row>>(answer, [&](const json::Reader& root) {
    return page_of<Row>(root, asked, answer.keep, read);
  });
}

}  // namespace praxisync::assess::wire
