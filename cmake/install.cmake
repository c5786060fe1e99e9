# SPDX-License-Identifier: MIT
# What `cmake --install` copies: headers, licence, package config and pkg-config file. Nothing is
# compiled, so all of it is independent of the architecture and lies under share/.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(evalpp_config_dir "${CMAKE_INSTALL_DATADIR}/cmake/evalpp")

install(TARGETS evalpp EXPORT evalpp-targets
  FILE_SET HEADERS COMPONENT evalpp
  FILE_SET evalpp_fragments COMPONENT evalpp)
install(EXPORT evalpp-targets NAMESPACE evalpp:: DESTINATION "${evalpp_config_dir}" COMPONENT evalpp)

# One file of targets for each component, so that nobody needs the packages of a component that he
# does not ask for.
foreach(component IN ITEMS threads curl)
  if(TARGET evalpp_${component})
    install(TARGETS evalpp_${component} EXPORT evalpp-${component}-targets FILE_SET HEADERS COMPONENT evalpp)
    install(EXPORT evalpp-${component}-targets NAMESPACE evalpp::
      DESTINATION "${evalpp_config_dir}" COMPONENT evalpp)
  endif()
endforeach()

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/evalpp-config.cmake.in"
  "${PROJECT_BINARY_DIR}/cmake/evalpp-config.cmake" INSTALL_DESTINATION "${evalpp_config_dir}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/evalpp-config-version.cmake"
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  "${PROJECT_BINARY_DIR}/cmake/evalpp-config.cmake"
  "${PROJECT_BINARY_DIR}/cmake/evalpp-config-version.cmake"
  DESTINATION "${evalpp_config_dir}" COMPONENT evalpp)

# The pkg-config file finds its prefix from where it lies, so the installed tree may be moved.
cmake_path(IS_ABSOLUTE CMAKE_INSTALL_INCLUDEDIR evalpp_absolute)
if(evalpp_absolute)
  set(evalpp_pc_includedir "${CMAKE_INSTALL_INCLUDEDIR}")
else()
  set(evalpp_pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
  BASE_DIRECTORY "${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig" OUTPUT_VARIABLE evalpp_pc_prefix)
configure_file("${CMAKE_CURRENT_LIST_DIR}/evalpp.pc.in" "${PROJECT_BINARY_DIR}/cmake/evalpp.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/cmake/evalpp.pc"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/pkgconfig" COMPONENT evalpp)

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/evalpp" COMPONENT evalpp)
