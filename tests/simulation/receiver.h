/// What `serve` is to the senders of webhooks: it believes a delivery as far as the real functions
/// verify it, and keeps where to look until somebody has looked there. It outlives the process: of
/// the inbox, whose file is tested elsewhere, it is what is on the disk.
#pragma once

#include <set>
#include <vector>

#include "http/transport.h"
#include "serve/hints.h"
#include "serve/hook_source.h"
#include "simulation/universe.h"

namespace praxisync::simulation {

class Receiver final : public http::Transport {
 public:
  explicit Receiver(const Universe& universe);

  /// 200 once it is kept, 401 where nobody who may deliver has signed it.
  Result<http::Response> send(const http::Request& request) override;

  /// Where the deliveries point to that nobody has followed.
  const std::set<serve::Place>& waiting() const { return waiting_; }
  /// Whether one has come since the last look at them.
  bool has_news() const { return has_news_; }
  serve::Taken take();
  void done(const serve::Taken& taken);

 private:
  const Universe& universe_;
  std::vector<serve::HookSource> sources_;
  std::set<serve::Place> waiting_;
  bool has_news_ = false;
};

}  // namespace praxisync::simulation
