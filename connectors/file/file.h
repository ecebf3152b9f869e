/// The embedded default: applications from a CSV or JSON-lines export, outcomes into a results file
/// beside it. All that praxisync needs to run without an account at any ATS.
#pragma once

#include "connector/spec.h"

namespace praxisync::file {

connector::ConnectorSpec spec();

}  // namespace praxisync::file
