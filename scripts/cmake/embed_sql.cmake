# cmake -D OUTPUT=migrations.cc -D "FILES=0001_a.sql;0002_b.sql" -P embed_sql.cmake
# Writes the migrations, in order, as string literals.
set(text "// Made from src/store/migrations by scripts/cmake/embed_sql.cmake.\n#include \"store/migrations.h\"\n\n")
string(APPEND text "namespace praxisync::store {\n\nconst std::vector<std::string_view>& migrations() {\n")
string(APPEND text "  static const std::vector<std::string_view> all{\n")
foreach(file IN LISTS FILES)
  file(READ "${file}" sql)
  string(APPEND text "      R\"sql(${sql})sql\",\n")
endforeach()
string(APPEND text "  };\n  return all;\n}\n\n}  // namespace praxisync::store\n")
file(WRITE "${OUTPUT}" "${text}")
