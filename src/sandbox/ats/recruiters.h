/// Recruiters at work in the demo's first days, on a few known people: they move some on, reject,
/// merge, rename, anonymise and delete. The same seed and world give the same work.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/random.h"
#include "sandbox/ats/hiring.h"

namespace praxisync::sandbox::ats {

class Recruiters {
 public:
  /// `world` outlives them and is as start_hiring left it, which gave `due`; they begin now.
  Recruiters(Recruiting& world, std::vector<Due> due, std::uint64_t seed = 1);

  /// Does what is due by then, at the world's time; gives a line for each thing done.
  std::vector<std::string> work_until(Timestamp now);

  /// With what they did.
  const std::vector<Due>& due() const { return due_; }

 private:
  struct Task {
    Milliseconds after;  ///< since the beginning
    std::string (Recruiters::*act)();
  };
  static const std::vector<Task>& tasks();

  std::string move_in();
  std::string rename_one();
  std::string move_on();
  std::string reject_one();
  std::string change_email();
  std::string merge_two();
  std::string rename_stage();
  std::string anonymise_one();
  std::string remove_one();

  /// Somebody whom no recruiter has touched.
  Due& pick(std::string_view target);
  std::string person_of(const Due& due) const;
  std::string job_of(const Due& due) const;

  Recruiting& world_;
  std::vector<Due> due_;
  SeededRandom random_;
  Timestamp began_;
  std::set<std::string> touched_;  ///< applications
  std::size_t next_ = 0;
};

}  // namespace praxisync::sandbox::ats
