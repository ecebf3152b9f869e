#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/time.h"

namespace praxisync {

/// One candidate's candidacy for one job in an ATS, now in one stage, as a connector reports it.
struct Application {
  ApplicationId id;
  CandidateId candidate;
  std::string email;     ///< as the ATS has it, unchecked; empty where it has none
  std::string name;      ///< may be empty
  std::string job;       ///< what recruiters call it
  std::string job_id{};  ///< empty where the ATS has no ids
  std::string stage;
  std::string stage_id{};
  std::optional<Timestamp> updated_at{};
  /// Why the ATS wants this person not to be contacted now, in a few words without personal data;
  /// empty: nothing stands against it.
  std::string hold{};

  friend bool operator==(const Application&, const Application&) = default;
};

/// A record that could not be read and was set aside, so that the others could go on.
struct SetAside {
  std::string record;  ///< where it is: "export.csv:17", or an id; the same each time it is met
  std::string reason;  ///< what is wrong and how to mend it; holds no personal data

  friend bool operator==(const SetAside&, const SetAside&) = default;
};

/// An application that was positively seen outside of every routed stage: moved on, rejected,
/// hired, archived, anonymised or deleted.
struct Departure {
  ApplicationId id;
  std::string stage{};  ///< where it stands now; empty: nowhere, or not known
  /// Of an application that is still open: where it stands. Whoever stands in the same stage of the
  /// same job as before has not left: one of them has another name now.
  std::string job_id{}, stage_id{};

  friend bool operator==(const Departure&, const Departure&) = default;
};

/// How a page stands to a full listing of the source. Only a sweep that was read from its first
/// page to its last shows that an application which did not occur has left.
enum class Sweep {
  Incremental,  ///< says nothing of what it does not hold
  Further,      ///< the same, behind a page that an earlier pull may have read
  Starts,       ///< the first page of a full listing
  Continues,
  Ends,   ///< the last page of a full listing
  Whole,  ///< a full listing in one page
};

/// One page of a pull. The cursor may be stored only together with the applications.
struct ApplicationPage {
  std::vector<Application> applications;
  std::vector<SetAside> set_aside;
  Cursor next;        ///< where the next pull goes on, whether or not there is `more` now
  bool more = false;  ///< an empty page with `more` set is not the end
  Sweep sweep = Sweep::Incremental;
  std::vector<Departure> left{};  ///< may name applications that nobody ever heard of
  /// With the last page of a sweep: the ids of the stages that it listed, where it did not list all.
  /// Who is absent, but was last seen in another one, need not have left: that stage may have been
  /// renamed.
  std::vector<std::string> swept_stages{};
};

}  // namespace praxisync
