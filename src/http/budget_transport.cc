#include "http/budget_transport.h"

#include <charconv>

#include "domain/text.h"
#include "http/classify.h"

namespace praxisync::http {
namespace {

constexpr int kMostRequests = 1'000'000;

std::optional<int> count_in(const Response& reply, std::string_view name) {
  const std::string_view text = trim(header(reply.headers, name));
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  if (number < 0 || number > kMostRequests) return std::nullopt;
  return number;
}

}  // namespace

Told told_by(const Response& reply, Timestamp now) {
  Told told{count_in(reply, "X-RateLimit-Limit"), count_in(reply, "X-RateLimit-Remaining"), {}};
  if (reply.status == 429) told.closed_for = retry_after(reply, now).value_or(kRollingHour);
  return told;
}

Result<Response> BudgetTransport::send(const Request& request) {
  if (ledger_ == nullptr) return next_.send(request);
  const Result<DebitKey> debit = ledger_->debit(request.cost, request.draw);
  if (!debit) return debit.error();
  Result<Response> reply = next_.send(request);
  // Where this cannot be stored, the debit stands longer than it must, and the next one fails.
  static_cast<void>(
      ledger_->ended(*debit, request.cost, reply ? told_by(*reply, clock_.now()) : Told{}));
  return reply;
}

}  // namespace praxisync::http
