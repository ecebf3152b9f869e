#include "sync/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/email.h"

namespace praxisync::sync {
namespace {

std::optional<State> state_of(assess::InviteStatus status) {
  switch (status) {
    case assess::InviteStatus::Pending:
      return State::Invited;
    case assess::InviteStatus::Started:
      return State::Started;
    case assess::InviteStatus::Completed:
      return State::Passed;
    case assess::InviteStatus::Expired:
      return State::Expired;
    case assess::InviteStatus::Unknown:
      return std::nullopt;
  }
  return std::nullopt;
}

/// The next run weighs by it what the list costs.
Result<void> remember_rows(Context& context, std::int64_t rows) {
  store::Checkpoint checkpoint;
  checkpoint.cursor = Cursor(fmt::format("{}", rows));
  checkpoint.full_at = context.now();
  return context.store().checkpoints().save(store::kInvitesStream, checkpoint, context.now());
}

}  // namespace

int pages_of(int rows) {
  return std::max(1, (rows + assess::kMaxPageSize - 1) / assess::kMaxPageSize);
}

Result<int> rows_in_list(Context& context) {
  const Result<int> ours = context.store().engagements().count_contacted();
  if (!ours) return ours;
  const auto last = context.store().checkpoints().load(store::kInvitesStream);
  if (!last) return last.error();
  const std::string& text = last->cursor.text();
  int rows = 0;
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return std::max(*ours, rows);
}

void add_up(Context& context, const store::CollectCounts& collected) {
  Counts& counts = context.counts();
  counts.completed += collected.completed;
  counts.passed += collected.passed;
  counts.failed += collected.failed;
  counts.expired += collected.expired;
}

Course record_invites(Context& context, const std::vector<assess::Invite>& invites) {
  std::vector<store::InviteSighting> sightings;
  sightings.reserve(invites.size());
  for (const assess::Invite& invite : invites) {
    sightings.push_back(store::InviteSighting{invite.assessment.text(), email_key(invite.email),
                                              invite.token, state_of(invite.status),
                                              invite.created_at, invite.expires_at});
  }
  const Result<store::CollectCounts> counts =
      context.store().engagements().record_sightings(sightings, context.stamp());
  if (!counts) return context.store_failed(counts.error());
  add_up(context, *counts);
  return Course::GoOn;
}

ScanEnd scan_invites(Context& context, assess::Client& client, std::string_view where,
                     const std::function<Scan(const std::vector<assess::Invite>&)>& page) {
  assess::PageToken token;
  std::int64_t seen = 0;
  bool flawless = true;
  for (int pages = 0; pages < kMostPages; ++pages) {
    if (!context.may_go_on()) return {Course::EndRun, false};
    if (!context.open(http::Cost::Read)) return {Course::EndPhase, false};
    auto reply = client.list_invites(token);
    if (!reply) return {context.assess_failed(where, reply.failure(), http::Cost::Read), false};
    if (const Course course = record_invites(context, reply->rows); course != Course::GoOn)
      return {course, false};
    seen += static_cast<std::int64_t>(reply->rows.size());
    context.observer().progress(seen, std::nullopt);
    context.rows_failed(where, reply->bad_rows);
    flawless = flawless && reply->bad_rows.empty();
    if (!reply->next) {
      if (const Result<void> saved = remember_rows(context, seen); !saved)
        return {context.store_failed(saved.error()), false};
    }
    if (page(reply->rows) == Scan::Enough || !reply->next)
      return {Course::GoOn, !reply->next && flawless};
    token = *reply->next;
  }
  const assess::ApiError endless{
      Error{ErrorKind::Malformed, "the list of invitations does not end"}};
  return {context.assess_failed(where, endless, http::Cost::Read), false};
}

}  // namespace praxisync::sync
