/// What Greenhouse is asked for once and keeps: jobs and their stages, rejection reasons, tags and
/// custom fields; and which of the stages are routed. Asked anew when it is an hour old.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/greenhouse/api.h"
#include "domain/route.h"

namespace praxisync::greenhouse {

struct FoundField {
  FieldOwner owner = FieldOwner::Application;
  Field field;
};

class Directory {
 public:
  Directory(Api& api, Clock& clock, std::vector<StageFilter> routed)
      : api_(api), clock_(clock), routed_(std::move(routed)) {}

  /// The open jobs, and the stages of those that a route takes.
  Result<void> load();
  /// Jobs that came up since, or are not open any more.
  Result<void> learn(const std::set<std::string>& jobs);
  /// Greenhouse's time when it was loaded.
  Timestamp loaded_at() const { return seen_at_; }

  /// nullptr: none that is known.
  const Job* job(std::string_view id) const;
  /// The id of the stage that an application is in, also where its row tells the name alone.
  std::string stage_of(const ApplicationRow& row) const;
  std::string stage_name_of(const ApplicationRow& row) const;
  /// Whether a route takes what is in that stage of that job. Jobs that are not open are not
  /// routed.
  bool routed(const ApplicationRow& row) const;
  /// Rejected, with what there is, where nothing open is routed at all: a list of nobody would mean
  /// that everybody has left.
  Result<void> check_routed() const;
  /// The ids of what is routed, in an order that new ones stand at the end of.
  std::vector<std::string> routed_stages() const;
  std::vector<std::string> routed_jobs() const;

  Result<std::vector<connector::Named>> stages(const std::string& job);
  Result<std::vector<connector::Named>> reasons();
  Result<std::vector<connector::Named>> tags();
  void forget_tags() { tags_.reset(); }
  /// By id, name_key or name; the application's own first. nullopt: there is none.
  Result<std::optional<FoundField>> field(std::string_view wanted);
  /// All that there are to be named.
  Result<std::vector<connector::Named>> field_names();
  /// The options of these select fields.
  Result<std::vector<FieldOption>> options(const std::vector<std::string>& fields);

 private:
  bool takes_job(const Job& job) const;
  Result<void> add_stages(const std::vector<std::string>& jobs);
  Result<const std::vector<Field>*> fields(FieldOwner owner);
  void forget_if_old();

  Api& api_;
  Clock& clock_;
  std::vector<StageFilter> routed_;
  std::optional<Timestamp> since_;  ///< of our clock
  Timestamp seen_at_{};
  bool loaded_ = false;
  std::map<std::string, Job, std::less<>> jobs_;
  std::map<std::string, std::vector<Stage>, std::less<>> stages_;  ///< by job
  std::optional<std::vector<connector::Named>> reasons_, tags_;
  std::map<FieldOwner, std::vector<Field>> fields_;
  std::map<std::string, std::vector<FieldOption>> options_;  ///< by field
};

}  // namespace praxisync::greenhouse
