#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cli/checklist.h"
#include "cli/session.h"
#include "cli/source_check.h"
#include "domain/text.h"
#include "sync/bind.h"

namespace praxisync::cli {
namespace {

/// Looks at everything that a run needs, reads only, and says how to mend what is wrong.
class Doctor {
 public:
  Doctor(App& app, Session& session, Checklist& list) : app_(app), session_(session), list_(list) {}

  void run() {
    database();
    if (key()) {
      scopes();
      targets();
    }
    clock();
    for (const sync::Source& source : session_.sources()) {
      if (!app_.stop) check_source(session_.config(), source, list_);
    }
  }

 private:
  void database() {
    const std::filesystem::path& path = session_.config().state.path;
    if (!std::filesystem::exists(path)) {
      list_.ok("database", path.string() + " will be made by the first sync");
      return;
    }
    Result<store::Store> store = store::Store::open_for_reading(path);
    if (!store) {
      list_.fail(kFailed, "database", store.error().what, "");
      return;
    }
    struct stat status {};
    const bool shared =
        ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    if (shared) {
      list_.warn("database", path.string() + " can be read by others",
                 "chmod 600 " + path.string());
    } else {
      list_.ok("database", path.string());
    }
  }

  bool key() {
    const auto organisation = session_.assess().get_organisation();
    if (!organisation) {
      const bool refused = organisation.error().kind == ErrorKind::Unauthorized;
      list_.fail(refused ? kUnauthorized : kFailed, "Assess API", organisation.error().what,
                 refused ? "make a key under Developer > API Keys of the Assess dashboard, and set "
                           "it where [assess] "
                           "api_key points to"
                         : "check [assess] base_url and that this machine may reach it");
      return false;
    }
    check_binding(*organisation);
    const assess::Quota& quota = organisation->quota;
    list_.ok("Assess API", fmt::format("key of {}, plan {}", printable(organisation->name, 100),
                                       printable(quota.plan, 40)));
    if (!quota.remaining) {
      list_.ok("quota", "no limit");
    } else if (*quota.remaining == 0) {
      list_.warn("quota", "no invitations left this month",
                 "upgrade the plan or wait for the next month");
    } else {
      list_.ok("quota", fmt::format("{} invitations left this month", *quota.remaining));
    }
    return true;
  }

  /// Whether the database is this organisation's; an unbound one becomes so with the first sync.
  void check_binding(const assess::Organisation& organisation) {
    const config::Config& config = session_.config();
    if (!std::filesystem::exists(config.state.path)) return;
    Result<store::Store> store = store::Store::open_for_reading(config.state.path);
    if (!store) return;  // reported by database()
    const auto binding = store->organisation().load(config.assess.base_url, config.assess.api_key);
    const std::string identity = sync::identity_of(organisation, config.assess.base_url);
    if (!binding) {
      list_.fail(kFailed, "database", binding.error().what, "");
    } else if (binding->organisation && *binding->organisation != identity) {
      list_.fail(kUsage, "database", sync::other_organisation(*binding->organisation, identity),
                 "");
    }
  }

  template <typename T>
  void scope(const std::string& name, const assess::Reply<T>& reply) {
    if (reply || reply.refusal() == assess::Refusal::NotFound) {
      list_.ok("scope " + name);
    } else {
      list_.fail(reply.error().kind == ErrorKind::Unauthorized ? kUnauthorized : kFailed,
                 "scope " + name, reply.error().what,
                 "give the key the scope " + name + " in the Assess dashboard");
    }
  }

  void scopes() {
    read_assessments();
    scope("invitations:read", session_.assess().list_invites({}));
    const auto& routes = session_.config().routes;
    const auto routed = std::ranges::find(routes, TargetKind::Assessment,
                                          [](const Route& r) { return r.target.kind; });
    if (routed != routes.end()) {
      scope("candidates:read",
            session_.assess().list_results(AssessmentSlug(routed->target.slug), {}));
    }
    list_.ok("scope invitations:write", "not tried: that would send an invitation");
  }

  void read_assessments() {
    assess::PageToken token;
    for (;;) {
      const auto page = session_.assess().list_assessments(token);
      if (token.first()) scope("assessments:read", page);
      if (!page) return;
      for (const assess::Assessment& assessment : page->rows)
        active_.push_back(assessment.slug.text());
      if (!page->next) return;
      token = *page->next;
    }
  }

  void targets() {
    std::set<Target> seen;
    for (const Route& route : session_.config().routes) {
      if (!seen.insert(route.target).second) continue;
      const std::string what =
          fmt::format("{} {}", to_string(route.target.kind), route.target.slug);
      if (route.target.kind == TargetKind::Assessment) {
        assessment(what, route);
      } else {
        pipeline(what, route);
      }
    }
  }

  void assessment(const std::string& what, const Route& route) {
    if (std::ranges::find(active_, route.target.slug) != active_.end()) {
      list_.ok(what, "active");
      return;
    }
    const auto found = session_.assess().get_assessment(AssessmentSlug(route.target.slug));
    if (found) {
      list_.fail(kUsage, what, "is " + found->status + ": it takes no invitations",
                 "activate it in the Assess dashboard");
    } else if (found.refusal() == assess::Refusal::NotFound) {
      missing(what, route, active_);
    } else {
      list_.fail(kFailed, what, found.error().what, "");
    }
  }

  void pipeline(const std::string& what, const Route& route) {
    const auto found = session_.assess().get_pipeline(PipelineSlug(route.target.slug));
    if (found) {
      list_.ok(what, fmt::format("{} stages", found->stages.size()));
      return;
    }
    if (found.refusal() != assess::Refusal::NotFound) {
      list_.fail(kFailed, what, found.error().what, "");
      return;
    }
    std::vector<std::string> known;
    if (const auto page = session_.assess().list_pipelines({})) {
      for (const assess::Pipeline& entry : page->rows) known.push_back(entry.slug.text());
    }
    missing(what, route, known);
  }

  void missing(const std::string& what, const Route& route, const std::vector<std::string>& known) {
    const config::Where where = session_.config().route_places.at(route.name);
    const std::string meant = did_you_mean(route.target.slug, known);
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    list_.fail(kUsage, what, to_string(where) + ": there is none of that name",
               meant.empty() ? "there are: " + (names.empty() ? "none" : names)
                             : "did you mean " + meant + "?");
  }

  void clock() {
    const std::optional<Milliseconds> skew = session_.skew();
    if (!skew) return;
    constexpr Milliseconds kMost = std::chrono::seconds{60};
    if (*skew > kMost || *skew < -kMost) {
      list_.warn(
          "clock",
          fmt::format("this machine's differs from the Assess API's by {}", format_duration(*skew)),
          "set it by NTP");
    } else {
      list_.ok("clock");
    }
  }

  App& app_;
  Session& session_;
  Checklist& list_;
  std::vector<std::string> active_;
};

int run_doctor(App& app, const ParsedOptions& options) {
  const std::unique_ptr<Session> session = Session::open(app, options);
  if (!session) return kUsage;
  // Whoever may ask the API need not be able to open the database.
  if (const Result<void> kept = session->keep_ledger(); !kept) {
    app.err << "warning: these requests are not counted in the ledger: " << kept.error().what
            << "\n";
  }
  Checklist list;
  list.ok("config", session->config().source.string());
  Doctor(app, *session, list).run();
  app.out << (options.get("output") == "json" ? list.json() + "\n" : list.text());
  return list.exit_code();
}

}  // namespace

Command doctor_command() {
  return {
      {.name = "doctor",
       .summary = "Checks config, key, scopes, quota, targets, stages, database and clock",
       .usage = "Reads only. Each line says what was looked at; a failure says how to mend it.",
       .examples = {{"praxisync doctor", "before the first sync, and whenever something is odd"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage, kUnauthorized})},
      run_doctor};
}

}  // namespace praxisync::cli
