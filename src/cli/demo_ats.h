/// The ATS of the demo's story: an export in a file, or one that is played behind a socket.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/assess_sandbox.h"
#include "sandbox/driven_clock.h"

namespace praxisync::cli {

/// What its own books say at the end.
struct DemoVerdict {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  bool as_promised = false;  ///< everybody contacted and nothing done twice
};

class DemoAts {
 public:
  virtual ~DemoAts() = default;

  /// Comes first: makes what it needs in the folder, or starts to serve.
  virtual Result<void> open(const std::filesystem::path& folder) = 0;
  /// What it is, in one clause.
  virtual std::string introduction() const = 0;
  /// The [[connector]] "ats" of the demo's config.
  virtual std::string connector() const = 0;
  /// The variables that it refers to.
  virtual std::map<std::string, std::string> credentials() const = 0;
  /// What recruiters do by the clock's time; empty: nothing.
  virtual std::string work() = 0;
  /// Comes last, when nobody asks the Assess API any more.
  virtual DemoVerdict close(const sandbox::AssessSandbox& assess) = 0;
};

/// "file" and those that are played.
std::vector<std::string> demo_ats_types();
/// `type` is one of them; `clock` outlives the ATS.
std::unique_ptr<DemoAts> make_demo_ats(const std::string& type, sandbox::DrivenClock& clock);

}  // namespace praxisync::cli
