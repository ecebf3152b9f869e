/// What a call of the Assess API comes to: a value, or an error with the API's own reason for it.
#pragma once

#include <utility>
#include <variant>

#include "assess/raw.h"
#include "domain/check.h"
#include "domain/ids.h"
#include "domain/result.h"

namespace praxisync::assess {

/// Why the API refused, beside the error, so that the engine can tell apart the few reasons that it
/// must. By status and code, compared whole; the message is looked at only where no code is
/// documented (trap 7) or the documents' own example leaves it out.
enum class Refusal {
  None,                 ///< the error is not a refusal of the API
  NotFound,             ///< 404
  MissingEmail,         ///< 400 MISSING_EMAIL
  AssessmentNotActive,  ///< 400 ASSESSMENT_NOT_ACTIVE
  QuotaExceeded,        ///< 403 INVITE_QUOTA_EXCEEDED
  AlreadyEnrolled,      ///< a 4xx of enroll whose code or message says so (not documented; trap 7)
  TooLarge,             ///< 413
  Other,
};

/// A failed call: the error with the API's refusal and the enrollment that an 'already enrolled'
/// names.
struct ApiError {
  Error error;
  Refusal refusal = Refusal::None;
  EnrollmentId enrollment{};  ///< only with AlreadyEnrolled, where the answer names it
};

/// Like Result<T>, with an ApiError.
template <typename T>
class [[nodiscard]] Reply {
 public:
  Reply(T value)  // NOLINT(google-explicit-constructor): a value is a Reply
      : state_(std::in_place_index<0>, std::move(value)) {}
  Reply(ApiError error)  // NOLINT(google-explicit-constructor): an error is a Reply
      : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return checked(), std::get<0>(state_); }
  const T& operator*() const { return checked(), std::get<0>(state_); }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }
  ApiError& failure() { return failed(), std::get<1>(state_); }
  const ApiError& failure() const { return failed(), std::get<1>(state_); }
  Error& error() { return failure().error; }
  const Error& error() const { return failure().error; }
  Refusal refusal() const { return *this ? Refusal::None : failure().refusal; }

 private:
  void checked() const { PRAXISYNC_CHECK(state_.index() == 0, "value of a Reply that failed"); }
  void failed() const { PRAXISYNC_CHECK(state_.index() == 1, "error of a Reply that succeeded"); }
  std::variant<T, ApiError> state_;
};

/// The value of a call that answers nothing, or a message at most.
struct Done {
  Raw raw{};
};

}  // namespace praxisync::assess
