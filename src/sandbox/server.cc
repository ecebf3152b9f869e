#include "sandbox/server.h"

#include "sandbox/control.h"

namespace praxisync::sandbox {

SandboxServer::SandboxServer(AssessSandbox& sandbox, DrivenClock& clock, ServerOptions options)
    : sandbox_(sandbox),
      clock_(clock),
      server_(
          [this](const http::Request& request) -> Delivery {
            const std::lock_guard lock(mutex_);
            if (is_control_path(parse_target(request.url).path))
              return {control(sandbox_, clock_, request)};
            return sandbox_.deliver(request);
          },
          options) {}

}  // namespace praxisync::sandbox
