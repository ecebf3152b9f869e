/// The safety invariants, held against the peers' own books while praxisync runs: at each request
/// and after each run.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "http/transport.h"
#include "simulation/trace.h"
#include "simulation/universe.h"
#include "store/store.h"
#include "sync/engine.h"
#include "sync/scope.h"

namespace praxisync::simulation {

/// Which excuses a world has earned: what no client could have prevented.
struct Excuses {
  bool database_lost = false;  ///< or an old one restored: it cannot know what was enrolled
  bool restored = false;       ///< a backup: it cannot know what was written since
  bool others = false;         ///< somebody else uses the key's limits
  bool second = false;         ///< another instance took over while one was frozen
  bool twice = false;          ///< a proxy repeated a request
};

class Safety {
 public:
  Safety(const Universe& universe, const Excuses& excuses, Violations& found);

  void run_begins(int most_contacts);
  /// Another instance takes the lease and contacts people of its own; then this run has no say any
  /// more.
  void other_begins() { own_contacts_ = std::exchange(contacted_, {}); }
  void was_overtaken() {
    contacted_ = std::exchange(own_contacts_, {});
    overtaken_ = true;
  }
  /// A source was read to its end in this run, so what the run knows of it is today's.
  void was_read(const Ats& ats) { read_.insert(ats.name); }
  /// A source is being read; one that the run's scope leaves out is not.
  void is_asked(const Ats& ats) { asked_.insert(ats.name); }
  /// A source's list came to its end in this run.
  void came_to_its_end(const Ats& ats) { ended_.insert(ats.name); }
  /// The hints of that scope are taken back, on the word of the run that has just ended.
  void hints_are_followed(const sync::Scope& scope);
  /// A page that a source gave.
  void told(const Ats& ats, const Cursor& after, const ApplicationPage& page);
  /// Before a request reaches the Assess API; `ledger` is what is durable by now.
  void request(const http::Request& request, store::Store& durable);
  void answered(const http::Request& request, const Result<http::Response>& reply);
  /// Before a write reaches an ATS.
  void write(const Ats& ats, const WriteBack& action, store::Store& durable);
  /// nullptr: it crashed.
  void run_ended(const sync::RunReport* report, store::Store& durable);

 private:
  void violated(std::string invariant, std::string what);
  void check_contact(const http::Request& request, store::Store& durable);
  void check_cancellation(const http::Request& request);
  void check_reminder(const http::Request& request);
  void check_effects();
  void check_reminders();
  void check_cursors(store::Store& durable);
  void check_budget(const sync::RunReport& report);
  void check_texts(const sync::RunReport& report);
  enum class Address { Todays, Any };
  /// Whether anybody of that address, today or ever, stands in a stage that leads to that target.
  bool wanted(const std::string& email_key, const std::string& target, Address address) const;
  /// Whether that person holds an invitation already, so that another call changes nothing.
  bool holds(const std::string& email_key, const std::string& assessment) const;
  /// Whether what the run has read is all of today, of each source that it asked. Whom it has on no
  /// such word, it must not contact.
  bool all_read() const { return read_ == asked_; }

  const Universe& universe_;
  const Excuses& excuses_;
  Violations& found_;
  std::set<std::string> asked_, ended_, read_;  ///< sources, in this run
  std::optional<Timestamp> closed_until_[2];
  bool quota_refused_ = false, overtaken_ = false;
  int key_refusals_ = 0;
  struct Told {
    std::string ats;
    Cursor next;
    std::vector<ApplicationId> routed;
  };
  std::vector<Told> told_;                              ///< in this run
  std::map<std::string, Cursor> began_at_;              ///< the run, in each source
  std::set<std::pair<std::string, std::string>> kept_;  ///< of an ATS, that the database holds
  std::deque<Timestamp> requests_at_[2];  ///< of the last hour: those that read, those that write
  bool calm_ = true;                      ///< nothing fails in this world
  bool counts_reminders_ = true;          ///< nothing in this world can repeat one behind our back
  int requests_ = 0, contacts_ = 0, most_contacts_ = 0;
  std::set<std::string> contacted_, own_contacts_;
  /// Where each application stood when the run began: nobody else moves it meanwhile.
  std::map<std::string, bool> stood_in_routed_stage_;
  std::vector<std::size_t> effects_seen_;
  std::map<std::string, int> notes_;  ///< by application and text
};

}  // namespace praxisync::simulation
