#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Phase 1: each connector's pages since its checkpoint, one transaction a page. Routes that
/// changed since the last run make the connector be read from its start again, so that nobody whom
/// the cursor has passed is missed. A connector that fails does not hold up the others.
Course pull(Context& context);

/// Before anybody is contacted: those connectors as well whose people are queued by now and that
/// the run's scope has left out so far.
Course pull_queued(Context& context);

/// What identifies the people that a connector's routes take: another one means reading again.
std::string fingerprint_of(const std::vector<Route>& routes, const ConnectorName& connector);

}  // namespace praxisync::sync
