#include "cli/list_output.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::size_t kMostBadRowsSaid = 3;

}  // namespace

std::vector<OptionSpec> list_options(std::vector<OptionSpec> own) {
  own.push_back({.name = "limit", .argument = "N", .help = "rows at the most", .fallback = "20"});
  own.push_back({.name = "all", .help = "every row, however many requests that takes"});
  own.push_back({.name = "output",
                 .shortcut = "o",
                 .argument = "FORM",
                 .help = "what stdout gets; ndjson is a row a line, page by page",
                 .fallback = "table",
                 .choices = {"table", "json", "ndjson"}});
  return own;
}

std::vector<ExitMeaning> list_exit_codes() {
  std::vector<ExitMeaning> codes = by_hand_exit_codes();
  codes.insert(codes.begin() + 3, {kRecords, "done, without the rows that cannot be read"});
  return codes;
}

std::optional<std::size_t> limit_of(ByHand& hand) {
  if (hand.options.has("all")) {
    if (!hand.options.has("limit")) return SIZE_MAX;
    hand.usage("--all and --limit exclude each other");
    return std::nullopt;
  }
  const std::string text = hand.options.get("limit");
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc{} && end == text.data() + text.size() && limit > 0) return limit;
  hand.usage("--limit takes a number of rows from 1 on; --all takes every one");
  return std::nullopt;
}

RowPrinter::RowPrinter(ByHand& hand, std::vector<Column> columns, std::size_t limit)
    : hand_(hand), table_(std::move(columns)), limit_(limit) {}

void RowPrinter::print(const assess::Raw& raw) {
  if (hand_.form == Form::Json) hand_.app.out << (rows_ == 1 ? "[" : ",\n ");
  hand_.app.out << raw.reveal();
  if (hand_.form == Form::Ndjson) hand_.app.out << "\n";
}

void RowPrinter::end_page(const std::vector<std::string>& bad_rows) {
  for (const std::string& bad : bad_rows) {
    if (++bad_rows_ <= kMostBadRowsSaid)
      hand_.app.err << "praxisync: a row cannot be read: " << printable(bad, 200) << "\n";
  }
  if (hand_.form == Form::Ndjson) hand_.app.out << std::flush;
}

int RowPrinter::finish() {
  if (bad_rows_ > kMostBadRowsSaid)
    hand_.app.err << fmt::format("praxisync: {} rows in all cannot be read\n", bad_rows_);
  return finish(bad_rows_ > 0 ? kRecords : kDone);
}

int RowPrinter::finish(int code) {
  const std::string more =
      more_ ? fmt::format("… there are more than these {}: --all, or --limit N\n", rows_) : "";
  if (hand_.form == Form::Json) hand_.app.out << (rows_ == 0 ? "[]\n" : "]\n");
  if (hand_.form == Form::Table) {
    const bool none = table_.empty() && code == kDone;
    hand_.app.out << (none             ? "none\n"
                      : table_.empty() ? ""
                                       : table_.render(hand_.app.out_terminal))
                  << more;
  } else {
    hand_.app.err << more;
  }
  return code;
}

}  // namespace praxisync::cli
