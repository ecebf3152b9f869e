/// The runs of `serve`: each a session of its own, so that nothing of one stays for the next.
#pragma once

#include <memory>

#include "cli/one_run.h"
#include "serve/health.h"
#include "serve/live.h"
#include "serve/service.h"

namespace praxisync::cli {

/// Passes on what a run tells to whoever listens to this one.
class Relay final : public sync::Observer {
 public:
  /// For as long as it lives, `to` is told.
  class Turn {
   public:
    Turn(Relay& relay, sync::Observer& to) : relay_(relay) { relay_.to_ = &to; }
    ~Turn() { relay_.to_ = &relay_.nobody_; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Relay& relay_;
  };

  void begun(RunKey run, Timestamp at) override { to_->begun(run, at); }
  void ended(const sync::RunReport& report) override { to_->ended(report); }
  void step(std::string_view name) override { to_->step(name); }
  void progress(std::int64_t done, std::optional<std::int64_t> total) override {
    to_->progress(done, total);
  }
  void note(sync::Severity severity, const std::string& text) override {
    to_->note(severity, text);
  }

 private:
  sync::Observer nobody_;
  sync::Observer* to_ = &nobody_;
};

class ServeRunner final : public serve::Runner {
 public:
  /// Borrows all of them. `live` tells `relay`; `health` learns whether runs can do their work.
  ServeRunner(App& app, const ParsedOptions& options, serve::Live& live, serve::Health& health,
              Relay& relay, Log& log);

  /// What the runs from now on are made with.
  void use(std::shared_ptr<const config::Config> config) { config_ = std::move(config); }
  const config::Config& config() const { return *config_; }

  Result<std::optional<sync::RunReport>> run(
      const serve::Work& work, const std::function<Result<bool>()>& begin,
      const std::function<Result<void>(const sync::RunReport&)>& end) override;
  void warn(const std::string& text) override { log_.warn(text); }

 private:
  Result<std::optional<sync::RunReport>> run_once(
      const serve::Work& work, const std::function<Result<bool>()>& begin,
      const std::function<Result<void>(const sync::RunReport&)>& end);

  App& app_;
  const ParsedOptions& options_;
  serve::Live& live_;
  serve::Health& health_;
  Relay& relay_;
  Log& log_;
  std::shared_ptr<const config::Config> config_;
};

}  // namespace praxisync::cli
