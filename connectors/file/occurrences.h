#pragma once

#include <map>
#include <string>

#include "connector/connector.h"

namespace praxisync::file {

/// The jobs and stages that occur in an export, with how many applications are in each.
class Occurrences {
 public:
  /// Past a thousand pairs new ones are left out.
  void add(const Application& application);
  connector::Openings openings() const;

 private:
  std::map<std::string, std::map<std::string, std::int64_t>> jobs_;
  std::size_t pairs_ = 0;
};

}  // namespace praxisync::file
