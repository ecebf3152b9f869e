/// Write-backs: each is a set operation, has a marker, or looks first. A person's hand wins.
#pragma once

#include "connectors/lever/directory.h"
#include "domain/write_back.h"

namespace praxisync::lever {

class Writer {
 public:
  Writer(Api& api, Directory& directory) : api_(api), directory_(directory) {}

  /// As Connector::write and Connector::landed.
  Result<Written> write(const WriteBack& action);
  Result<bool> landed(const WriteBack& action);

 private:
  Result<Written> move(const WriteBack& action);
  Result<Written> reject(const WriteBack& action);
  /// Why a recruiter's decision stands in the way of a move or rejection; nullopt: nothing does.
  Result<std::optional<Written>> decided(const WriteBack& action, const Opportunity& now);
  Result<bool> note_landed(const WriteBack& action);

  Api& api_;
  Directory& directory_;
};

}  // namespace praxisync::lever
