/// One method for each call of Ashby's API that praxisync makes. All of them are POSTs; each says
/// what may be repeated. An answer is judged by its `success`, then by its HTTP status.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connector/account.h"
#include "connectors/ashby/wire.h"

namespace praxisync::ashby {

/// What an answer comes to, where it is no error of another kind.
enum class Says { Yes, PageLost, TokenLost, Gone, NotPermitted };

struct Listed {
  Says says = Says::Yes;  ///< or PageLost or TokenLost: then there are no rows
  RowPage page{};
  Timestamp answered{};  ///< by Ashby's clock
};

inline constexpr int kMostPages = 1000;  ///< of a list but applications: more go in circles

/// Whether what was written to is still there.
enum class Target { Here, Gone };

class Api {
 public:
  Api(const connector::World& world, const http::Origin& origin, const ApiKey& key, int page_size);

  // Errors as connector::Account::ask; Unauthorized names the permission that is missing. A write
  // whose answer cannot be read is OutcomeUnknown. nullopt and Gone: Ashby knows none of that id.
  Result<Listed> applications(const std::string& cursor, const std::string& sync_token);
  Result<std::optional<Candidacy>> application(const std::string& id);
  Result<std::optional<Candidate>> candidate(const std::string& id);
  Result<std::optional<NotePage>> notes(const std::string& candidate, const std::string& cursor);

  Result<std::vector<Job>> open_jobs();
  Result<std::vector<Stage>> stages(const std::string& plan);
  Result<std::vector<Field>> fields();
  Result<std::vector<connector::Named>> reasons();

  Result<Target> create_note(const std::string& candidate, const std::string& text);
  /// The id of the tag of that title, which is there afterwards.
  Result<std::string> make_tag(const std::string& title);
  Result<Target> add_tag(const std::string& candidate, const std::string& tag);
  Result<Target> set_value(const Field& field, const std::string& object, const FieldValue& value);
  Result<Target> change_stage(const std::string& application, const std::string& stage,
                              const std::string& reason = {});

  /// What the key may do, as "candidates:read"; nullopt: it may not see that.
  Result<std::optional<std::vector<std::string>>> scopes();
  /// One row of a list, to see whether it may be read.
  Result<void> probe(std::string_view method);
  /// What Ashby said last of the version that is asked for; empty: nothing.
  const std::string& version_status() const { return version_status_; }

 private:
  struct Reply {
    Says says = Says::Yes;
    Answer answer;
    Timestamp answered;  ///< by Ashby's clock
  };

  Result<Reply> call(std::string_view method, std::string body, http::Repeat repeat);
  /// Only Yes and Gone; the rest are errors.
  Result<Reply> ask(std::string_view method, std::string body,
                    http::Repeat repeat = http::Repeat::Safe);
  template <typename Thing, typename Parse>
  Result<std::optional<Thing>> look_up(std::string_view method, std::string body, Parse&& parse);
  template <typename Thing, typename Parse>
  Result<Thing> read(std::string_view method, std::string body, Parse&& parse);
  template <typename Thing, typename Body, typename Parse>
  Result<std::vector<Thing>> all_of(std::string_view method, Body&& body, Parse&& parse);
  Result<Target> write(std::string_view method, std::string body);

  Clock& clock_;
  connector::Account account_;
  int page_size_;
  std::string version_status_;
};

}  // namespace praxisync::ashby
