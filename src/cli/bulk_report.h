/// What became of each person of a bulk invitation, as a table, one JSON document, or a line of
/// JSON each as the answers come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "assess/types.h"
#include "cli/by_hand.h"
#include "cli/table.h"

namespace praxisync::cli {

class BulkReport {
 public:
  explicit BulkReport(ByHand& hand);

  void invited(std::uint64_t line, const assess::BulkInvited& row);
  /// By the API, or by us where a person stands in the input twice.
  void skipped(std::uint64_t line, const std::string& email, const std::string& reason);
  /// A row that nobody can be invited by, or that the API refuses.
  void failed(std::uint64_t line, const std::string& email, const std::string& reason);
  /// A row that was not sent, since it was stopped before: it is left for the next time.
  void left(std::uint64_t line, const std::string& email);

  std::size_t count_left() const { return left_; }
  std::size_t count_failed() const { return failed_; }
  /// The table with its sums, or the JSON document.
  void finish();

 private:
  struct Row {
    std::string result;
    std::uint64_t line;
    std::string email, reason;
    const assess::BulkInvited* invitation = nullptr;
  };
  void add(const Row& row);
  std::string json(const Row& row) const;

  ByHand& hand_;
  Table table_;
  std::size_t rows_ = 0, invited_ = 0, skipped_ = 0, failed_ = 0, left_ = 0;
};

}  // namespace praxisync::cli
