#include "connectors/ashby/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "connector/names.h"
#include "domain/text.h"

namespace praxisync::ashby {
namespace {

using connector::Finding;
using connector::Named;

constexpr std::string_view kWhere =
    "in Ashby: Admin › Integrations › API Keys › the key that praxisync uses";

struct Allowance {
  std::string_view permission;  ///< as the documents and error texts name it
  std::string_view scope;       ///< as apiKey.info does: «2. Permissions»; the writes by analogy
  std::string_view shown;       ///< where to click
  std::string_view use;
  std::string_view probe;  ///< a read that it allows; empty: none
};

constexpr Allowance kAllowances[] = {
    {"candidatesRead", "candidates:read", "Candidates: Read",
     "to list applications with names and e-mail addresses, and to look before writing",
     "application.list"},
    {"candidatesWrite", "candidates:write", "Candidates: Write",
     "to write notes, tags, fields, moves and rejections", ""},
    {"jobsRead", "jobs:read", "Jobs: Read", "to list the jobs that routes may name", "job.list"},
    {"interviewsRead", "interviews:read", "Interviews: Read",
     "to list the stages that routes, moves and rejections may name", ""},
    {"hiringProcessMetadataRead", "hiringProcessMetadata:read", "Hiring Process Metadata: Read",
     "to find custom fields and archive reasons by their names", "archiveReason.list"},
    {"hiringProcessMetadataWrite", "hiringProcessMetadata:write", "Hiring Process Metadata: Write",
     "to make tags", ""},
    {"apiKeysRead", "apiKeys:read", "API Keys: Read", "to see in doctor what the key may do", ""},
};

bool writes(std::span<const PolicyAction> planned, ActionKind kind) {
  return std::ranges::find(planned, kind, &PolicyAction::kind) != planned.end();
}

class Check {
 public:
  Check(Api& api, Directory& directory, std::span<const PolicyAction> planned)
      : api_(api), directory_(directory), planned_(planned) {}

  std::vector<Finding> run() {
    const auto scopes = api_.scopes();
    if (!scopes && scopes.error().kind == ErrorKind::Unauthorized) {
      add(Finding::Level::Unauthorized, "API key", scopes.error().what,
          "give api_key a key that is active: Admin › Integrations › API Keys");
      return std::move(findings_);
    }
    if (!scopes) {
      add(Finding::Level::Failure, "API key", scopes.error().what, "");
      return std::move(findings_);
    }
    add(Finding::Level::Ok, "API key", "it is accepted", "");
    version();
    if (*scopes) {
      compare({(*scopes)->begin(), (*scopes)->end()});
    } else {
      probe();
    }
    fields();
    reasons();
    return std::move(findings_);
  }

 private:
  void add(Finding::Level level, std::string what, std::string detail, std::string remedy) {
    findings_.push_back({level, std::move(what), std::move(detail), std::move(remedy)});
  }

  bool is_needed(const Allowance& allowance) {
    const std::string_view name = allowance.permission;
    if (name == "candidatesWrite") return !planned_.empty();
    const bool has_fields = writes(planned_, ActionKind::Field);
    if (name == "hiringProcessMetadataRead")
      return has_fields || writes(planned_, ActionKind::Reject);
    // A field that is not there becomes a tag.
    if (name == "hiringProcessMetadataWrite")
      return writes(planned_, ActionKind::Tag) || has_fields;
    return name != "apiKeysRead";
  }

  // «1. Transport»: anything but `active` is worth a warning.
  void version() {
    const std::string status = printable(api_.version_status(), 40);
    if (status.empty() || status == "active") return;
    add(Finding::Level::Warning, "API version", "Ashby calls version 2026-01-01 " + status,
        "look for a newer praxisync");
  }

  /// Scopes are taken in either spelling that the documents have.
  void compare(std::set<std::string> further) {
    for (const Allowance& allowance : kAllowances) {
      const std::size_t found = further.erase(std::string(allowance.scope)) +
                                further.erase(std::string(allowance.permission));
      if (!is_needed(allowance)) continue;
      const bool has = found > 0;
      report(allowance, has ? Finding::Level::Ok : Finding::Level::Unauthorized,
             has ? "granted" : "missing");
    }
    std::string list;
    for (const std::string& scope : further)
      list.append(list.empty() ? "" : ", ").append(printable(scope, 60));
    if (!list.empty()) {
      add(Finding::Level::Warning, "further permissions", "praxisync has no use for " + list,
          fmt::format("take them away {}", kWhere));
    }
  }

  /// The key may not see what it may do: what reads allow is tried, writes are not.
  void probe() {
    for (const Allowance& allowance : kAllowances) {
      if (!is_needed(allowance)) continue;
      if (allowance.probe.empty()) {
        report(allowance, Finding::Level::Warning, "cannot be seen without apiKeysRead");
        continue;
      }
      const Result<void> tried = api_.probe(allowance.probe);
      const bool missing = !tried && tried.error().kind == ErrorKind::Unauthorized;
      report(allowance,
             tried     ? Finding::Level::Ok
             : missing ? Finding::Level::Unauthorized
                       : Finding::Level::Failure,
             tried ? "granted" : tried.error().what);
    }
  }

  void report(const Allowance& allowance, Finding::Level level, std::string detail) {
    const bool fine = level == Finding::Level::Ok;
    add(level, fmt::format("permission {}", allowance.permission), std::move(detail),
        fine ? "" : fmt::format("tick {} {}: {}", allowance.shown, kWhere, allowance.use));
  }

  void fields() {
    for (const std::string& wanted : named_by(ActionKind::Field, &PolicyAction::field)) {
      const std::string what = fmt::format("custom field \"{}\"", printable(wanted, 80));
      const Result<std::optional<Field>> found = directory_.field(wanted);
      if (!found) {
        add(Finding::Level::Failure, what, found.error().what, "");
      } else if (*found) {
        add(Finding::Level::Ok, what,
            fmt::format("of the {}, {}", to_lower((*found)->object), (*found)->type), "");
      } else {
        add(Finding::Level::Warning, what, "a tag is written instead: " + no_field(wanted),
            "Admin › Custom Fields: add it to applications, or name one of the list");
      }
    }
  }

  std::string no_field(const std::string& wanted) {
    const Result<std::vector<Field>> all = directory_.fields();
    std::vector<Named> writable;
    for (const Field& field : all ? *all : std::vector<Field>()) {
      const bool fits = field.object == "Application" || field.object == "Candidate";
      if (fits && is_writable(field)) writable.push_back(field.named);
    }
    const Result<Named> none = connector::find_named("such field", wanted, writable);
    return none ? std::string() : none.error().what;
  }

  void reasons() {
    for (const std::string& wanted : named_by(ActionKind::Reject, &PolicyAction::text)) {
      const std::string what = fmt::format("archive reason \"{}\"", printable(wanted, 80));
      const Result<std::vector<Named>> all = directory_.reasons();
      const Result<Named> found =
          all ? connector::find_named("archive reason", wanted, *all) : Result<Named>(all.error());
      const bool fine = found.has_value();
      add(fine ? Finding::Level::Ok : Finding::Level::Failure, what,
          fine ? "it is there" : found.error().what,
          fine ? "" : "name one that there is, by its text or id");
    }
  }

  /// Each once; not those that only the outcome decides.
  std::set<std::string> named_by(ActionKind kind, std::string PolicyAction::*name) {
    std::set<std::string> names;
    for (const PolicyAction& action : planned_) {
      const bool fixed = (action.*name).find('{') == std::string::npos;
      if (action.kind == kind && fixed) names.insert(action.*name);
    }
    return names;
  }

  Api& api_;
  Directory& directory_;
  std::span<const PolicyAction> planned_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<connector::Permission> permissions() {
  std::vector<connector::Permission> all;
  for (const Allowance& allowance : kAllowances)
    all.push_back({std::string(allowance.permission), std::string(allowance.use)});
  return all;
}

std::vector<Finding> check(Api& api, Directory& directory, std::span<const PolicyAction> planned) {
  return Check(api, directory, planned).run();
}

Result<connector::Openings> openings(Api& api, Directory& directory) {
  const Result<std::vector<Job>> jobs = api.open_jobs();
  if (!jobs) return jobs.error();
  connector::Openings all;
  for (const Job& job : *jobs) {
    connector::Opening opening{.job = job.named, .stages = {}};
    for (const std::string& plan : job.plans) {
      // Plans are shared by jobs: one request for each, not for each job («4. Jobs, plans,
      // stages»).
      const Result<std::vector<Stage>> stages = directory.stages(plan);
      if (!stages) return stages.error();
      for (const Stage& stage : *stages) {
        if (stage.type != "Archived") opening.stages.push_back({.stage = stage.named});
      }
    }
    all.all.push_back(std::move(opening));
  }
  return all;
}

}  // namespace praxisync::ashby
