#include "connectors/greenhouse/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "connector/names.h"
#include "domain/text.h"
#include "http/url.h"

namespace praxisync::greenhouse {
namespace {

using connector::Finding;
using connector::Named;
using connector::Opening;
using Level = Finding::Level;

constexpr const char* kWhereScopes =
    "in Greenhouse, Configure > Dev Center > API Credential Management: give the credential this "
    "scope";

// Harvest v3 'scopes'.
const std::vector<Checks::Scope>& scopes_known() {
  using enum ActionKind;
  static const std::vector<Checks::Scope> all{
      {"jobs:list", {}, "the jobs that routes name"},
      {"job_interview_stages:list", {}, "their stages"},
      {"applications:list", {}, "who is in a stage"},
      {"candidates:list", {}, "names and e-mail addresses"},
      {"notes:list", {Note, Link}, "to look whether a note has landed"},
      {"notes:create", {Note, Link}, "notes and links", true},
      {"candidate_tags:list", {Tag}, "the tags that there are"},
      {"applied_candidate_tags:list", {Tag}, "to look whether somebody has a tag"},
      {"candidate_tags:create", {Tag}, "tags that are new", true},
      {"applied_candidate_tags:create", {Tag}, "tags", true},
      {"custom_fields:list", {Field}, "the fields that there are"},
      {"custom_field_options:list", {Field}, "the options of select fields"},
      {"applications:update", {Field}, "fields of applications", true, FieldOwner::Application},
      {"candidates:update",
       {Field},
       "fields of candidates, where such are written",
       true,
       FieldOwner::Candidate},
      {"applications:move", {Move}, "stage moves", true},
      {"rejection_reasons:list", {Reject}, "the reasons that there are"},
      {"applications:reject", {Reject}, "rejections", true}};
  return all;
}

bool is_template(const std::string& text) { return text.find('{') != std::string::npos; }

}  // namespace

std::vector<connector::Permission> permissions() {
  std::vector<connector::Permission> all;
  for (const Checks::Scope& scope : scopes_known())
    all.push_back({std::string("harvest:") + scope.name, scope.use});
  return all;
}

Checks::Checks(Api& api, Directory& directory, const connector::World& world,
               Introspection introspection)
    : api_(api),
      directory_(directory),
      introspection_(std::move(introspection)),
      auth_(world, introspection_.origin,
            [this]() -> Result<std::vector<http::Credential>> {
              return std::vector<http::Credential>{
                  http::basic(introspection_.client_id, introspection_.client_secret)};
            },
            {}) {}

Result<connector::Openings> Checks::openings() {
  const Result<std::vector<Job>> jobs = api_.open_jobs();
  if (!jobs) return jobs.error();
  connector::Openings openings;
  std::map<std::string, std::size_t> places;
  std::vector<std::string> ids;
  for (const Job& job : *jobs) {
    if (!job.open) continue;
    places[job.id] = openings.all.size();
    ids.push_back(job.id);
    openings.all.push_back({.job = {job.id, job.name}, .stages = {}});
  }
  for (std::size_t at = 0; at < ids.size(); at += kMostIds) {
    Result<std::vector<Stage>> stages =
        api_.stages(std::span(ids).subspan(at, std::min(kMostIds, ids.size() - at)));
    if (!stages) return std::move(stages).error();
    std::ranges::stable_sort(*stages, {}, &Stage::order);
    for (const Stage& stage : *stages) {
      if (const auto place = places.find(stage.job); place != places.end())
        openings.all[place->second].stages.push_back({{stage.id, stage.name}});
    }
  }
  return openings;
}

std::vector<Finding> Checks::check(std::span<const PolicyAction> planned) {
  Findings findings;
  for (const Api::Actor actor : {Api::Actor::Reader, Api::Actor::Writer}) {
    if (actor == Api::Actor::Writer && !api_.writes_as_a_person()) continue;
    const bool person = actor == Api::Actor::Writer;
    const Result<ApiKey> token = api_.token(actor);
    if (token) {
      findings.push_back({.what = person ? "credentials of acting_user" : "credentials"});
      continue;
    }
    const bool refused = token.error().kind == ErrorKind::Unauthorized;
    findings.push_back(
        {.level = refused ? Level::Unauthorized : Level::Failure,
         .what = person ? "credentials of acting_user" : "credentials",
         .detail = token.error().what,
         .remedy = refused ? "make a credential of the type Harvest V3 (OAuth) under Configure > "
                             "Dev Center > API Credential Management, and set client_id and "
                             "client_secret; acting_user is the number in the address of a user's "
                             "page"
                           : "check token_url, and that this machine may reach it"});
    return findings;
  }
  std::map<bool, std::vector<std::string>> needed;  // by whether a person's token writes
  for (const Scope& scope : scopes_known()) {
    if (is_needed(scope, planned))
      needed[scope.writes && api_.writes_as_a_person()].emplace_back(scope.name);
  }
  scopes(Api::Actor::Reader, needed[false], findings);
  if (api_.writes_as_a_person()) scopes(Api::Actor::Writer, needed[true], findings);
  names(planned, findings);
  return findings;
}

bool Checks::is_needed(const Scope& scope, std::span<const PolicyAction> planned) {
  if (scope.kinds.empty()) return true;
  return std::ranges::any_of(planned, [&](const PolicyAction& action) {
    if (std::ranges::find(scope.kinds, action.kind) == scope.kinds.end()) return false;
    if (!scope.owner) return true;
    const Result<std::optional<FoundField>> field = directory_.field(action.field);
    return field && *field && (*field)->owner == *scope.owner;
  });
}

Result<Grant> Checks::grant(const ApiKey& token) {
  const http::Request request{.method = http::Method::Post,
                              .url = auth_.url(introspection_.path),
                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                          {"Accept", "application/json"}},
                              .body = "token=" + http::encode_query_value(token.reveal()) +
                                      "&token_type_hint=access_token"};
  const Result<http::Response> reply = auth_.ask(request);
  if (!reply) return reply.error();
  return read_grant(reply->body);
}

void Checks::scopes(Api::Actor actor, const std::vector<std::string>& needed, Findings& findings) {
  const Result<ApiKey> token = api_.token(actor);
  if (!token) return;
  const Result<Grant> told = introspection_.path.empty()
                                 ? Result<Grant>{Error{ErrorKind::Rejected, "no such endpoint"}}
                                 : grant(*token);
  if (!told || !told->active || told->scopes.empty()) {
    probe(needed, findings);
    return;
  }
  for (const std::string& scope : needed) {
    const std::string name = "harvest:" + scope;
    const bool granted = std::ranges::find(told->scopes, name) != told->scopes.end();
    findings.push_back({.level = granted ? Level::Ok : Level::Failure,
                        .what = "permission " + name,
                        .detail = granted ? "" : "the credential does not have it",
                        .remedy = granted ? "" : kWhereScopes});
  }
  // Who is none gets 403 or empty lists: Harvest v3 'acting user'.
  if (actor == Api::Actor::Reader && !told->role.empty() && told->role != "site_admin") {
    findings.push_back({.level = Level::Warning,
                        .what = "role",
                        .detail = "its user is no Site Admin but " + printable(told->role, 40),
                        .remedy = "lists may come empty: use a credential whose user is one"});
  }
}

/// Where nobody tells what the token may do: reads are tried, writes are not.
void Checks::probe(const std::vector<std::string>& needed, Findings& findings) {
  for (const std::string& scope : needed) {
    const std::string what = "permission harvest:" + scope;
    if (!scope.ends_with(":list")) {
      findings.push_back(
          {.level = Level::Warning,
           .what = what,
           .detail = "not known: Greenhouse does not tell, and to try it would write",
           .remedy = kWhereScopes});
      continue;
    }
    const Result<void> tried = api_.probe(scope.substr(0, scope.find(':')));
    // A list that wants a filter says 422 to whoever may read it.
    const bool may = tried || tried.error().kind == ErrorKind::Rejected;
    const bool refused = !may && tried.error().kind == ErrorKind::Unauthorized;
    findings.push_back({.level = may ? Level::Ok : Level::Failure,
                        .what = what,
                        .detail = may ? "" : tried.error().what,
                        .remedy = refused ? kWhereScopes : ""});
  }
}

void Checks::names(std::span<const PolicyAction> planned, Findings& findings) {
  const auto missing = [&](Level level, std::string what, const Error& error, std::string remedy) {
    findings.push_back({level, std::move(what), error.what, std::move(remedy)});
  };
  for (const PolicyAction& action : planned) {
    if (action.kind == ActionKind::Field) {
      const std::string what = fmt::format("field \"{}\"", printable(action.field, 80));
      const Result<std::optional<FoundField>> found = directory_.field(action.field);
      const Result<std::vector<Named>> all = directory_.field_names();
      if (!found || !all) {
        missing(Level::Failure, what, !found ? found.error() : all.error(), "");
      } else if (!*found) {
        missing(
            Level::Warning, what, connector::find_named("field", action.field, *all).error(),
            "add it under Configure > Custom Options; until then it is written as a tag or a note, "
            "which needs their scopes");
      } else {
        const bool person = (*found)->owner == FieldOwner::Candidate;
        findings.push_back({.what = what, .detail = person ? "a field of the candidate" : ""});
      }
    } else if (action.kind == ActionKind::Reject && !is_template(action.text)) {
      const std::string what = fmt::format("rejection reason \"{}\"", printable(action.text, 80));
      const Result<std::vector<Named>> reasons = directory_.reasons();
      const Result<Named> found =
          reasons ? connector::find_named("rejection reason", action.text, *reasons)
                  : Result<Named>{reasons.error()};
      if (found) {
        findings.push_back({.what = what});
      } else {
        missing(Level::Failure, what, found.error(), "");
      }
    } else if (action.kind == ActionKind::Move && !is_template(action.text)) {
      target_stage(action.text, findings);
    }
  }
}

/// Which route a move is of is not told, so the stage need be in one of the routed jobs alone.
void Checks::target_stage(const std::string& stage, Findings& findings) {
  const std::string what = fmt::format("stage \"{}\" to move to", printable(stage, 80));
  const Result<void> loaded = directory_.load();
  Error last{ErrorKind::Rejected, "no open job is routed"};
  if (!loaded) last = loaded.error();
  for (const std::string& job : directory_.routed_jobs()) {
    const Result<std::vector<Named>> stages = directory_.stages(job);
    const Result<Named> found =
        stages ? connector::find_named("stage", stage, *stages) : Result<Named>{stages.error()};
    if (found) {
      findings.push_back({.what = what});
      return;
    }
    last = found.error();
  }
  findings.push_back({Level::Failure, what, last.what, ""});
}

}  // namespace praxisync::greenhouse
