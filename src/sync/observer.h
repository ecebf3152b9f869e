#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/engagement.h"

namespace praxisync::sync {

enum class Severity { Debug, Info, Warning };

/// How a run tells what it does while it does it. Texts hold no personal data and no secret.
class Observer {
 public:
  virtual ~Observer() = default;
  /// The run has its number; called once, before anything else.
  virtual void begins(RunKey /*run*/) {}
  /// A step of the run begins: "pull gh", "invite to senior-backend-screen".
  virtual void step(std::string_view /*name*/) {}
  /// How far the step is; the total where it is known.
  virtual void progress(std::int64_t /*done*/, std::optional<std::int64_t> /*total*/) {}
  virtual void note(Severity /*severity*/, const std::string& /*text*/) {}
};

}  // namespace praxisync::sync
