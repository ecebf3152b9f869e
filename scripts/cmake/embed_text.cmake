# cmake -D OUTPUT=page.cc -D FILE=page.html -D HEADER=sandbox/page.h -D NAMESPACE=praxisync::sandbox -D NAME=kPage
#       -P embed_text.cmake
# Writes a text file as one string constant.
file(READ "${FILE}" content)
cmake_path(GET FILE FILENAME name)
file(WRITE "${OUTPUT}" "// Made from ${name} by scripts/cmake/embed_text.cmake.\n#include \"${HEADER}\"\n\n"
  "#pragma GCC diagnostic ignored \"-Woverlength-strings\"  // more than C++ promises; gcc and clang take it\n\n"
  "namespace ${NAMESPACE} {\n\nconst std::string_view ${NAME} = R\"embedded(${content})embedded\";\n\n"
  "}  // namespace ${NAMESPACE}\n")
