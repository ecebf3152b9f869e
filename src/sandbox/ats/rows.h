/// What a played ATS keeps: rows in the order of their making, found by id. Whoever asks for a row
/// that must be there and is not has a mistake of its own.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/check.h"

namespace praxisync::sandbox::ats {

/// Rows that are never removed.
template <typename Row>
class Table {
 public:
  const std::string& add(Row row) {
    places_.emplace(row.id, rows_.size());
    rows_.push_back(std::move(row));
    return rows_.back().id;
  }
  const Row* find(std::string_view id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &rows_[found->second];
  }
  Row& at(std::string_view id) {
    const auto found = places_.find(id);
    PRAXISYNC_CHECK(found != places_.end(), "the world has a row of that id");
    return rows_[found->second];
  }
  const std::vector<Row>& all() const { return rows_; }

 private:
  std::vector<Row> rows_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

/// Rows that may be removed; a reference to one holds until then.
template <typename Row>
class Rows {
 public:
  Row& add(Row row) {
    numbers_.emplace(row.id, made_);
    return rows_.emplace(made_++, std::move(row)).first->second;
  }
  const Row* find(std::string_view id) const {
    const auto found = numbers_.find(id);
    return found == numbers_.end() ? nullptr : &rows_.at(found->second);
  }
  Row& at(std::string_view id) {
    const auto found = numbers_.find(id);
    PRAXISYNC_CHECK(found != numbers_.end(), "the world has a row of that id");
    return rows_.at(found->second);
  }
  void remove(std::string_view id) {
    const auto found = numbers_.find(id);
    PRAXISYNC_CHECK(found != numbers_.end(), "the world has a row of that id");
    rows_.erase(found->second);
    numbers_.erase(found);
  }
  std::vector<const Row*> all() const {
    std::vector<const Row*> rows;
    rows.reserve(rows_.size());
    for (const auto& [number, row] : rows_) rows.push_back(&row);
    return rows;
  }

 private:
  std::map<std::size_t, Row> rows_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::size_t made_ = 0;
};

}  // namespace praxisync::sandbox::ats
