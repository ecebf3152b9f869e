#pragma once

#include <string_view>
#include <vector>

namespace praxisync::store {

/// The numbered files of migrations/, the first at index 0. A file that was released is never
/// edited.
const std::vector<std::string_view>& migrations();

}  // namespace praxisync::store
