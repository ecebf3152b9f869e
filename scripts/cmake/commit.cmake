# praxisync_commit(FILE): writes FILE, which names the commit that is built. Only what is handed out knows it: elsewhere
# each commit would cost another link. Where there is no repository, -D PRAXISYNC_COMMIT=... says it.
#
# cmake -D OUTPUT=FILE -D SOURCE=FOLDER -D COMMIT=... -P commit.cmake does the same, and leaves a file as it is that
# says so already.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  cmake_minimum_required(VERSION 3.25)
endif()
set(PRAXISYNC_COMMIT "" CACHE STRING "The commit that is built, where no git repository tells it")

function(praxisync_write_commit FILE COMMIT)
  file(CONFIGURE OUTPUT "${FILE}" @ONLY CONTENT
    "#include \"cli/version.h\"\n\nnamespace praxisync::cli {\n\nconst char* const kCommit = \"@COMMIT@\";\n\n}  // namespace praxisync::cli\n")
endfunction()

function(praxisync_commit FILE)
  if(NOT PRAXISYNC_RELEASE)
    praxisync_write_commit("${FILE}" "${PRAXISYNC_COMMIT}")
    return()
  endif()
  add_custom_target(praxisync_commit
    COMMAND "${CMAKE_COMMAND}" -D "OUTPUT=${FILE}" -D "SOURCE=${PROJECT_SOURCE_DIR}" -D "COMMIT=${PRAXISYNC_COMMIT}"
            -P "${PROJECT_SOURCE_DIR}/scripts/cmake/commit.cmake"
    BYPRODUCTS "${FILE}"
    COMMENT "Which commit is built"
    VERBATIM)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  if(COMMIT STREQUAL "")
    execute_process(COMMAND git -C "${SOURCE}" describe --always --abbrev=40 --exclude=* --dirty=-changed
      OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  praxisync_write_commit("${OUTPUT}" "${COMMIT}")
endif()
