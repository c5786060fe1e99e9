# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# Installs as a user does, and looks at what was copied; then copies the tree to another place.
file(REMOVE_RECURSE "${BUILD}" "${PREFIX}" "${MOVED}")
execute_process(COMMAND "${CMAKE_COMMAND}" -S "${ROOT}" -B "${BUILD}" -G "${GENERATOR}"
  -D CMAKE_CXX_COMPILER=${COMPILER} -D EVALPP_BUILD_TESTS=OFF -D EVALPP_BUILD_EXAMPLES=OFF
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${PREFIX}" OUTPUT_QUIET
  COMMAND_ERROR_IS_FATAL ANY)

file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/include/*")
file(GLOB_RECURSE installed RELATIVE "${PREFIX}" "${PREFIX}/*")
foreach(source IN LISTS sources)
  if(NOT source IN_LIST installed)
    message(FATAL_ERROR "not installed: ${source}")
  endif()
endforeach()
list(REMOVE_ITEM installed ${sources})
foreach(extra IN LISTS installed)
  if(NOT extra MATCHES "^share/(cmake/evalpp/evalpp-[a-z-]+\\.cmake|pkgconfig/evalpp\\.pc|licenses/evalpp/LICENSE)$")
    message(FATAL_ERROR "installed, and nobody asked for it: ${extra}")
  endif()
  file(STRINGS "${PREFIX}/${extra}" paths REGEX "${ROOT}|${PREFIX}")
  if(paths)
    message(FATAL_ERROR "${extra} holds a path of this machine: ${paths}")
  endif()
endforeach()
file(COPY "${PREFIX}/" DESTINATION "${MOVED}")
