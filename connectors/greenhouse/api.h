/// Harvest v3, one method per call. Reads are Repeat::Safe and list all pages, but for the two that
/// a pull asks for page by page; writes are Repeat::Look: Greenhouse has no idempotency key.
///
/// Errors by reaction: Rejected, nothing took effect (422, 404; the text names the parameters that
/// were refused); Unauthorized, with the scope that is missing, on 403; OutcomeUnknown where a
/// write may have landed; otherwise as http::classify.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connector/account.h"
#include "connector/client_credentials.h"
#include "connector/http_settings.h"
#include "connectors/greenhouse/wire.h"

namespace praxisync::greenhouse {

/// Every filter that takes a list takes this many at most: Harvest v3 'rules common to all lists'.
inline constexpr std::size_t kMostIds = 50;
inline constexpr int kLargestPage = 500;

/// One page of applications.
struct ApplicationList {
  Rows<ApplicationRow> rows;
  std::string next;  ///< the cursor of the next page; empty: this was the last
  Timestamp answered;
};

/// Which applications are listed: those in process in these stages, or of these jobs.
struct InProcess {
  enum class By { Stage, Job } by = By::Stage;
  std::vector<std::string> ids;  ///< kMostIds at most
};

/// Those that changed, whatever became of them; both ends included.
struct Changed {
  Timestamp from, to;
};

enum class FieldOwner { Application, Candidate };

/// The tokens of one client: a person's for the writes, where one is set, and the service user's.
struct Tokens {
  std::unique_ptr<connector::ClientCredentials> reads;
  std::unique_ptr<connector::ClientCredentials> writes;  ///< null: the same
};

class Api {
 public:
  Api(const connector::World& world, const connector::HttpSettings& settings, Tokens tokens);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// Greenhouse's clock, as far as the last answer told.
  Timestamp server_now() const { return clock_.now() + ahead_; }
  /// The token of the reads, or of the writes.
  enum class Actor { Reader, Writer };
  Result<ApiKey> token(Actor actor);
  bool writes_as_a_person() const { return tokens_.writes != nullptr; }

  Result<ApplicationList> applications(const InProcess& filter);
  Result<ApplicationList> applications(const Changed& window);
  /// Rejected where the cursor is no longer known.
  Result<ApplicationList> applications_after(const std::string& cursor);

  /// nullopt: there is none of that id any more.
  Result<std::optional<ApplicationRow>> application(std::string_view id);
  Result<std::optional<CandidateRow>> candidate(std::string_view id);
  /// Of kMostIds at most. Whoever may not be seen does not come back.
  Result<Rows<CandidateRow>> candidates(std::span<const std::string> ids);
  Result<std::vector<Job>> open_jobs();
  Result<std::vector<Job>> jobs(std::span<const std::string> ids);
  Result<std::vector<Stage>> stages(std::span<const std::string> jobs);
  Result<std::vector<connector::Named>> rejection_reasons();
  Result<std::vector<connector::Named>> tags();
  Result<std::vector<Field>> fields(FieldOwner owner);
  Result<std::vector<FieldOption>> options(std::span<const std::string> fields);
  /// The texts of all notes of an application.
  Result<std::vector<std::string>> notes(std::string_view application);
  Result<bool> has_tag(std::string_view candidate, std::string_view tag);
  /// One row of that list ("jobs"): whether it may be read.
  Result<void> probe(std::string_view list);

  Result<void> add_note(std::string_view candidate, std::string_view application,
                        std::string_view text);
  /// Its id.
  Result<std::string> create_tag(std::string_view name);
  Result<void> apply_tag(std::string_view candidate, std::string_view tag);
  Result<void> set_fields(FieldOwner owner, std::string_view id, std::string body);
  Result<void> move(std::string_view application, std::string_view from, std::string_view to);
  Result<void> reject(std::string_view application, std::string_view reason);

 private:
  struct List {
    std::string_view name;    ///< "applications": of the path and of the scope
    std::string filters{};    ///< encoded, joined by '&'
    std::string_view fields;  ///< to be asked for alone; empty: all
    int per_page = kLargestPage;
  };
  struct Page {
    std::string body, next;
    Timestamp answered;
  };

  Result<http::Response> send(http::Request request, Actor actor, std::string_view scope);
  Result<Page> page(const List& list, const std::string& cursor);
  Result<ApplicationList> application_page(const List& list, const std::string& cursor);
  template <typename Row>
  Result<Rows<Row>> all(const List& list, Result<Rows<Row>> (*read)(std::string_view));
  template <typename Row>
  Result<std::vector<Row>> whole(const List& list, Result<Rows<Row>> (*read)(std::string_view));
  Result<http::Response> write(http::Method method, const std::string& path, std::string_view scope,
                               std::string body);
  Result<void> done(const Result<http::Response>& reply) const;
  connector::ClientCredentials& credentials(Actor actor);

  Clock& clock_;
  Tokens tokens_;
  int page_size_;
  Actor actor_ = Actor::Reader;  ///< who sends now
  connector::Account account_;
  Milliseconds ahead_{0};
  /// The parameters that the last answer, a 422, named; nullopt: it was none.
  std::optional<std::vector<std::string>> refused_;
  std::set<std::string, std::less<>> without_fields_;  ///< lists that refused `fields`
};

}  // namespace praxisync::greenhouse
