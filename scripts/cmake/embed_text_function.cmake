# embed_text(NAME FILE HEADER): NAME.cc with the file as one string constant of that header, whose folder names
# the namespace.
function(embed_text NAME FILE HEADER)
  get_filename_component(folder "${HEADER}" DIRECTORY)
  set(made "${CMAKE_CURRENT_BINARY_DIR}/${NAME}.cc")
  add_custom_command(
    OUTPUT "${made}"
    COMMAND "${CMAKE_COMMAND}" -D "OUTPUT=${made}" -D "FILE=${FILE}" -D "HEADER=${HEADER}"
            -D NAMESPACE=praxisync::${folder} -D NAME=${NAME} -P "${PROJECT_SOURCE_DIR}/scripts/cmake/embed_text.cmake"
    DEPENDS "${FILE}" "${PROJECT_SOURCE_DIR}/scripts/cmake/embed_text.cmake"
    VERBATIM)
endfunction()
