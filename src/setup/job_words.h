/// What names of jobs and of assessments are made of, so that "Sr. Back-end Developer (m/f/d)" and
/// "Senior Backend Engineer Screen" can be held against each other. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace praxisync::setup {

/// The words of a name by their part in it, in lower case and one spelling. Words that tell nothing
/// are in none.
struct JobWords {
  std::set<std::string> subject;  ///< backend, data, payments
  std::set<std::string> role;     ///< engineer, analyst, manager
  std::set<std::string> level;    ///< senior, junior, lead
};

JobWords words_of_job(std::string_view name);

/// Of an assessment or pipeline: less what says that it is one ("screen", "test"), and years.
JobWords words_of_target(std::string_view name);

/// Whether a stage of this name is where people take a test, and not where they talk to somebody.
bool is_test_stage(std::string_view name);

/// "senior-backend-engineer": what may be a route's name; empty where no letter is left of it.
std::string route_name_of(std::string_view job);

}  // namespace praxisync::setup
