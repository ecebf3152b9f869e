# Tools that only make the build faster: used where present, never needed.
# Precompiled headers save a third of a debug build; in an optimised one GCC 12 takes the standard
# library's inlined code for ours and warns of it, for a gain of a tenth.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these ccache does not cache what uses a precompiled header.
  set(settings CCACHE_SLOPPINESS=pch_defines,time_macros)
  if(PRAXISYNC_RELEASE)
    # A base folder, where somebody has set one, changes the names of files that the program tells.
    list(APPEND settings CCACHE_BASEDIR= CCACHE_HASHDIR=true)
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env ${settings} "${CCACHE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    add_compile_options(-fpch-preprocess)
  endif()
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(PRAXISYNC_SANITIZE)
  add_compile_options(-fsanitize=${PRAXISYNC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PRAXISYNC_SANITIZE})
endif()
