/// Inviting the persons of one assessment's queue: frozen batches, halved where the API refuses
/// one, down to the one bad record; what a batch leaves open is asked for singly, which the API
/// answers for sure.
#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// How many more invitations the month's quota allows; nullopt: no limit.
using Remaining = std::optional<int>;

class Inviter {
 public:
  /// Sends to `most` persons of the queue.
  Inviter(Context& context, const store::Queue& queue, int most, Remaining& remaining);

  Course run();

 private:
  using Batch = std::vector<Engagement>;

  Course invite_in_bulk();
  Course invite_singly();
  Course send(const Batch& batch);
  Course split(const Batch& batch);
  Course send_singly(const Batch& batch);
  Course send_single(const Engagement& engagement);
  Course answer(IntentKey intent, const Batch& batch, const assess::BulkAnswer& answer);
  Course refused(IntentKey intent, const Batch& batch, const assess::ApiError& failure);
  Course block_target(const assess::ApiError& failure);
  Course settle(IntentKey intent, const std::vector<store::Settlement>& settlements);
  store::Settlement created(const Engagement& engagement,
                            const assess::CreatedInvite& invite) const;
  bool quota_left();

  Context& context_;
  const store::Queue& queue_;
  int most_;
  Remaining& remaining_;
  AssessmentSlug slug_;
  assess::SendInvitationEmail send_email_;
  std::string where_;
  std::int64_t sent_ = 0;
};

}  // namespace praxisync::sync
