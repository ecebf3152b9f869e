#include "cli/bulk_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace praxisync::cli {

BulkReport::BulkReport(ByHand& hand)
    : hand_(hand), table_({{"line", Align::Right}, {"email"}, {"result"}, {"why"}}) {
  if (hand_.options.has("show-secrets"))
    table_ = Table({{"line", Align::Right}, {"email"}, {"result"}, {"why"}, {"link"}});
}

void BulkReport::invited(std::uint64_t line, const assess::BulkInvited& row) {
  ++invited_;
  add({"invited", line, row.email, "", &row});
}

void BulkReport::skipped(std::uint64_t line, const std::string& email, const std::string& reason) {
  ++skipped_;
  add({"skipped", line, email, reason});
}

void BulkReport::failed(std::uint64_t line, const std::string& email, const std::string& reason) {
  ++failed_;
  add({"failed", line, email, reason});
}

void BulkReport::left(std::uint64_t line, const std::string& email) {
  ++left_;
  add({"not sent", line, email, ""});
}

void BulkReport::add(const Row& row) {
  ++rows_;
  if (hand_.form == Form::Table) {
    std::vector<std::string> cells{std::to_string(row.line), cell(row.email), row.result,
                                   row.reason};
    const bool secret = row.invitation != nullptr && hand_.options.has("show-secrets");
    if (secret) cells.push_back(row.invitation->url.reveal());
    table_.add(std::move(cells));
    return;
  }
  if (hand_.form == Form::Json) hand_.app.out << (rows_ == 1 ? "[" : ",\n ");
  hand_.app.out << json(row);
  if (hand_.form == Form::Ndjson) hand_.app.out << "\n" << std::flush;
}

std::string BulkReport::json(const Row& row) const {
  nlohmann::ordered_json out = {{"line", row.line}, {"email", row.email}, {"result", row.result}};
  if (!row.reason.empty()) out["reason"] = row.reason;
  if (row.invitation != nullptr) {
    out["invite_token"] = row.invitation->token.reveal();
    out["invite_url"] = row.invitation->url.reveal();
  }
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void BulkReport::finish() {
  if (hand_.form == Form::Json) hand_.app.out << (rows_ == 0 ? "[]\n" : "]\n");
  if (hand_.form != Form::Table) return;
  if (!table_.empty()) hand_.app.out << table_.render(hand_.app.out_terminal);
  hand_.app.out << fmt::format("{} invited, {} skipped, {} failed, {} not sent\n", invited_,
                               skipped_, failed_, left_);
}

}  // namespace praxisync::cli
