# cmake --install: the program, what shells and man know of it, what is to be read, the examples, and systemd's units.
# The config and the state have fixed places, /etc/praxisync and /var/lib/praxisync, wherever the program is.
include(GNUInstallDirs)

set(made "${PROJECT_BINARY_DIR}/installed")
# Where Debian's zsh looks; elsewhere it is the folder of the site.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  set(zsh_folder "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
else()
  set(zsh_folder "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
endif()

# Made by the program itself. A program with sanitizers is for tests, and slow to start.
add_custom_command(
  OUTPUT "${made}/stamp"
  COMMAND "${CMAKE_COMMAND}" -E rm -rf "${made}"
  COMMAND "${CMAKE_COMMAND}" -E make_directory "${made}/man"
  COMMAND praxisync man --write "${made}/man"
  COMMAND praxisync completions bash > "${made}/praxisync.bash"
  COMMAND praxisync completions zsh > "${made}/praxisync.zsh"
  COMMAND praxisync completions fish > "${made}/praxisync.fish"
  COMMAND "${CMAKE_COMMAND}" -E touch "${made}/stamp"
  DEPENDS praxisync
  COMMENT "Manual pages and completions"
  VERBATIM)
add_custom_target(praxisync_manual ALL DEPENDS "${made}/stamp")

# The units start the program where it will be.
file(GLOB units CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/config/systemd/*.service")
foreach(unit IN LISTS units)
  cmake_path(GET unit FILENAME name)
  file(READ "${unit}" text)
  string(REPLACE "/usr/bin/praxisync" "${CMAKE_INSTALL_FULL_BINDIR}/praxisync" text "${text}")
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/units/${name}" CONTENT "${text}" @ONLY)
endforeach()

install(TARGETS praxisync RUNTIME)
install(DIRECTORY "${made}/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" FILES_MATCHING PATTERN "*.1")
install(DIRECTORY "${made}/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man5" FILES_MATCHING PATTERN "*.5")
install(FILES "${made}/praxisync.bash" RENAME praxisync
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${made}/praxisync.zsh" RENAME _praxisync DESTINATION "${zsh_folder}")
install(FILES "${made}/praxisync.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(DIRECTORY "${PROJECT_BINARY_DIR}/units/" DESTINATION lib/systemd/system)
install(FILES "${PROJECT_SOURCE_DIR}/config/systemd/praxisync.timer" DESTINATION lib/systemd/system)
install(FILES "${PROJECT_SOURCE_DIR}/config/systemd/praxisync.sysusers" RENAME praxisync.conf
  DESTINATION lib/sysusers.d)
install(FILES "${PROJECT_SOURCE_DIR}/config/systemd/praxisync.tmpfiles" RENAME praxisync.conf
  DESTINATION lib/tmpfiles.d)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/config/praxisync.example.toml"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples")
# Within another prefix it would lie where nothing reads it.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  install(FILES "${PROJECT_SOURCE_DIR}/config/systemd/praxisync.toml" RENAME praxisync.toml.example
    DESTINATION /etc/praxisync)
else()
  install(FILES "${PROJECT_SOURCE_DIR}/config/systemd/praxisync.toml" RENAME praxisync.service.toml
    DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples")
endif()
