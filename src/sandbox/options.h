/// How the played Assess API behaves where its documents leave a choice or contradict each other.
/// The defaults are the newer documents, and of undocumented behaviour what is hardest for a
/// client.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/candidates.h"

namespace praxisync::sandbox {

enum class Plan { Free, Starter, Growth, Enterprise };
enum class Pagination { Cursor, Page };
/// Which of the two references: fields of the lists, `count`, an absolute or a relative report URL.
enum class Documents { New, Old };
/// How a field without a value shows in the answers of the newer documents.
enum class OptionalFields { Null, Missing };
enum class SkipSpelling { Underscore, Space };  ///< already_invited, already invited
enum class IllFormedInBulk { SkippedAsError, RefusesBatch };
enum class BulkOverQuota { InvitesWhatFits, RefusesWhole };
enum class ExpiredInvitation { Kept, Renewed };  ///< when the person is invited again
/// 400 ALREADY_ENROLLED without an id, 200 with the same id, or a second enrollment: nothing in the
/// documents forbids the last, and a client that resends is caught by it.
enum class EnrollAgain { Refused, Same, Twice };
enum class RetryAfter { Seconds, HttpDate, Absent };
enum class ThrottleCode { Present, Absent };  ///< RATE_LIMITED in the body of a 429
enum class EmailCase { Kept, Lowered };       ///< of the addresses that are given back

struct KeyGrant {
  std::string key;
  std::vector<std::string> scopes;
};

/// Every scope that the documents name.
const std::vector<std::string>& all_scopes();

struct Options {
  std::uint64_t seed = 1;
  std::string organisation = "Acme Corp", organisation_slug = "acme-corp";
  std::vector<KeyGrant> keys{};
  Plan plan = Plan::Growth;
  std::optional<int> invite_limit{};   ///< a month, instead of the plan's
  std::chrono::minutes month_zone{0};  ///< ahead of UTC, where its calendar month begins
  int reads_per_hour = 500;            ///< 0: no limit, and no X-RateLimit headers
  int writes_per_hour = 100;           ///< likewise
  RetryAfter retry_after = RetryAfter::Seconds;
  ThrottleCode throttle_code = ThrottleCode::Present;

  Pagination pagination = Pagination::Cursor;
  Documents documents = Documents::New;
  OptionalFields optional_fields = OptionalFields::Null;
  std::string next_host =
      "https://app.praxicraft.io";  ///< in `next` and `previous`: not the base URL's
  std::string take_host = "https://praxicraft.com";  ///< in invitation links
  EmailCase email_case = EmailCase::Kept;

  int bulk_limit = 0;           ///< candidates in one bulk call; 0: no limit
  int bulk_limit_status = 400;  ///< what a larger one is answered with: 400 or 413
  SkipSpelling skip_spelling = SkipSpelling::Underscore;
  IllFormedInBulk ill_formed_in_bulk = IllFormedInBulk::SkippedAsError;
  BulkOverQuota bulk_over_quota = BulkOverQuota::InvitesWhatFits;
  ExpiredInvitation expired_invitation = ExpiredInvitation::Kept;
  EnrollAgain enroll_again = EnrollAgain::Twice;

  /// nullopt: nobody moves unless told to by AssessSandbox::start, finish and expire.
  std::optional<CandidateBehaviour> candidates{};
};

/// Invitations a month; nullopt: no limit. Source 002, 'Plan Limits'.
std::optional<int> invite_limit(const Options& options);

}  // namespace praxisync::sandbox
