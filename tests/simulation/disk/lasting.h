#pragma once

namespace praxisync::testing_support {

/// How long a fault goes on.
enum class Lasting { Once, ForEver };

}  // namespace praxisync::testing_support
