#include "report/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "domain/text.h"
#include "report/mending.h"
#include "report/run_document.h"

namespace praxisync::report {
namespace {

using Kind = Attention::Kind;

constexpr std::size_t kLongestFailure = 300;

class Gathering {
 public:
  Gathering(Known known, Persons persons) : store_(known.store), ledger_(known.ledger) {
    made_.run = std::move(known.run);
    made_.requests = std::move(known.requests);
    made_.steps = std::move(known.steps);
    made_.asked = std::move(known.asked);
    made_.persons = persons;
  }

  RunReport all() && {
    what_the_run_says();
    if (store_ != nullptr) what_the_database_says();
    if (ledger_ != nullptr) {
      if (const auto reads = ledger_->allowance(http::Cost::Read)) made_.reads = *reads;
      if (const auto writes = ledger_->allowance(http::Cost::Write)) made_.writes = *writes;
    }
    if (made_.persons == Persons::Masked) {
      for (sync::Dropped& action : made_.run.dropped)
        action.application = ApplicationId(mask_id(action.application.text()));
    }
    return std::move(made_);
  }

 private:
  void what_the_run_says() {
    const sync::RunReport& run = made_.run;
    made_.attention = attention_of(store::Run{.key = run.run,
                                              .started_at = run.started_at,
                                              .finished_at = run.finished_at,
                                              .reason = std::string(to_string(run.ending)),
                                              .exit_code = sync::exit_code(run.ending),
                                              .report = run_document(run, made_.requests)});
  }

  void what_the_database_says() {
    keep(made_.funnel, store_->view().funnel());
    keep(made_.scores, store_->spreads().scores());
    keep(made_.times, store_->spreads().times());
    std::vector<Attention> standing;
    keep(standing, standing_attention(*store_));
    std::ranges::move(standing, std::back_inserter(made_.attention));
    keep(made_.news, new_attention(*store_, made_.run.started_at));
    std::vector<store::BlockedPerson> people;
    keep(people, store_->spreads().blocked(kMostBlocked));
    for (store::BlockedPerson& person : people) made_.blocked.push_back(named(std::move(person)));
    const int listed = static_cast<int>(made_.blocked.size());
    made_.blocked_not_listed = std::max(0, made_.run.backlog.blocked - listed);
  }

  template <typename T>
  void keep(T& into, Result<T> read) {
    if (read) {
      into = std::move(*read);
      return;
    }
    made_.attention.push_back(
        {.kind = Kind::Run,
         .where = "report",
         .what = printable(read.error().what, kLongestFailure),
         .mend = mend_problem(to_string(read.error().kind)).value_or(std::string())});
  }

  NeedsPerson named(store::BlockedPerson person) const {
    NeedsPerson shown{.route = std::move(person.route),
                      .connector = std::move(person.connector),
                      .application = std::move(person.application),
                      .name = std::move(person.name),
                      .email = std::move(person.email),
                      .reason = std::move(person.reason),
                      .since = person.since};
    if (made_.persons == Persons::Unmasked) return shown;
    shown.reason = mask_in(shown.reason, shown.name, shown.email);
    shown.application = ApplicationId(mask_id(shown.application.text()));
    shown.name = mask_name(shown.name);
    shown.email = shown.email.empty() ? "" : mask_email(shown.email);
    return shown;
  }

  store::Store* store_;
  http::Ledger* ledger_;
  RunReport made_;
};

}  // namespace

RunReport gather(Known known, Persons persons) {
  return Gathering(std::move(known), persons).all();
}

std::string RunReport::title() const {
  const auto number = static_cast<std::int64_t>(run.run);
  return number == 0 ? "no run began" : fmt::format("run {}", number);
}

std::string_view ending_in_words(sync::Ending ending) {
  switch (ending) {
    case sync::Ending::Failed:
      return "failed";
    case sync::Ending::OtherOrganisation:
      return "refused: the database of another organisation";
    case sync::Ending::Unauthorized:
      return "credentials refused";
    case sync::Ending::Held:
      return "held by a safety limit";
    case sync::Ending::Signal:
      return "stopped on request";
    case sync::Ending::Deadline:
      return "stopped: out of time";
    case sync::Ending::Quota:
      return "stopped: quota used up";
    case sync::Ending::Throttled:
      return "stopped: requests used up";
    case sync::Ending::Unsettled:
      return "stopped: an answer is awaited";
    case sync::Ending::Records:
      return "done, with records that failed";
    case sync::Ending::Done:
      return "done";
  }
  return "failed";
}

Tone tone_of(sync::Ending ending) {
  switch (sync::exit_code(ending)) {
    case 0:
      return Tone::Good;
    case 3:
    case 7:
      return Tone::Warning;
    case 4:
      return Tone::Quiet;
    default:
      return Tone::Bad;
  }
}

}  // namespace praxisync::report
