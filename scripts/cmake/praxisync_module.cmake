# Warnings belong to our own targets only: third-party headers come in as SYSTEM.
add_library(praxisync_warnings INTERFACE)
target_compile_options(praxisync_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Werror
  # GCC 12 sees overlapping copies in std::string's operator+ where there are none.
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-restrict>
  # Where several files are compiled as one, a file of ours looks like a header to this warning.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>)

# The standard library's share of each file, compiled once: a third of a clean build's time.
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/pch.cc" CONTENT "")
add_library(praxisync_pch OBJECT "${CMAKE_BINARY_DIR}/pch.cc")
target_compile_features(praxisync_pch PRIVATE cxx_std_20)
target_link_libraries(praxisync_pch PRIVATE praxisync_warnings)
target_precompile_headers(praxisync_pch PRIVATE
  <algorithm> <atomic> <chrono> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view>
  <unordered_map> <utility> <variant> <vector>)

set(PRAXISYNC_ALONE "" CACHE STRING "Files compiled alone where CMAKE_UNITY_BUILD joins the others, for example src/http/url.cc")

# praxisync_module(NAME SOURCES file.cc... [PUBLIC target...] [PRIVATE target...])
#
# A static library `praxisync_NAME`, known as `praxisync::NAME`. PUBLIC names what its headers show,
# PRIVATE what only its sources use. scripts/check_layers.py holds the includes against these links.
function(praxisync_module NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(praxisync_${NAME} STATIC ${ARG_SOURCES})
  add_library(praxisync::${NAME} ALIAS praxisync_${NAME})
  target_compile_features(praxisync_${NAME} PUBLIC cxx_std_20)
  target_include_directories(praxisync_${NAME} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(praxisync_${NAME} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} praxisync_warnings)
  target_precompile_headers(praxisync_${NAME} REUSE_FROM praxisync_pch)
  foreach(file IN LISTS PRAXISYNC_ALONE)
    set_source_files_properties("${PROJECT_SOURCE_DIR}/${file}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
endfunction()
