#include "report/mending.h"

#include <fmt/format.h>

#include "store/safety.h"

namespace praxisync::report {

std::string mend_blocked(std::string_view reason) {
  if (reason.starts_with("email:") || reason.find("e-mail address") != std::string_view::npos)
    return "Put the address right in the ATS: the next run goes on with it.";
  if (reason == store::kDomainNotAllowed) {
    return "Put the address right in the ATS, or change allow_domains or deny_domains in [safety]: "
           "the next run goes on with it.";
  }
  if (reason.starts_with("target:")) {
    return "Make the assessment or pipeline available again in the Assess dashboard, or have the "
           "route name another: the next run queues these people again.";
  }
  return "See 'praxisync explain' with one of these people for every step, and the Assess "
         "dashboard for what it knows of them.";
}

std::string mend_ending(std::string_view reason) {
  using sync::Ending;
  const auto is = [&](Ending ending) { return reason == to_string(ending); };
  if (is(Ending::Unauthorized))
    return "A key was refused: renew it, then let 'praxisync doctor' look at every key.";
  if (is(Ending::OtherOrganisation)) {
    return "The database belongs to another organisation than the key: mend [assess] api_key or "
           "[state] path.";
  }
  if (is(Ending::Held)) {
    return "Nobody was contacted: look at 'praxisync plan', and if it is right, confirm it with "
           "'praxisync sync --confirm N'.";
  }
  if (is(Ending::Failed))
    return "Mend what is named below; 'praxisync doctor' looks at config, keys and database.";
  if (reason == "killed")
    return "Nothing is lost, the next run goes on where it was: see the log for what ended it.";
  return {};
}

std::optional<std::string> mend_problem(std::string_view kind) {
  const auto is = [&](ErrorKind of) { return kind == to_string(of); };
  if (is(ErrorKind::Throttled) || is(ErrorKind::Exhausted)) return std::nullopt;
  if (is(ErrorKind::Transient) || is(ErrorKind::OutcomeUnknown))
    return "The next run tries again; where it stays, see that the service can be reached.";
  if (is(ErrorKind::Unauthorized))
    return "Renew the key or its permissions, then let 'praxisync doctor' look at it.";
  if (is(ErrorKind::Malformed))
    return "The answer is not as documented: keep the log and report it to the service.";
  return "See the log of that run; 'praxisync doctor' looks at config, keys and database.";
}

std::string mend_held(int queued) {
  return fmt::format(
      "Look at 'praxisync plan', and if that is right, confirm it with 'praxisync sync --confirm "
      "{}'.",
      queued);
}

std::string mend_refused() {
  return "Give the ATS key the permission that is named, or mend the route's policy; what the key "
         "needs is in the connector's README.";
}

std::string mend_set_aside() {
  return "Mend the records in the ATS or its export: the next run reads them again; its log names "
         "each.";
}

}  // namespace praxisync::report
