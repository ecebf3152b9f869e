/// What an account has only a few of: stages, jobs, archive reasons. Each list is asked for when it
/// is first needed and then kept for as long as the process lives.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connector/page_error.h"
#include "connectors/lever/api.h"

namespace praxisync::lever {

/// All rows of a list, page by page.
template <typename Row>
Result<std::vector<Row>> all_pages(
    const std::function<Result<Listing<Row>>(const std::string& offset)>& ask) {
  constexpr int kMostPages = 10'000;
  std::vector<Row> rows;
  std::string offset;
  for (int pages = 0; pages < kMostPages; ++pages) {
    Result<Listing<Row>> page = ask(offset);
    if (!page) return connector::error_of_page(pages, std::move(page).error());
    std::move(page->rows.begin(), page->rows.end(), std::back_inserter(rows));
    if (page->next.empty()) return rows;
    if (page->next == offset) break;
    offset = page->next;
  }
  return Error{ErrorKind::Malformed, "the list does not end"};
}

/// One list. Row has an `id`.
template <typename Row>
class Book {
 public:
  using Ask = std::function<Result<Listing<Row>>(const std::string& offset)>;
  explicit Book(Ask ask) : ask_(std::move(ask)) {}

  Result<const std::vector<Row>*> all() {
    if (!known_) {
      if (Result<void> listed = list(); !listed) return std::move(listed).error();
    }
    return &rows_;
  }

  /// nullptr: there is none of that id, or the key may not see it. Somebody may have made it since
  /// the list was read: for an id that was never met the list is read once more.
  Result<const Row*> find(const std::string& id) {
    if (Result<const std::vector<Row>*> rows = all(); !rows) return std::move(rows).error();
    if (const Row* row = look_up(id); row != nullptr || absent_.contains(id)) return row;
    if (Result<void> listed = list(); !listed) return std::move(listed).error();
    const Row* const row = look_up(id);
    if (row == nullptr) absent_.insert(id);
    return row;
  }

 private:
  Result<void> list() {
    Result<std::vector<Row>> rows = all_pages<Row>(ask_);
    if (!rows) return std::move(rows).error();
    rows_ = *std::move(rows);
    places_.clear();
    for (std::size_t i = 0; i < rows_.size(); ++i) places_.emplace(rows_[i].id, i);
    known_ = true;
    return {};
  }

  const Row* look_up(const std::string& id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &rows_[found->second];
  }

  Ask ask_;
  bool known_ = false;
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> places_;
  std::set<std::string> absent_;
};

class Directory {
 public:
  explicit Directory(Api& api);

  Book<Stage>& stages() {
    return stages_;
  }  ///< in the order of the pipeline, the same for all jobs
  Book<Posting>& postings() { return postings_; }
  Book<Reason>& reasons() { return reasons_; }

  /// The stage that is called so. Rejected where there is none.
  Result<Stage> stage_called(std::string_view name);
  /// The reason to reject somebody. Rejected where there is none, or it is for hiring or no longer
  /// in use.
  Result<Reason> rejection_called(std::string_view name);

 private:
  Book<Stage> stages_;
  Book<Posting> postings_;
  Book<Reason> reasons_;
};

}  // namespace praxisync::lever
