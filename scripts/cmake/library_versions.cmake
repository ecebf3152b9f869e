# PRAXISYNC_LIBRARIES: what the program is made with, as "name=version;...", for `praxisync --version`.
file(READ "${CHART_JS}" start LIMIT 200)
string(REGEX MATCH "Chart\\.js v([0-9.]+)" ignored "${start}")
set(CHART_JS_VERSION "${CMAKE_MATCH_1}")

set(PRAXISYNC_LIBRARIES "")
foreach(library IN ITEMS
    Chart.js:CHART_JS_VERSION cpp-httplib:HTTPLIB_VERSION cxxopts:cxxopts_VERSION date:date_VERSION fmt:fmt_VERSION
    libcurl:CURL_VERSION_STRING nlohmann-json:nlohmann_json_VERSION OpenSSL:OPENSSL_VERSION
    prometheus-cpp:PROMETHEUS_VERSION spdlog:spdlog_VERSION SQLite:SQLite3_VERSION SQLiteCpp:SQLiteCpp_VERSION
    toml++:tomlplusplus_VERSION)
  string(REPLACE ":" ";" parts "${library}")
  list(GET parts 0 name)
  list(GET parts 1 variable)
  if("${${variable}}" STREQUAL "")
    message(FATAL_ERROR "The version of ${name} is not known: ${variable} is empty")
  endif()
  list(APPEND PRAXISYNC_LIBRARIES "${name}=${${variable}}")
endforeach()
