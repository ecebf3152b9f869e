/// What a person or a test may ask of a running sandbox beside the API, as JSON. No key is needed:
/// it is for loopback.
///   GET  /                        is it there
///   POST /__sandbox/clock         {"advance":"1h30m"} (or {}) -> {"now":…}
///   POST /__sandbox/candidates {"email":…,"assessment":SLUG,"do":"start|finish|expire","score":85}
///   POST /__sandbox/faults {"fault":"drop_after_applying","method":"POST","path":"/enroll/",
///                                  "skip":0,"times":1,"status":503,"headers":{},"body":"","bytes":0,"delay":"2s"}
///   GET  /__sandbox/truth         counts: invitations, people invited or mailed twice, requests …
#pragma once

#include <string_view>

#include "http/transport.h"
#include "sandbox/assess_sandbox.h"
#include "sandbox/driven_clock.h"

namespace praxisync::sandbox {

/// Whether `path` is answered by `control`.
bool is_control_path(std::string_view path);

http::Response control(AssessSandbox& sandbox, DrivenClock& clock, const http::Request& request);

}  // namespace praxisync::sandbox
