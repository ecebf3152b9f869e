# Warnings belong to our own targets only: third-party headers come in as SYSTEM.
add_library(praxisync_warnings INTERFACE)
target_compile_options(praxisync_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Werror
  # GCC 12 sees overlapping copies in std::string's operator+ where there are none.
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-restrict>)

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
endfunction()
