# Called by cpack with everything installed into a scratch folder: what Debian asks of a package, and times that do not
# tell when it was built. SOURCE_DATE_EPOCH is that time.
set(root "${CPACK_TEMPORARY_INSTALL_DIRECTORY}")
set(doc "${root}/usr/share/doc/praxisync")
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  message(FATAL_ERROR "SOURCE_DATE_EPOCH is not set: call scripts/package")
endif()

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

execute_process(COMMAND date -u -R -d "@$ENV{SOURCE_DATE_EPOCH}" OUTPUT_VARIABLE date
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(VERSION "${CPACK_PACKAGE_VERSION}")
set(CONTACT "${CPACK_PACKAGE_CONTACT}")
set(DATE "${date}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/changelog.in" "${doc}/changelog" @ONLY)
file(COPY_FILE "${CMAKE_CURRENT_LIST_DIR}/copyright" "${doc}/copyright")
file(COPY_FILE "${CPACK_PRAXISYNC_BINARY}/sbom.cdx.json" "${doc}/sbom.cdx.json")

file(GLOB to_compress "${root}/usr/share/man/man*/*.[15]")
run(gzip -9 -n -f "${doc}/changelog" ${to_compress})

# cpack counts on the folders' modes as they are, whatever this process may do.
run(chmod -R u=rwX,go=rX "${root}")
run(find "${root}" -exec touch -h -d "@$ENV{SOURCE_DATE_EPOCH}" "{}" +)
