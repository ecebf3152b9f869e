#include "cli/invites_bulk.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <span>
#include <unordered_set>

#include "cli/bulk_input.h"
#include "cli/bulk_report.h"
#include "cli/input_bytes.h"
#include "domain/email.h"

namespace praxisync::cli {
namespace {

/// Sends the rows in batches; stops in order where the API says that it is enough. It may be run
/// again with the same input: whoever is invited already is skipped.
class BulkInvite {
 public:
  BulkInvite(ByHand& hand, BulkInput& input)
      : hand_(hand),
        input_(input),
        report_(hand),
        slug_(hand.argument(0)),
        send_(hand.options.has("send-email") ? assess::SendInvitationEmail::Yes
                                             : assess::SendInvitationEmail::No) {}

  int run() {
    read_quota();
    Result<void> read;
    while (read && !input_ended_) {
      std::vector<BulkRow> batch;
      read = fill(batch);
      send(batch);
    }
    if (!read) code_ = hand_.fail(read.error());
    hand_.session.progress().clear();
    report_.finish();
    return verdict();
  }

 private:
  using Rows = std::span<const BulkRow>;

  int verdict() {
    if (report_.count_left() > 0) {
      hand_.app.err << fmt::format(
          "praxisync: {} rows were not sent; run it again with the same input: whoever is invited "
          "already is skipped\n",
          report_.count_left());
    }
    if (code_ != kDone) return code_;
    return report_.count_failed() > 0 ? kRecords : kDone;
  }

  void read_quota() {
    const auto organisation = hand_.session.assess().get_organisation();
    if (organisation) {
      remaining_ = organisation->quota.remaining;
    } else {
      code_ = hand_.fail(organisation.failure());
      stopped_ = true;
    }
  }

  /// The next people who are to be sent; the others go into the report at once.
  Result<void> fill(std::vector<BulkRow>& batch) {
    const auto most = static_cast<std::size_t>(hand_.session.config().assess.bulk_size);
    while (batch.size() < most) {
      Result<std::optional<BulkRow>> row = input_.next();
      if (!row || !*row) {
        input_ended_ = true;
        return row ? Result<void>{} : Result<void>(row.error());
      }
      if (!(*row)->fault.empty()) {
        report_.failed((*row)->line, (*row)->candidate.email, (*row)->fault);
      } else if (!seen_.insert(email_key((*row)->candidate.email)).second) {
        report_.skipped((*row)->line, (*row)->candidate.email, "in the input twice");
      } else {
        batch.push_back(std::move(**row));
      }
    }
    return {};
  }

  /// The whole batch, in parts where the quota or the API wants smaller ones.
  void send(const std::vector<BulkRow>& batch) {
    std::deque<Rows> parts;
    if (!batch.empty()) parts.emplace_back(batch);
    while (!parts.empty()) {
      Rows part = parts.front();
      parts.pop_front();
      if (hand_.app.stop && !stopped_) stop(kStopped);
      if (!stopped_ && remaining_ && *remaining_ <= 0)
        stop(hand_.fail(Error{ErrorKind::Exhausted, "the month's invitations are used up"}));
      if (stopped_) {
        for (const BulkRow& row : part) report_.left(row.line, row.candidate.email);
        continue;
      }
      if (remaining_ && part.size() > static_cast<std::size_t>(*remaining_)) {
        const auto fits = static_cast<std::size_t>(*remaining_);
        parts.push_front(part.subspan(fits));
        part = part.first(fits);
      }
      send_part(part, parts);
    }
  }

  void send_part(Rows part, std::deque<Rows>& parts) {
    std::vector<assess::Candidate> candidates;
    for (const BulkRow& row : part) candidates.push_back(row.candidate);
    const std::string body = assess::Client::bulk_body(candidates, send_);
    const auto answer = hand_.session.assess().bulk_invite(slug_, body);
    if (answer) {
      take(part, *answer);
    } else if (splits(answer.failure())) {
      if (part.size() == 1) {
        const BulkRow& row = part.front();
        return report_.failed(row.line, row.candidate.email, answer.error().what);
      }
      const std::size_t half = part.size() / 2;
      parts.push_front(part.subspan(half));
      parts.push_front(part.first(half));
    } else {
      stop(fail_for_assessment(hand_, answer.failure(), slug_.text()));
      for (const BulkRow& row : part) report_.left(row.line, row.candidate.email);
    }
  }

  /// Whether one record, or the number of them, is at fault.
  static bool splits(const assess::ApiError& failure) {
    using enum assess::Refusal;
    return failure.refusal == TooLarge || failure.refusal == Other ||
           failure.refusal == MissingEmail;
  }

  void take(Rows part, const assess::BulkAnswer& answer) {
    std::map<std::string, std::uint64_t> lines;
    for (const BulkRow& row : part) lines[email_key(row.candidate.email)] = row.line;
    // Addresses may come back in another spelling; whose they are tells their key.
    const auto line_of = [&](const std::string& email) {
      const auto found = lines.find(email_key(email));
      const std::uint64_t line = found == lines.end() ? 0 : found->second;
      if (found != lines.end()) lines.erase(found);
      return line;
    };
    for (const assess::BulkInvited& row : answer.invited) report_.invited(line_of(row.email), row);
    for (const assess::BulkSkipped& row : answer.skipped) {
      const std::uint64_t line = line_of(row.email);
      if (row.reason == assess::SkipReason::AlreadyInvited) {
        report_.skipped(line, row.email, "already invited");
      } else {
        report_.failed(line, row.email, "the API says: " + row.reason_text);
      }
    }
    for (const BulkRow& row : part) {
      if (lines.contains(email_key(row.candidate.email)))
        report_.failed(row.line, row.candidate.email, "the API did not answer for this row");
    }
    if (remaining_) *remaining_ -= static_cast<int>(answer.invited.size());
    done_ += part.size();
    hand_.session.progress().show("invite", done_);
  }

  void stop(int code) {
    stopped_ = true;
    code_ = code;
  }

  ByHand& hand_;
  BulkInput& input_;
  BulkReport report_;
  AssessmentSlug slug_;
  assess::SendInvitationEmail send_;
  std::unordered_set<std::string> seen_;
  std::optional<int> remaining_;
  bool input_ended_ = false, stopped_ = false;
  int code_ = kDone;
  std::size_t done_ = 0;
};

}  // namespace

int invite_in_bulk(ByHand& hand) {
  const std::string source =
      hand.options.positionals().size() > 1 ? hand.argument(1) : std::string("-");
  Result<InputBytes> bytes = InputBytes::open(source);
  if (!bytes) return hand.usage(bytes.error().what);
  const Result<std::unique_ptr<BulkInput>> input = open_bulk_input(*bytes);
  if (!input) return hand.usage(input.error().what);
  return BulkInvite(hand, **input).run();
}

}  // namespace praxisync::cli
