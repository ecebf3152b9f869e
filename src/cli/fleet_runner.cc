#include "cli/fleet_runner.h"

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "cli/child.h"

namespace praxisync::cli {
namespace {

constexpr Milliseconds kGrace = std::chrono::seconds{30};
/// A signal may come right before the wait begins.
constexpr int kLookAgain = 500;

}  // namespace

struct FleetRunner::Running {
  OrganisationEnd* end;
  Child child;
  Timestamp begun_at;
  std::string errors{};  ///< a line that is not whole yet
  bool out_open = true, err_open = true;
  bool told = false;  ///< to stop
};

FleetRunner::FleetRunner(App& app, const Clock& clock, FleetOrder order)
    : app_(app), clock_(clock), order_(std::move(order)) {}

FleetRunner::~FleetRunner() = default;

std::vector<OrganisationEnd> FleetRunner::run(
    const std::vector<Organisation>& fleet,
    const std::function<void(const OrganisationEnd&)>& ended) {
  std::vector<OrganisationEnd> ends;
  for (const Organisation& organisation : fleet)
    ends.push_back({.name = organisation.name, .code = kStopped, .output = {}});
  std::size_t next = 0;
  const auto parallel = static_cast<std::size_t>(order_.parallel);
  for (;;) {
    while (!app_.stop && next < fleet.size() && running_.size() < parallel) {
      begin(fleet[next], ends[next]);
      if (!ends[next].begun) ended(ends[next]);
      ++next;
    }
    if (running_.empty() && (app_.stop || next == fleet.size())) break;
    wait_for_text();
    hurry();
    std::erase_if(running_, [&](Running& one) {
      read(one);
      if (one.out_open || one.err_open) return false;
      one.end->code = one.child.wait(one.end->output);
      ended(*one.end);
      return true;
    });
  }
  return ends;
}

void FleetRunner::begin(const Organisation& organisation, OrganisationEnd& end) {
  std::vector<std::string> arguments = order_.arguments;
  arguments.push_back("--config=" + organisation.config.string());
  Result<Child> child =
      Child::start(app_.program, arguments, order_.environment, Child::Errors::Piped);
  if (!child) {
    app_.err << organisation.name << ": " << child.error().what << "\n";
    end.code = kFailed;
    return;
  }
  end.begun = true;
  running_.push_back({.end = &end, .child = std::move(*child), .begun_at = clock_.now()});
}

void FleetRunner::wait_for_text() {
  std::vector<pollfd> ends;
  for (const Running& one : running_) {
    if (one.out_open) ends.push_back({one.child.out(), POLLIN, 0});
    if (one.err_open) ends.push_back({one.child.err(), POLLIN, 0});
  }
  ::poll(ends.data(), ends.size(), kLookAgain);
}

void FleetRunner::read(Running& one) {
  const auto take = [](int descriptor, bool& open, std::string& text) {
    pollfd end{descriptor, POLLIN, 0};
    while (open && ::poll(&end, 1, 0) > 0) open = Child::read_some(descriptor, text);
  };
  take(one.child.out(), one.out_open, one.end->output);
  take(one.child.err(), one.err_open, one.errors);
  print_lines(one, !one.err_open);
}

void FleetRunner::print_lines(Running& one, bool all) {
  if (all && !one.errors.empty() && !one.errors.ends_with('\n')) one.errors += '\n';
  std::size_t from = 0;
  for (std::size_t end = one.errors.find('\n'); end != std::string::npos;
       end = one.errors.find('\n', from)) {
    const std::string_view line(one.errors.data() + from, end + 1 - from);
    if (!line.starts_with('{')) app_.err << one.end->name << ": ";
    app_.err << line;
    from = end + 1;
  }
  one.errors.erase(0, from);
  app_.err.flush();
}

void FleetRunner::hurry() {
  for (Running& one : running_) {
    const bool late = order_.most && clock_.now() - one.begun_at > *order_.most + kGrace;
    if ((app_.stop || late) && !std::exchange(one.told, true)) one.child.send_signal(SIGTERM);
    const bool stuck = order_.most && clock_.now() - one.begun_at > *order_.most + 2 * kGrace;
    if (stuck) one.child.kill();
  }
}

}  // namespace praxisync::cli
