/// What `serve` answers, by path: /healthz, /readyz, /metrics, /hooks/NAME, and the page. Made of
/// one config; when that is read anew another one takes its place. From any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "config/config.h"
#include "http/server.h"
#include "serve/health.h"
#include "serve/hooks.h"
#include "serve/page.h"

namespace praxisync::cli {

class ServeSite {
 public:
  /// Borrows all but the config; `arrived` is called after each new delivery, from its thread.
  ServeSite(const config::Config& config, std::shared_ptr<serve::Inbox> inbox,
            const serve::Live& live, const serve::Health& health, const Clock& clock,
            std::function<void()> arrived);

  http::Response handle(const http::Request& request, const http::Peer& peer);

 private:
  http::Response metrics();

  const config::Config config_;
  const std::shared_ptr<serve::Inbox> inbox_;
  const serve::Health& health_;
  const Clock& clock_;
  serve::Hooks hooks_;
  serve::Pages pages_;
};

}  // namespace praxisync::cli
