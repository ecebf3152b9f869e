/// One kind of ATS, played, with its connector: what the contract of connectors is tried on. Each
/// has the job "Backend Engineer", whose stage "Technical Test" is routed, and "Office Manager",
/// which is not.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "connector/spec.h"
#include "sandbox/ats/recruiting.h"
#include "sandbox/faults.h"
#include "support/fake_clock.h"

namespace praxisync::testing_support {

inline constexpr const char* kJob = "Backend Engineer";
inline constexpr const char* kStage = "Technical Test";

class Ats {
 public:
  virtual ~Ats() = default;

  virtual sandbox::ats::Recruiting& world() = 0;
  virtual connector::ConnectorSpec spec() const = 0;
  /// The connector of a new process.
  virtual std::unique_ptr<connector::Connector> connect() = 0;
  /// What strikes between connector and ATS; nullptr: there is no network between them.
  virtual sandbox::Faults* faults() { return nullptr; }
  /// Requests that went out.
  virtual int requests() const { return 0; }
  /// Texts that no error may hold.
  virtual std::vector<std::string> secrets() const { return {}; }
  /// Everything that was written into it, doubles too.
  virtual int effects() = 0;

  /// How often that tag stands at the application or its person.
  int tagged(const std::string& application, const std::string& tag);
  /// Somebody new in the routed stage; gives the application's id.
  std::string hire(const std::string& first, const std::string& last, const std::string& email);
  /// Numbered people.
  void crowd(int people, int first = 0);
  /// The id of the job's stage of that name.
  std::string stage(const std::string& name);

  FakeClock clock;
  int page_size = 7;

 protected:
  void open_jobs(std::string_view type);

 private:
  std::string job_;
};

/// The connector's own `type` is its name.
std::unique_ptr<Ats> make_ats(const std::string& type);

/// What a reader knows after the pages that it was given, concluding as the engine does.
class Mirror {
 public:
  void take(const ApplicationPage& page);
  /// Application -> "name <address>", of those in the routed stage.
  std::map<std::string, std::string> people() const;

  std::map<std::string, Application> there;
  int pages = 0, set_aside = 0;

 private:
  std::set<std::string> seen_;
};

/// The same from the ATS's own books.
std::map<std::string, std::string> people_in(Ats& ats);

}  // namespace praxisync::testing_support
