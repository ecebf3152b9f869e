/// Stands before both peers and looks at the disk whenever something is about to take effect: what
/// a loss of power would leave at that moment must hold the intent. Also the place where a dead
/// process's requests end.
#pragma once

#include <filesystem>

#include "domain/write_back.h"
#include "http/transport.h"
#include "simulation/disk/fault_disk.h"

namespace praxisync::testing_support {

class IntentGate final : public http::Transport {
 public:
  IntentGate(http::Transport& next, const FaultDisk& disk, std::filesystem::path database)
      : next_(next), disk_(disk), database_(std::move(database)) {}

  Result<http::Response> send(const http::Request& request) override;
  /// An action on the ATS.
  void pass(const WriteBack& action);

  /// Effects that were held against the disk.
  int passed() const { return passed_; }

 private:
  /// Whether the query finds a row in what is durable.
  bool durable(const char* query, const std::vector<std::string>& values);

  http::Transport& next_;
  const FaultDisk& disk_;
  FaultDisk mirror_;
  std::filesystem::path database_;
  int passed_ = 0;
};

}  // namespace praxisync::testing_support
