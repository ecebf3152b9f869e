#include "connectors/all.h"

#include "connectors/ashby/ashby.h"
#include "connectors/file/file.h"
#include "connectors/greenhouse/greenhouse.h"
#include "connectors/lever/lever.h"

namespace praxisync {

// No static registrars: an object file that nothing refers to is dropped from a static library by
// the linker, and its connector goes missing without an error.
std::vector<connector::ConnectorSpec> all_connectors() {
  return {ashby::spec(), file::spec(), greenhouse::spec(), lever::spec()};
}

}  // namespace praxisync
