include(GoogleTest)

file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/test_pch.cc" CONTENT "")
add_library(praxisync_test_pch OBJECT "${CMAKE_BINARY_DIR}/test_pch.cc")
target_compile_features(praxisync_test_pch PRIVATE cxx_std_20)
target_link_libraries(praxisync_test_pch PRIVATE GTest::gmock GTest::gtest_main praxisync_warnings)
target_precompile_headers(praxisync_test_pch PRIVATE
  <algorithm> <chrono> <filesystem> <functional> <map> <memory> <optional> <string> <string_view> <variant> <vector>
  <gmock/gmock.h> <gtest/gtest.h>)

# praxisync_test(NAME SOURCES file_test.cc... [LINKS target...])
#
# One test program a module, found case by case by ctest.
function(praxisync_test NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_include_directories(${NAME} PRIVATE "${PROJECT_SOURCE_DIR}/tests" "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${NAME} PRIVATE ${ARG_LINKS} GTest::gmock GTest::gtest_main praxisync_warnings)
  target_precompile_headers(${NAME} REUSE_FROM praxisync_test_pch)
  gtest_discover_tests(${NAME} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()
