/// glibc's memory, as a process that lives for months and works for seconds wants it. Elsewhere
/// these do nothing.
#pragma once

namespace praxisync::cli {

/// Dozens of threads answer now and then: each with an arena of its own would hold on to what it
/// once needed. Before there are any.
void share_arenas();

/// What a run needed, its database's cache most of all, goes back to the system.
void return_free_memory();

}  // namespace praxisync::cli
