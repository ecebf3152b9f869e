# cpack: a package for Debian 12. scripts/package makes it and looks at it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME praxisync)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(PRAXISYNC_MAINTAINER "praxisync maintainers <maintainers@praxisync.example>" CACHE STRING
  "Who answers for the package")
set(CPACK_PACKAGE_CONTACT "${PRAXISYNC_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keeps applicant tracking and assessments in step")
set(CPACK_PACKAGE_DESCRIPTION_FILE "${PROJECT_SOURCE_DIR}/scripts/cmake/deb/description")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# What is installed into /etc is to be in the package, not on this machine.
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# sysusers and tmpfiles make the user and the folders when it is installed.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, tzdata, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(deb "${PROJECT_SOURCE_DIR}/scripts/cmake/deb")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${deb}/postinst" "${deb}/prerm" "${deb}/postrm" "${deb}/conffiles")
set(CPACK_PRE_BUILD_SCRIPTS "${deb}/finish.cmake")
set(CPACK_PRAXISYNC_SOURCE "${PROJECT_SOURCE_DIR}")
set(CPACK_PRAXISYNC_BINARY "${PROJECT_BINARY_DIR}")
include(CPack)
