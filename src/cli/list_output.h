/// Lists as tables, as one JSON array, or streamed as a line of JSON each. One page is in memory at
/// a time, but for a table, which needs all its rows to be aligned.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "assess/page_range.h"
#include "cli/by_hand.h"
#include "cli/table.h"

namespace praxisync::cli {

/// `own` and then --limit, --all and an --output that knows ndjson.
std::vector<OptionSpec> list_options(std::vector<OptionSpec> own = {});
std::vector<ExitMeaning> list_exit_codes();

/// How many rows are wanted; nullopt: it was said what is wrong, exit with kUsage.
std::optional<std::size_t> limit_of(ByHand& hand);

template <typename Row>
struct ListView {
  std::vector<Column> columns;
  std::function<std::vector<std::string>(const Row&)> cells;
};

/// Takes rows until it has enough.
class RowPrinter {
 public:
  RowPrinter(ByHand& hand, std::vector<Column> columns, std::size_t limit);

  bool full() const { return rows_ >= limit_; }
  /// `cells` is called for a table only.
  template <typename Cells>
  void add(const assess::Raw& raw, Cells&& cells) {
    ++rows_;
    if (hand_.form == Form::Table) return table_.add(cells());
    print(raw);
  }
  void note_more() { more_ = true; }
  /// The rows that cannot be read, and the end of a page.
  void end_page(const std::vector<std::string>& bad_rows);
  int finish();
  /// What was printed stays, an array is closed; the exit code for the error.
  int finish(int code);

 private:
  void print(const assess::Raw& raw);

  ByHand& hand_;
  Table table_;
  std::size_t limit_, rows_ = 0, bad_rows_ = 0;
  bool more_ = false;
};

/// `list(PageToken) -> Reply<Page<Row>>`; `fail(const ApiError&) -> int` prints an error.
template <typename Row, typename List, typename Fail>
int print_list(ByHand& hand, const ListView<Row>& view, List&& list, Fail&& fail) {
  const std::optional<std::size_t> limit = limit_of(hand);
  if (!limit) return kUsage;
  RowPrinter printer(hand, view.columns, *limit);
  const auto walked = assess::for_each_page(list, [&](const assess::Page<Row>& page) {
    for (const Row& row : page.rows) {
      if (printer.full()) {
        printer.note_more();
        break;
      }
      printer.add(row.raw, [&] { return view.cells(row); });
    }
    printer.end_page(page.bad_rows);
    if (printer.full() && page.next) printer.note_more();
    return printer.full() || hand.app.stop ? assess::Walk::Stop : assess::Walk::GoOn;
  });
  if (!walked) {
    printer.finish(kFailed);
    return fail(walked.failure());
  }
  if (hand.app.stop && !printer.full()) return printer.finish(kStopped);
  return printer.finish();
}

template <typename Row, typename List>
int print_list(ByHand& hand, const ListView<Row>& view, List&& list) {
  return print_list(hand, view, std::forward<List>(list),
                    [&](const assess::ApiError& failure) { return hand.fail(failure); });
}

}  // namespace praxisync::cli
