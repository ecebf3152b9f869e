/// The Assess API played by an object: a request in, its answer out; no thread, no socket, no time
/// but the clock's. It is the peer of the tests, of `demo` and of `praxisync sandbox`, and as
/// strict as the real one. The same seed, options, set-up and requests at the same times give the
/// same bytes. Before each request all that candidates have done by then is applied. Its time never
/// goes back: with a clock that does, it stands. Not for use from two threads at once.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/clock.h"
#include "domain/result.h"
#include "http/transport.h"
#include "sandbox/faults.h"
#include "sandbox/lifecycle.h"
#include "sandbox/limits.h"
#include "sandbox/options.h"
#include "sandbox/routing.h"
#include "sandbox/world.h"

namespace praxisync::sandbox {

inline constexpr std::size_t kMaxBody = 1U << 20;  ///< bytes; above it 413

/// Requests that reached the API, whatever the answer.
struct RequestCounts {
  int reads = 0;   ///< let in: they counted against the limit
  int writes = 0;  ///< let in
  int throttled = 0;
  int unauthorized = 0;  ///< 401 and 403 for want of a scope
  std::array<int, 32> by_endpoint{};

  int of(Endpoint endpoint) const { return by_endpoint[static_cast<std::size_t>(endpoint)]; }
};

class AssessSandbox {
 public:
  AssessSandbox(const Clock& clock, Options options);
  AssessSandbox(const AssessSandbox&) = delete;
  AssessSandbox& operator=(const AssessSandbox&) = delete;

  /// The API's answer. Rate limits: GET is a read and all else a write; a request that is refused
  /// with 401, 403 for want of a scope, 404 for an unknown path, 413 or 429 does not count.
  http::Response handle(const http::Request& request);
  /// The answer as the faults let it through.
  Delivery deliver(const http::Request& request);
  Faults& faults() { return faults_; }

  // Set-up. Slugs must be new and those that a pipeline names must be there.
  void add_key(std::string key, std::vector<std::string> scopes = all_scopes());
  void add_assessment(std::string slug, std::string title,
                      AssessmentStatus status = AssessmentStatus::Active, int passing_score = 70,
                      int n_cases = 3);
  void set_assessment_status(const std::string& slug, AssessmentStatus status);
  void add_pipeline(std::string slug, std::string title,
                    const std::vector<std::string>& assessment_slugs);
  /// Those events go to `url` from now on, signed with `signing_secret`.
  void add_webhook(std::string url, std::string signing_secret,
                   std::vector<std::string> event_types);

  // Candidates by hand, at the clock's time; Rejected when the state does not allow it.
  Result<void> start(const std::string& token);
  Result<void> start(std::string_view email, const std::string& slug);
  Result<void> finish(const std::string& token, double score_percentage,
                      Violations violations = {});
  Result<void> finish(std::string_view email, const std::string& slug, double score_percentage,
                      Violations violations = {});
  Result<void> expire(const std::string& token);
  Result<void> expire(std::string_view email, const std::string& slug);
  Result<void> violate(const std::string& token, Violations more);
  Result<void> violate(std::string_view email, const std::string& slug, Violations more);
  /// Applies what is due by now, as a request would.
  void catch_up();

  /// Invites `count` people over the days before now, who then did what people do: invitations in
  /// every state. They do not count against the month's quota. For a world that is still empty.
  void add_people(int count);

  // Webhooks. Deliveries queue up until somebody sends them.
  /// Makes every attempt that is due by now, in the order of their times; gives how many.
  int deliver_due(http::Transport& transport);
  // The same in steps, for who must not hold this object while a request is out: each attempt that
  // was taken must be settled.
  std::optional<Attempt> take_attempt();
  /// The ping that the last request asked for.
  std::optional<Attempt> take_ping();
  void settle(Number delivery, const Result<http::Response>& reply);
  /// What the endpoint answers whose ping that was.
  std::string ping_answer(Number delivery) const;

  // The truth.
  const World& world() const { return world_; }
  const Options& options() const { return options_; }
  const RequestCounts& requests() const { return counts_; }
  const RollingHour& reads() const { return reads_; }
  const RollingHour& writes() const { return writes_; }
  Timestamp now() const { return now_; }  ///< of the last catch_up()
  /// Every invitation of that address, the cancelled too, in the order of creation.
  std::vector<Invitation> invitations_of(std::string_view email) const;
  std::vector<Enrollment> enrollments_of(std::string_view email) const;
  int emails_sent_to(std::string_view email) const;
  /// The current invitation's token; empty: there is none.
  std::string token_of(std::string_view email, const std::string& slug) const;

 private:
  Result<Number> invitation(const std::string& token);
  http::Response answer(const http::Request& request);

  const Clock& clock_;
  const Options options_;
  World world_;
  Lifecycle lifecycle_;
  RollingHour reads_, writes_;
  Faults faults_;
  RequestCounts counts_;
  Timestamp now_;
  std::optional<Number> pinged_{};  ///< the delivery that the last request queued
};

}  // namespace praxisync::sandbox
