#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/engagement.h"
#include "domain/time.h"

namespace praxisync::sync {

struct RunReport;

enum class Severity { Debug, Info, Warning };

/// How a run tells what it does while it does it. Texts hold no personal data and no secret.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A run begins, and has its number.
  virtual void begun(RunKey /*run*/, Timestamp /*at*/) {}
  /// It is over; also told of one that could not begin, whose number is 0.
  virtual void ended(const RunReport& /*report*/) {}
  /// A step of the run begins: "pull gh", "invite to senior-backend-screen".
  virtual void step(std::string_view /*name*/) {}
  /// How far the step is; the total where it is known.
  virtual void progress(std::int64_t /*done*/, std::optional<std::int64_t> /*total*/) {}
  virtual void note(Severity /*severity*/, const std::string& /*text*/) {}
};

}  // namespace praxisync::sync
