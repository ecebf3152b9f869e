/// Writing to Ashby. Notes and tags are a candidate's, stages and most fields an application's.
#pragma once

#include "connectors/ashby/directory.h"
#include "domain/write_back.h"

namespace praxisync::ashby {

class Writer {
 public:
  Writer(Api& api, Directory& directory) : api_(api), directory_(directory) {}

  Result<Written> write(const WriteBack& action);
  Result<bool> landed(const WriteBack& action);

 private:
  /// What an action is here, and the remark that says so: a link is a note, a field that is not
  /// there a tag or a note.
  struct Plan {
    WriteBack action;
    std::optional<Field> field{};
    std::string remark{};
  };
  Result<Plan> plan(const WriteBack& action);

  Result<Written> write_note(const WriteBack& action);
  Result<Written> write_tag(const WriteBack& action);
  Result<Written> write_field(const WriteBack& action, const Field& field);
  Result<Written> move(const WriteBack& action);
  Result<Written> reject(const WriteBack& action);
  Result<Written> change_stage(const WriteBack& action, const Stage& from, const Stage& to,
                               const std::string& reason = {});

  Result<bool> note_landed(const WriteBack& action);
  Result<bool> tag_landed(const WriteBack& action);
  Result<bool> field_landed(const WriteBack& action, const Field& field);

  /// What `act` gives for the action's candidate, and where that one is gone for the one whom the
  /// application is of now: the two were merged. `act` takes an id and gives a
  /// Result<std::optional<…>>, nullopt where there is no such candidate.
  template <typename Act>
  auto on_candidate(const WriteBack& action, Act&& act) -> decltype(act(std::string()));
  /// What stands in a field; nullopt: whose it would be is gone.
  struct Standing {
    std::string object;                 ///< whose it is
    std::optional<FieldValue> value{};  ///< nullopt: it is empty
  };
  Result<std::optional<Standing>> standing(const WriteBack& action, const Field& field);

  Api& api_;
  Directory& directory_;
};

}  // namespace praxisync::ashby
