#include "report/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "domain/text.h"
#include "report/mending.h"

namespace praxisync::report {
namespace {

using Standing = Check::Standing;

constexpr std::size_t kLongestReason = 500;

class Checking {
 public:
  explicit Checking(const RunReport& report)
      : report_(report), green_(sync::exit_code(report.run.ending) == 0) {}

  std::vector<Check> all() && {
    for (const ConnectorName& connector : report_.asked.connectors) {
      stream("connectors", "pull " + connector.text());
      Check& writing = add("connectors", "write back to " + connector.text());
      tell_problems(writing, writing.name);
    }
    for (const Route& route : report_.asked.routes) this->route(route);
    for (const sync::Evidence::Stream& read : report_.run.evidence.streams) {
      if (!known_.contains(read.name)) stream("evidence", read.name);
    }
    tally("people to contact", report_.run.evidence.contacts);
    tally("write-backs", report_.run.evidence.write_backs);
    whole_run();
    return std::move(checks_);
  }

 private:
  Check& add(std::string group, std::string name) {
    known_.insert(name);
    Milliseconds took{};
    for (const StepTime& step : report_.steps) {
      if (step.name == name) took = step.took;
    }
    return checks_.emplace_back(
        Check{.group = std::move(group), .name = std::move(name), .text = {}, .took = took});
  }

  void say(Check& check, Standing standing, std::string_view line) {
    if (check.standing != Standing::Failed && standing != Standing::Passed)
      check.standing = standing;
    if (!check.text.empty()) check.text += '\n';
    check.text += line;
  }

  /// What the next run goes on with by itself is no failure.
  Standing standing_of(std::optional<std::string> mend) const {
    if (green_) return Standing::Passed;
    return mend ? Standing::Failed : Standing::Skipped;
  }

  void tell_problems(Check& check, const std::string& where) {
    for (std::size_t i = 0; i < report_.run.problems.size(); ++i) {
      const sync::Problem& problem = report_.run.problems[i];
      if (problem.where == where && told_.insert(i).second) tell(check, problem);
    }
  }

  void tell(Check& check, const sync::Problem& problem) {
    const auto mend = mend_problem(to_string(problem.kind));
    const std::string times = problem.count > 1 ? fmt::format(" ({} times)", problem.count) : "";
    say(check, standing_of(mend),
        fmt::format("{}: {}{}", problem.where, printable(problem.what, kLongestReason), times));
    if (mend) check.text += '\n' + *mend;
  }

  void stream(const char* group, const std::string& name) {
    Check& check = add(group, name);
    tell_problems(check, name);
    const auto& streams = report_.run.evidence.streams;
    const auto found = std::ranges::find(streams, name, &sync::Evidence::Stream::name);
    const bool read = found != streams.end() && found->read;
    if (!read && check.standing == Standing::Passed)
      say(check, Standing::Skipped, "not read to its end: the next run goes on with it");
  }

  void route(const Route& route) {
    Check& check = add("routes", route.name.text());
    tell_problems(check, "invite to " + route.target.slug);
    tell_problems(check, "enroll in " + route.target.slug);
    for (const Attention& entry : report_.news) {
      if (entry.where == check.name) tell(check, entry);
    }
    for (const Attention& entry : report_.attention) {
      if (entry.where == check.name && entry.kind == Attention::Kind::Held) tell(check, entry);
    }
  }

  void tell(Check& check, const Attention& entry) {
    say(check, standing_of(entry.mend),
        fmt::format("{} {}: {}\n{}", entry.count, to_string(entry.kind), entry.what, entry.mend));
  }

  void tally(const char* name, const sync::Tally& tally) {
    Check& check = add("evidence", name);
    tell_problems(check, name);
    const std::string sum = fmt::format("{} planned = {} done + {} left for later + {} failed",
                                        tally.planned, tally.done, tally.skipped, tally.failed);
    const bool whole = tally.adds_up() && tally.failed == 0;
    say(check, whole || green_ ? Standing::Passed : Standing::Failed, sum);
    if (whole && tally.skipped > 0 && check.standing == Standing::Passed)
      check.standing = Standing::Skipped;
  }

  void whole_run() {
    Check& check = add("run", report_.title());
    check.took = report_.took();
    const int code = sync::exit_code(report_.run.ending);
    const std::string mend = mend_ending(to_string(report_.run.ending));
    const Standing in_order = code == 4 ? Standing::Skipped : Standing::Passed;
    say(check, mend.empty() ? in_order : Standing::Failed,
        fmt::format("{} (exit code {})", ending_in_words(report_.run.ending), code));
    if (!mend.empty()) check.text += '\n' + mend;
    for (std::size_t i = 0; i < report_.run.problems.size(); ++i) {
      if (told_.insert(i).second) tell(check, report_.run.problems[i]);
    }
    if (report_.run.problems_not_listed > 0) {
      say(check, Standing::Failed,
          fmt::format("and {} more problems", report_.run.problems_not_listed));
    }
    // What was dropped from a plan, or belongs to a route that the config no longer has.
    if (code == 3 && std::ranges::none_of(checks_, &Checking::failed))
      check.standing = Standing::Failed;
  }

  static bool failed(const Check& check) { return check.standing == Standing::Failed; }

  const RunReport& report_;
  const bool green_;
  std::set<std::size_t> told_;  ///< problems, by their place
  std::set<std::string> known_;
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> checks_of(const RunReport& report) { return Checking(report).all(); }

}  // namespace praxisync::report
