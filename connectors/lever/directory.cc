#include "connectors/lever/directory.h"

#include <fmt/format.h>

#include "connector/names.h"
#include "domain/text.h"

namespace praxisync::lever {

Directory::Directory(Api& api)
    : stages_([&api](const std::string& offset) { return api.stages(offset); }),
      postings_([&api](const std::string& offset) { return api.postings(offset); }),
      reasons_([&api](const std::string& offset) { return api.reasons(offset); }) {}

Result<Stage> Directory::stage_called(std::string_view name) {
  const Result<const std::vector<Stage>*> all = stages_.all();
  if (!all) return all.error();
  return connector::find_named("stage", name, **all);
}

Result<Reason> Directory::rejection_called(std::string_view name) {
  const Result<const std::vector<Reason>*> all = reasons_.all();
  if (!all) return all.error();
  std::vector<connector::Named> usable, others;
  for (const Reason& reason : **all)
    (reason.active && !reason.hired ? usable : others).push_back({reason.id, reason.name});
  Result<connector::Named> found = connector::find_named("archive reason", name, usable);
  if (!found) {
    if (!connector::find_named("archive reason", name, others)) return std::move(found).error();
    return Error{ErrorKind::Rejected,
                 fmt::format("the archive reason \"{}\" is for hiring, or no longer in use: "
                             "nobody is rejected with it",
                             printable(name, 80))};
  }
  return **reasons_.find(found->id);
}

}  // namespace praxisync::lever
