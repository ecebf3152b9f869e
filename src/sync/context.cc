#include "sync/context.h"

#include <algorithm>

namespace praxisync::sync {

const Route* Context::route(const RouteName& name) const {
  const auto found = std::ranges::find(parts_.routes, name, &Route::name);
  return found == parts_.routes.end() ? nullptr : &*found;
}

bool Context::may_go_on() {
  const std::optional<StopReason> reason = parts_.stop.requested();
  if (!reason) return true;
  report_.end(*reason == StopReason::Signal ? Ending::Signal : Ending::Deadline);
  return false;
}

std::optional<http::Allowance> Context::allowance(http::Cost cost) {
  if (parts_.ledger == nullptr) return std::nullopt;
  Result<http::Allowance> allowance = parts_.ledger->allowance(cost);
  if (!allowance) return std::nullopt;
  return std::move(*allowance);
}

std::size_t Context::choose(const std::string& what, const std::vector<Way>& ways) {
  const auto left = [&](http::Cost cost, int documented) {
    const auto allowance = this->allowance(cost);
    return allowance ? allowance->left(http::Draw::Work) : documented;
  };
  const std::size_t chosen =
      cheapest(ways, {left(http::Cost::Read, 500), left(http::Cost::Write, 100)});
  std::string why = reason_for(ways, chosen);
  parts_.observer.note(Severity::Debug, what + " " + why);
  report_.decisions.push_back({what, std::move(why)});
  return chosen;
}

void Context::note(std::string_view where, const Error& error) {
  ++failures_;
  report_.add(Problem{std::string(where), error.kind, error.what});
}

void Context::rows_failed(std::string_view where, const std::vector<std::string>& reasons) {
  for (const std::string& reason : reasons) {
    note(where, Error{ErrorKind::Malformed, reason});
    report_.end(Ending::Records);
  }
}

bool Context::cut_short(const Error& error) {
  const bool no_answer =
      error.kind == ErrorKind::Transient || error.kind == ErrorKind::OutcomeUnknown;
  return no_answer && !may_go_on();
}

Course Context::assess_failed(std::string_view where, const assess::ApiError& failure,
                              http::Cost cost) {
  const Error& error = failure.error;
  if (cut_short(error)) return Course::EndRun;
  if (failure.refusal == assess::Refusal::QuotaExceeded) {
    note(where, error);
    report_.end(Ending::Quota);
    return Course::EndPhase;
  }
  switch (error.kind) {
    case ErrorKind::Throttled:
      (cost == http::Cost::Read ? reads_open_ : writes_open_) = false;
      note(where, error);
      report_.end(Ending::Throttled);
      if (error.retry_at && (!report_.resume_at || *error.retry_at > *report_.resume_at)) {
        report_.resume_at = error.retry_at;
      }
      return Course::EndPhase;
    case ErrorKind::Unauthorized:
      close_assess();
      note(where, error);
      report_.end(Ending::Unauthorized);
      return Course::EndPhase;
    case ErrorKind::Exhausted:
      if (may_go_on()) report_.end(Ending::Deadline);  // the wait for a retry would have passed it
      return Course::EndRun;
    case ErrorKind::Fatal:
      note(where, error);
      report_.end(Ending::Failed);
      return Course::EndRun;
    case ErrorKind::Rejected:
      note(where, error);
      report_.end(Ending::Records);
      return Course::GoOn;
    case ErrorKind::Transient:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::Malformed:
      note(where, error);
      report_.end(Ending::Failed);
      return Course::NextStream;
  }
  return Course::EndRun;
}

Course Context::source_failed(std::string_view where, const Error& error) {
  if (cut_short(error)) return Course::EndRun;
  switch (error.kind) {
    case ErrorKind::Exhausted:
      if (may_go_on()) report_.end(Ending::Deadline);
      return Course::EndRun;
    case ErrorKind::Throttled:
      note(where, error);
      report_.end(Ending::Throttled);
      if (error.retry_at && (!report_.resume_at || *error.retry_at > *report_.resume_at)) {
        report_.resume_at = error.retry_at;
      }
      return Course::NextStream;
    case ErrorKind::Unauthorized:
      note(where, error);
      report_.end(Ending::Unauthorized);
      return Course::NextStream;
    case ErrorKind::Rejected:
      note(where, error);
      report_.end(Ending::Records);
      return Course::GoOn;
    default:
      note(where, error);
      report_.end(Ending::Failed);
      return Course::NextStream;
  }
}

Course Context::store_failed(const Error& error) {
  note("database", error);
  report_.end(Ending::Failed);
  return Course::EndRun;
}

}  // namespace praxisync::sync
