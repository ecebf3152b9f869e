/// Processes side by side, one an organisation.
#pragma once

#include <functional>
#include <list>
#include <optional>

#include "cli/fleet.h"
#include "domain/clock.h"

namespace praxisync::cli {

/// What is run for each organisation.
struct FleetOrder {
  std::vector<std::string> arguments;  ///< before --config
  config::Environment environment;     ///< all that each process gets
  int parallel = 1;
  /// How long one may take by its own account. Beyond it and a grace it is told to stop, then
  /// ended.
  std::optional<Milliseconds> most{};
};

struct OrganisationEnd {
  std::string name;
  int code = 0;  ///< its exit code, or 128 and the signal that ended it; kStopped: not begun
  bool begun = false;
  std::string output;  ///< its stdout
};

/// Runs all of them; once `app.stop` is set no more are begun and the others are told to stop. Each
/// line that one has for stderr goes there with its name in front, or as it is where logs are JSON.
class FleetRunner {
 public:
  FleetRunner(App& app, const Clock& clock, FleetOrder order);
  ~FleetRunner();

  /// In the order of the fleet; `ended` is told of each as it ends.
  std::vector<OrganisationEnd> run(const std::vector<Organisation>& fleet,
                                   const std::function<void(const OrganisationEnd&)>& ended);

 private:
  struct Running;

  void begin(const Organisation& organisation, OrganisationEnd& end);
  void wait_for_text();
  void read(Running& one);
  void print_lines(Running& one, bool all);
  void hurry();

  App& app_;
  const Clock& clock_;
  FleetOrder order_;
  std::list<Running> running_;
};

}  // namespace praxisync::cli
