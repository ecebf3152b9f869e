include(GoogleTest)

file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/test_pch.cc" CONTENT "")
add_library(praxisync_test_pch OBJECT "${CMAKE_BINARY_DIR}/test_pch.cc")
target_compile_features(praxisync_test_pch PRIVATE cxx_std_20)
target_link_libraries(praxisync_test_pch PRIVATE GTest::gmock GTest::gtest_main praxisync_warnings)
target_precompile_headers(praxisync_test_pch PRIVATE
  <algorithm> <chrono> <filesystem> <functional> <map> <memory> <optional> <string> <string_view> <variant> <vector>
  <gmock/gmock.h> <gtest/gtest.h>)

# praxisync_test(NAME SOURCES file_test.cc... [LINKS target...] [SECONDS n])
#
# One test program a module, found case by case by ctest; each case may take that long, 120 s by default, and five times
# as long with sanitizers.
function(praxisync_test NAME)
  cmake_parse_arguments(ARG "" "SECONDS" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_SECONDS)
    set(ARG_SECONDS 120)
  endif()
  if(PRAXISYNC_SANITIZE)
    math(EXPR ARG_SECONDS "5 * ${ARG_SECONDS}")
  endif()
  add_executable(${NAME} ${ARG_SOURCES})
  target_include_directories(${NAME} PRIVATE "${PROJECT_SOURCE_DIR}/tests" "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${NAME} PRIVATE ${ARG_LINKS} GTest::gmock GTest::gtest_main praxisync_warnings)
  target_precompile_headers(${NAME} REUSE_FROM praxisync_test_pch)
  gtest_discover_tests(${NAME} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${ARG_SECONDS})
endfunction()
