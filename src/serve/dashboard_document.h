/// The documents that the page is made from. docs/documents.schema.json has their fields; they are
/// added to, never renamed.
#pragma once

#include <string>
#include <vector>

#include "report/masking.h"
#include "serve/dashboard.h"
#include "serve/live.h"

namespace praxisync::serve {

enum class Search { Open, Closed };  ///< whether whoever asks may look for a candidate

/// What GET /api/overview answers.
std::string overview_document(const LivePicture& live, const Dashboard& seen, Search search);

/// What GET /api/candidate answers: `explain`'s document, masked unless asked for whole.
std::string candidate_document(std::vector<store::Story> stories,
                               const std::vector<sync::Decision>& decisions,
                               report::Persons persons);

/// What every refusal answers: what is wrong, and what to do.
std::string refusal_document(const std::string& what, const std::string& mend);

}  // namespace praxisync::serve
