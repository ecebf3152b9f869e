/// What a connector's spec says, for people and programs: help, a document and the tables of its
/// README.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "connector/spec.h"

namespace praxisync::cli {

/// All types, a line each.
std::string connectors_table(const std::vector<connector::ConnectorSpec>& specs,
                             const Terminal& terminal);
/// One type: what it can do, its settings, permissions and a section of a config to start from.
std::string connector_page(const connector::ConnectorSpec& spec, const Terminal& terminal);
/// One JSON document; `docs/documents.schema.json` describes it.
std::string connectors_document(const std::vector<connector::ConnectorSpec>& specs);
/// The tables of a README: settings, write-backs and permissions.
std::string connector_markdown(const connector::ConnectorSpec& spec);

}  // namespace praxisync::cli
