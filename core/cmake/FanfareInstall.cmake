# SPDX-License-Identifier: MIT
# What `cmake --install` brings besides the programs of app/: the package for
# find_package(Fanfare), with Fanfare::Core, Fanfare::Sdk and fanfare_add_plugin(), and the helper
# executable where hostExecutable() looks for it. Included by core/CMakeLists.txt.
include(CMakePackageConfigHelpers)

set(package_directory "${CMAKE_INSTALL_LIBDIR}/cmake/Fanfare")

set_target_properties(fanfare-sdk PROPERTIES EXPORT_NAME Sdk)
set_target_properties(fanfare-core PROPERTIES EXPORT_NAME Core)
install(TARGETS fanfare-sdk fanfare-core EXPORT FanfareTargets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(EXPORT FanfareTargets NAMESPACE Fanfare:: DESTINATION "${package_directory}")
install(DIRECTORY sdk/fanfare fanfare DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    FILES_MATCHING PATTERN "*.h")

# A static library asks its users for what it links, also for what it does not show them.
set(FANFARE_MORE_DEPENDENCIES "")
get_target_property(linked fanfare-core LINK_LIBRARIES)
if(linked MATCHES "OpenSSL::")
    set(FANFARE_MORE_DEPENDENCIES "find_dependency(OpenSSL 3)")
endif()
if(linked MATCHES "zstd::")
    string(APPEND FANFARE_MORE_DEPENDENCIES "\nfind_dependency(zstd)")
endif()
configure_package_config_file(cmake/FanfareConfig.cmake.in
    "${CMAKE_CURRENT_BINARY_DIR}/FanfareConfig.cmake" INSTALL_DESTINATION "${package_directory}"
    PATH_VARS CMAKE_INSTALL_BINDIR)

# The same package for projects that use this build tree: CMAKE_PREFIX_PATH is where it was built.
set(build_package "${PROJECT_BINARY_DIR}/lib/cmake/Fanfare")
set(installed_bindir "${CMAKE_INSTALL_BINDIR}")
set(CMAKE_INSTALL_BINDIR bin)
configure_package_config_file(cmake/FanfareConfig.cmake.in "${build_package}/FanfareConfig.cmake"
    INSTALL_DESTINATION lib/cmake/Fanfare INSTALL_PREFIX "${PROJECT_BINARY_DIR}"
    PATH_VARS CMAKE_INSTALL_BINDIR)
set(CMAKE_INSTALL_BINDIR "${installed_bindir}")
configure_file(cmake/FanfarePlugin.cmake "${build_package}/FanfarePlugin.cmake" COPYONLY)
export(EXPORT FanfareTargets NAMESPACE Fanfare:: FILE "${build_package}/FanfareTargets.cmake")

write_basic_package_version_file("${build_package}/FanfareConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/FanfareConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/FanfareConfig.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/FanfareConfigVersion.cmake" cmake/FanfarePlugin.cmake
    DESTINATION "${package_directory}")

if(TARGET fanfare-host)
    install(TARGETS fanfare-host RUNTIME DESTINATION libexec/fanfare)
endif()
