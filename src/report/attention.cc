#include "report/attention.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "domain/text.h"
#include "report/mending.h"
#include "report/run_document.h"

namespace praxisync::report {
namespace {

using Kind = Attention::Kind;

constexpr std::size_t kLongestText = 300;

Attention entry_of(Kind kind, std::string where, const std::string& what, std::string mend,
                   int count) {
  return {.kind = kind,
          .where = std::move(where),
          .what = printable(what, kLongestText),
          .mend = std::move(mend),
          .count = count};
}

}  // namespace

std::string_view to_string(Attention::Kind kind) {
  switch (kind) {
    case Kind::Run:
      return "run";
    case Kind::Held:
      return "held";
    case Kind::Blocked:
      return "blocked";
    case Kind::Refused:
      return "refused";
    case Kind::SetAside:
      return "set_aside";
  }
  return "run";
}

std::vector<Attention> attention_of(const store::Run& run) {
  std::vector<Attention> all;
  if (std::string mend = mend_ending(run.reason); !mend.empty()) {
    all.push_back(entry_of(Kind::Run, fmt::format("run {}", static_cast<std::int64_t>(run.key)),
                           "ended: " + run.reason, std::move(mend), 1));
  }
  for (const KeptProblem& problem : problems_in(run.report)) {
    if (auto help = mend_problem(problem.kind))
      all.push_back(
          entry_of(Kind::Run, problem.where, problem.what, std::move(*help), problem.count));
  }
  return all;
}

Result<std::vector<Attention>> standing_attention(store::Store& store) {
  std::vector<Attention> all;
  const auto held = store.safety().held();
  if (!held) return held.error();
  for (const store::GrownRoute& route : *held) {
    all.push_back(
        entry_of(Kind::Held, route.route.text(),
                 fmt::format("the stage lists {} people where it had {}", route.has, route.had),
                 mend_held(route.queued), route.queued));
  }
  Result<std::vector<Attention>> failed = new_attention(store, Timestamp::min());
  if (!failed) return failed;
  std::ranges::move(*failed, std::back_inserter(all));
  const auto set_aside = store.view().set_aside();
  if (!set_aside) return set_aside.error();
  if (*set_aside > 0) {
    all.push_back(
        entry_of(Kind::SetAside, "ATS", "records could not be read", mend_set_aside(), *set_aside));
  }
  return all;
}

Result<std::vector<Attention>> new_attention(store::Store& store, Timestamp since) {
  std::vector<Attention> all;
  const auto blocked = store.view().blocked(since);
  if (!blocked) return blocked.error();
  for (const store::BlockedReason& entry : *blocked) {
    all.push_back(entry_of(Kind::Blocked, entry.route.text(), entry.reason,
                           mend_blocked(entry.reason), entry.screenings));
  }
  const auto refused = store.view().refused(since);
  if (!refused) return refused.error();
  for (const store::RefusedWrite& entry : *refused) {
    all.push_back(entry_of(Kind::Refused, entry.route.text(), entry.kind + ": " + entry.reason,
                           mend_refused(), entry.count));
  }
  return all;
}

}  // namespace praxisync::report
