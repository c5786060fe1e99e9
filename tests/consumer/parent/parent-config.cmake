# SPDX-License-Identifier: MIT
include(CMakeFindDependencyMacro)
find_dependency(evalpp 0.1 CONFIG)
include("${CMAKE_CURRENT_LIST_DIR}/parent-targets.cmake")
