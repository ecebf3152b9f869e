#include "sync/pull.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "domain/digest.h"
#include "domain/template.h"
#include "domain/text.h"
#include "sync/scope.h"

namespace praxisync::sync {
namespace {

/// More pages than this in one run go round in circles; the next run goes on behind them.
constexpr int kMostPulled = 100'000;

/// Whether another page came before it.
bool goes_on(Sweep sweep) {
  return sweep == Sweep::Further || sweep == Sweep::Continues || sweep == Sweep::Ends;
}

class Pull {
 public:
  Pull(Context& context, const Source& source)
      : context_(context), source_(source), where_("pull " + source.name.text()) {
    for (const Route& route : context.routes()) {
      if (route.connector == source.name) routes_.push_back(&route);
    }
  }

  Course run() {
    context_.observer().step(where_);
    const std::string stream = store::pull_stream(source_.name);
    Result<store::Checkpoint> checkpoint = context_.store().checkpoints().load(stream);
    if (!checkpoint) return context_.store_failed(checkpoint.error());
    fingerprint_ = fingerprint_of(context_.routes(), source_.name);
    Cursor cursor = checkpoint->fingerprint == fingerprint_ ? checkpoint->cursor : Cursor{};
    asked_ = {sha256(cursor.text())};
    bool resumed = false;
    for (int pages = 1;; ++pages) {
      if (!context_.may_go_on()) return Course::EndRun;
      Result<ApplicationPage> page = source_.connector->pull(cursor);
      if (!page) return context_.source_failed(where_, page.error());
      if (page->more && !asked_.insert(sha256(page->next.text())).second) {
        return context_.source_failed(
            where_, Error{ErrorKind::Malformed, "the same page again: the list goes in circles"});
      }
      if (const Course course = accept(*page); course != Course::GoOn) return course;
      if (pages == 1) resumed = goes_on(page->sweep);
      if (!page->more) {
        // What an earlier run saw on the first pages is told by the news since; without news, the
        // next run's sweep tells.
        if (!std::exchange(resumed, false) || page->next.empty()) break;
      }
      if (pages == kMostPulled) {
        return context_.source_failed(
            where_, Error{ErrorKind::Malformed, "the list of applications does not end"});
      }
      cursor = page->next;
    }
    context_.read_to_the_end(source_.name);
    return Course::GoOn;
  }

 private:
  Course accept(const ApplicationPage& page) {
    std::vector<store::Arrival> arrivals;
    arrivals.reserve(page.applications.size());
    for (const Application& application : page.applications) arrivals.push_back(route(application));
    Result<store::PageCounts> accepted = context_.store().applications().accept_page(
        source_.name, page, arrivals, fingerprint_, context_.stamp());
    if (!accepted) return context_.store_failed(accepted.error());
    Counts& counts = context_.counts();
    counts.pulled += static_cast<std::int64_t>(page.applications.size());
    counts.queued += accepted->queued;
    counts.blocked += accepted->blocked;
    counts.set_aside += accepted->set_aside;
    if (accepted->blocked + accepted->set_aside > 0) context_.report().end(Ending::Records);
    for (const SetAside& record : page.set_aside) {
      context_.report().add(
          Problem{where_, ErrorKind::Rejected, record.record + ": " + record.reason});
    }
    listed_ += page.applications.size() + page.set_aside.size();
    for (const store::HeldRoute& held : accepted->held) {
      // A source that lists nobody at all is no evidence; one empty stage may be just that.
      if (listed_ == 0) context_.report().end(Ending::Held);
      if (!held.reported) context_.report().end(Ending::Records);
      context_.report().add(Problem{
          where_, ErrorKind::Malformed,
          fmt::format("route {}: the source lists nobody any more, where it had {}: nobody is "
                      "taken to have left; if "
                      "they really have, this goes on by itself when the stage has somebody again",
                      held.route.text(), held.missing)});
    }
    for (const store::RenamedStage& stage : accepted->renamed) report(stage);
    context_.observer().progress(counts.pulled, std::nullopt);
    return Course::GoOn;
  }

  void report(const store::RenamedStage& stage) {
    if (!stage.reported) context_.report().end(Ending::Records);
    context_.report().add(Problem{
        where_, ErrorKind::Malformed,
        fmt::format("route {}: its people stand in a stage that {}: nobody is taken to have left; "
                    "name the stage in the route as it is called today, or by its id",
                    stage.route.text(),
                    stage.now.empty() ? "no longer has that name, or whose job was closed"
                                      : "is called \"" + printable(stage.now, 80) + "\" now"),
        stage.people});
  }

  store::Arrival route(const Application& application) const {
    store::Arrival arrival{&application, {}};
    for (const Route* route : routes_) {
      if (!route->takes(application)) continue;
      arrival.candidacies.push_back(store::Candidacy{route->name, route->target, route->send_email,
                                                     role_of(*route, application)});
    }
    return arrival;
  }

  static std::string role_of(const Route& route, const Application& application) {
    return expand_template(route.role, [&](std::string_view variable) {
      if (variable == "job") return application.job;
      if (variable == "stage") return application.stage;
      return application.name;
    });
  }

  Context& context_;
  const Source& source_;
  std::string where_, fingerprint_;
  std::vector<const Route*> routes_;
  std::size_t listed_ = 0;       ///< in this run
  std::set<std::string> asked_;  ///< digests of the cursors of this run
};

std::string stream_of(const Source& source) { return "pull " + source.name.text(); }

Course read(Context& context, const std::vector<const Source*>& sources) {
  for (const Source* source : sources) context.report().evidence.expect(stream_of(*source));
  for (const Source* source : sources) {
    const Course course =
        context.stream(stream_of(*source), [&] { return Pull(context, *source).run(); });
    if (course == Course::EndRun) return course;
  }
  return Course::GoOn;
}

}  // namespace

std::string fingerprint_of(const std::vector<Route>& routes, const ConnectorName& connector) {
  std::string fingerprint;
  for (const Route& route : routes) {
    if (route.connector != connector) continue;
    for (const std::string& part : {route.name.text(), route.job, route.stage,
                                    std::string(to_string(route.target.kind)), route.target.slug}) {
      fingerprint += fmt::format("{}:{};", part.size(), part);
    }
  }
  return fingerprint;
}

Course pull(Context& context) {
  std::vector<const Source*> sources;
  for (const Source& source : context.sources()) {
    if (context.scope() == nullptr || context.scope()->connectors.contains(source.name))
      sources.push_back(&source);
  }
  return read(context, sources);
}

Course pull_queued(Context& context) {
  if (context.scope() == nullptr) return Course::GoOn;
  const Result<std::set<ConnectorName>> queued = context.store().applications().queued_connectors();
  if (!queued) return context.store_failed(queued.error());
  std::vector<const Source*> sources;
  for (const Source& source : context.sources()) {
    const bool tried = context.report().evidence.expects(stream_of(source));
    if (!tried && queued->contains(source.name)) sources.push_back(&source);
  }
  return read(context, sources);
}

}  // namespace praxisync::sync
