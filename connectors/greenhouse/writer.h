/// The write-backs. Notes carry the action's marker; tags, fields, moves and rejections are set
/// operations: what stands there already is not written again. Nothing is written over a person's
/// hand.
#pragma once

#include <string>

#include "connectors/greenhouse/directory.h"

namespace praxisync::greenhouse {

class Writer {
 public:
  Writer(Api& api, Directory& directory) : api_(api), directory_(directory) {}

  Result<Written> write(const WriteBack& action);
  Result<bool> landed(const WriteBack& action);

 private:
  /// How a field of that name is written: as itself, or as what stands in for it.
  struct Plan {
    std::optional<FoundField> field{};
    std::string json{};  ///< of the value
    std::string why{};   ///< there is no field to write to
  };
  struct Holder {
    std::string id;
    FieldValues fields;
  };

  Result<Written> note(const WriteBack& action);
  Result<Written> tag(const WriteBack& action);
  Result<Written> field(const WriteBack& action);
  Result<Written> move(const WriteBack& action);
  Result<Written> reject(const WriteBack& action);

  Result<Plan> plan(const WriteBack& action);
  Result<Written> write_instead(const WriteBack& action, const std::string& why);
  /// Whose fields they are; nullopt: gone.
  Result<std::optional<Holder>> holder(const WriteBack& action, FieldOwner owner);
  /// The body that sets one field and leaves all others as they are.
  Result<std::string> merged(const Holder& holder, const FoundField& found,
                             const std::string& json);
  Result<std::string> tag_id(const std::string& name);
  Result<std::string> target_stage(const WriteBack& action, const ApplicationRow& row);
  /// Tries `write` with the action's candidate, and again where the application is another one's by
  /// now.
  template <typename Write>
  Result<Written> to_candidate(const WriteBack& action, Write write);
  /// Why the application may not be moved or rejected; empty: nothing stands against it.
  std::string taken(const WriteBack& action, const ApplicationRow& row) const;

  Api& api_;
  Directory& directory_;
  /// Which id a move takes for where it comes from. What the documents say differs: Harvest v3
  /// 'move to another stage'.
  enum class From { Unknown, Stage, Row } from_ = From::Unknown;
};

}  // namespace praxisync::greenhouse
