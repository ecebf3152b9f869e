/// Which jobs and stages of an ATS go to which assessment or pipeline, by their names. Where it is
/// in doubt nothing is proposed, and it is said why: somebody is going to be mailed. Pure.
#pragma once

#include <string>
#include <vector>

#include "connector/connector.h"
#include "domain/route.h"

namespace praxisync::setup {

/// An assessment that takes invitations, or a pipeline.
struct Choice {
  Target target;
  std::string title;
};

struct ProposedRoute {
  std::string name;  ///< fit for a config, and no other's
  std::string job, stage;
  Choice choice;
};

struct Doubt {
  std::string job;
  std::string why;  ///< "no stage looks like a test"
};

struct Proposal {
  std::vector<ProposedRoute> routes;
  std::vector<Doubt> doubts;  ///< a job each
};

/// In the order of the openings; jobs of one name are one. Where a job has just one of the
/// `stages`, that is where its tests are taken; otherwise it is one that looks like a test.
Proposal propose(const std::vector<connector::Opening>& openings,
                 const std::vector<Choice>& choices, const std::vector<std::string>& stages = {});

}  // namespace praxisync::setup
