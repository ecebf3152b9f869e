#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Before anything else: is this the organisation whose database this is? Costs one read where the
/// database is not bound yet, or the key or the base URL is another than last time; else nothing.
/// Another organisation ends the run (Ending::OtherOrganisation). Where it cannot be learnt, a
/// bound database ends the run too; an unbound one is pulled into, but nothing is asked of the
/// Assess API.
Course bind(Context& context);

/// What is wrong where the key's organisation is not the database's, and how to mend it.
std::string other_organisation(const std::string& of_database, const std::string& of_key);

/// How an organisation is told from others: by its slug, or by where it is found.
std::string identity_of(const assess::Organisation& organisation, const std::string& base_url);

}  // namespace praxisync::sync
